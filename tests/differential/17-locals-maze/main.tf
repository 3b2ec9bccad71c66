locals {
  a = local.b.c[local.d]
  b = { c = { x = aws_sqs_queue.x.arn, y = aws_sqs_queue.y.arn } }
  d = local.e ? "x" : "y"
  e = length(local.f) > 0
  f = [for q in [aws_sqs_queue.z] : q.arn]
  g = { (aws_sqs_queue.z.name) = 1, "k-${local.d}" = 2, plain = 3 }
  h = keys(local.g)
}
resource "aws_sqs_queue" "x" { name = "x" }
resource "aws_sqs_queue" "y" { name = "y" }
resource "aws_sqs_queue" "z" { name = "z" }
resource "aws_sns_topic" "t" {
  name = "t"
  tags = { target = local.a }
}
resource "aws_sns_topic" "u" {
  name = join("-", local.h)
}
resource "aws_sns_topic" "v" {
  name = local.b.c.y
}
