resource "aws_sqs_queue" "hidden" { name = aws_sns_topic.t.name }
