locals {
  script = <<-EOT
    %{for name, q in aws_sqs_queue.all~}
    export ${upper(name)}=${q.url}
    %{endfor~}
    %{if var.debug}${aws_sns_topic.debug.arn}%{else}${aws_sns_topic.plain.arn}%{endif}
    $${aws_sns_topic.not_read.arn} %%{if aws_sns_topic.not_read}
  EOT
  table = { for pair in setproduct(["a", "b"], [1, 2]) : "${pair[0]}-${pair[1]}" => cidrsubnet(aws_vpc.main.cidr_block, 4, pair[1]) }
  rows  = [for k, v in local.table : merge({ name = k }, { block = v }, k == "a-1" ? { vpc = aws_vpc.main.id } : {})]
}

variable "debug" {
  type    = bool
  default = false
}

resource "aws_sqs_queue" "all" {
  for_each = toset(["one", "two"])
}

resource "aws_sns_topic" "debug" {}
resource "aws_sns_topic" "plain" {}
resource "aws_sns_topic" "not_read" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_instance" "run" {
  user_data = base64encode(templatefile("${path.module}/run.sh.tpl", {
    script = local.script
    queues = keys(aws_sqs_queue.all)
  }))
}

resource "aws_subnet" "rows" {
  for_each   = { for row in local.rows : row.name => row }
  vpc_id     = lookup(each.value, "vpc", aws_vpc.main.id)
  cidr_block = each.value.block
}
