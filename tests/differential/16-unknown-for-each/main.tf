data "aws_vpcs" "all" {}
variable "extra" { type = set(string) }
resource "aws_flow_log" "each" {
  for_each = toset(data.aws_vpcs.all.ids)
  vpc_id   = each.value
  iam_role_arn = aws_iam_role.flow.arn
}
resource "aws_iam_role" "flow" { assume_role_policy = "{}" }
resource "aws_sns_topic" "extra" {
  for_each = var.extra
  name     = each.key
}
resource "aws_sns_topic_subscription" "s" {
  for_each  = aws_sns_topic.extra
  topic_arn = each.value.arn
  endpoint  = aws_flow_log.each["vpc-1"].arn
  protocol  = "sqs"
}
