resource "aws_sqs_queue" "new" { name = "q" }
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.new
}
moved {
  from = module.a
  to   = module.b["x"]
}
removed {
  from = aws_sns_topic.gone
  lifecycle {
    destroy = false
  }
}
import {
  to = aws_s3_bucket.kept
  id = "kept"
}
resource "aws_s3_bucket" "kept" { bucket = "kept" }
module "b" {
  source   = "./b"
  for_each = toset(["x", "y"])
  queue    = aws_sqs_queue.new.arn
}
