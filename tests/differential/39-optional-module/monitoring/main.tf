variable "db" {}
resource "aws_sns_topic" "t" { name = "alarms" }
resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name    = "cpu"
  alarm_actions = [aws_sns_topic.t.arn]
  dimensions    = { DBInstanceIdentifier = var.db }
}
resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = "d"
  dashboard_body = jsonencode({ widgets = [{ metric = aws_cloudwatch_metric_alarm.cpu.id }] })
}
output "topic" { value = aws_sns_topic.t.arn }
output "dashboard" { value = aws_cloudwatch_dashboard.d.dashboard_arn }
