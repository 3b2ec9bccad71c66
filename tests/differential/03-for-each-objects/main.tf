variable "queues" {
  type = map(object({
    delay   = optional(number, 5)
    fifo    = optional(bool)
    tags    = optional(map(string), {})
    alarms  = optional(object({ age = optional(number, 60), topic = optional(string) }), {})
  }))
  default = {
    orders  = { delay = 10, fifo = true }
    mails   = { alarms = { age = 5 } }
    reports = {}
  }
}
resource "aws_sqs_queue" "this" {
  for_each      = var.queues
  name          = each.value.fifo == true ? "${each.key}.fifo" : each.key
  delay_seconds = each.value.delay
  fifo_queue    = each.value.fifo
  tags          = merge(each.value.tags, { queue = each.key })
}
resource "aws_cloudwatch_metric_alarm" "age" {
  for_each   = { for name, queue in var.queues : name => queue.alarms if queue.alarms.age < 50 }
  alarm_name = "${each.key}-age"
  threshold  = each.value.age
  dimensions = { QueueName = aws_sqs_queue.this[each.key].name }
}
