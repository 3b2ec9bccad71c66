module "one" {
  source = "./worker"
  queue  = aws_sqs_queue.one.id
}
module "two" {
  source = "./worker"
  queue  = aws_sqs_queue.two.id
  peer   = module.one.arn
}
resource "aws_sqs_queue" "one" { name = "one" }
resource "aws_sqs_queue" "two" { name = "two" }
