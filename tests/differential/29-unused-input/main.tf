module "m" {
  source = "./m"
  used   = aws_sns_topic.used.arn
  unused = aws_sns_topic.unused.arn
}
resource "aws_sns_topic" "used" { name = "used" }
resource "aws_sns_topic" "unused" { name = "unused" }
