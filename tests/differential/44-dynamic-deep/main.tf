locals {
  rules = {
    web = { port = 443, sources = [{ cidr = "10.0.0.0/8", notes = ["a"] }, { cidr = "0.0.0.0/0", notes = [] }] }
    ssh = { port = 22, sources = [{ cidr = data.aws_vpc.main.cidr_block, notes = ["b", "c"] }] }
  }
}

data "aws_vpc" "main" {
  default = true
}

resource "aws_sns_topic" "notes" {
  for_each = toset(flatten([for rule in values(local.rules) : [for s in rule.sources : s.notes]]))
  name     = each.value
}

resource "aws_wafv2_rule_group" "deep" {
  name = "deep"
  dynamic "rule" {
    for_each = local.rules
    iterator = outer
    content {
      name     = outer.key
      priority = outer.value.port
      dynamic "statement" {
        for_each = outer.value.sources
        iterator = inner
        content {
          ip_set_reference_statement {
            arn = inner.value.cidr
          }
          dynamic "note" {
            for_each = toset(inner.value.notes)
            content {
              topic = aws_sns_topic.notes[note.value].arn
              from  = "${outer.key}/${inner.key}/${note.key}"
            }
          }
        }
      }
    }
  }
  dynamic "visibility_config" {
    for_each = var.visible ? [aws_sqs_queue.sink] : []
    content {
      metric_name = visibility_config.value.name
    }
  }
}

variable "visible" {
  default = true
}

resource "aws_sqs_queue" "sink" {}
