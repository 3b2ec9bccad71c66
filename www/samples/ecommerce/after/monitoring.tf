locals {
  log_retention_days = {
    api    = 30
    worker = 14
  }

  alarms = {
    database-cpu = {
      namespace  = "AWS/RDS"
      metric     = "CPUUtilization"
      threshold  = 80
      dimensions = { DBInstanceIdentifier = aws_db_instance.primary.identifier }
    }
    redis-cpu = {
      namespace  = "AWS/ElastiCache"
      metric     = "EngineCPUUtilization"
      threshold  = 80
      dimensions = { ReplicationGroupId = aws_elasticache_replication_group.redis.id }
    }
    shop-errors = {
      namespace  = "AWS/ApplicationELB"
      metric     = "HTTPCode_ELB_5XX_Count"
      threshold  = 50
      dimensions = { LoadBalancer = aws_lb.shop.arn_suffix }
    }
  }
}

resource "aws_cloudwatch_log_group" "app" {
  for_each = local.log_retention_days

  name              = "/ecommerce/${each.key}"
  retention_in_days = each.value

  tags = local.tags
}

resource "aws_cloudwatch_log_group" "cluster" {
  name = "/aws/eks/${local.name}/cluster"

  tags = local.tags
}

resource "aws_sns_topic" "alerts" {
  name = "${local.name}-alerts"

  tags = local.tags
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "main" {
  for_each = local.alarms

  alarm_name          = "${local.name}-${each.key}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.alerts.arn]

  tags = local.tags
}
