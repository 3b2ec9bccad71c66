# the same folder entered by two names, from two levels, with different values
module "left" {
  source = "./box"
  inner  = aws_sqs_queue.left.arn
}

module "right" {
  source = "./box"
  inner  = module.left.out
}

module "wrapped" {
  source = "./wrap"
  pass   = { arn = module.right.out, extra = [aws_sqs_queue.right.arn] }
}

resource "aws_sqs_queue" "left" {}
resource "aws_sqs_queue" "right" {}

resource "aws_ssm_parameter" "end" {
  value = module.wrapped.result.arns[0]
}
