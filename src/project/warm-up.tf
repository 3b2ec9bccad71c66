variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "sizes" {
  type    = map(number)
  default = { api = 2, web = 3, worker = 1 }
}

locals {
  name = "warm-${var.region}"
  tags = { Name = local.name, Team = "platform" }
  zones = [for suffix in ["a", "b", "c"] : "${var.region}${suffix}"]
}

provider "aws" {
  region = var.region
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = local.tags
}

resource "aws_subnet" "private" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = local.zones[count.index]
  tags              = merge(local.tags, { Name = format("%s-private-%d", local.name, count.index) })
}

resource "aws_security_group" "app" {
  name   = "${local.name}-app"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.main.cidr_block]
  }

  dynamic "egress" {
    for_each = toset(["80", "443"])
    content {
      from_port   = tonumber(egress.value)
      to_port     = tonumber(egress.value)
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_instance" "app" {
  for_each               = var.sizes
  ami                    = "ami-00000000"
  instance_type          = each.value > 2 ? "t3.large" : "t3.medium"
  subnet_id              = aws_subnet.private[0].id
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = <<-EOT
    #!/bin/sh
    echo "${each.key} of ${local.name}"
    %{ for zone in local.zones ~}
    echo ${zone}
    %{ endfor ~}
  EOT
  tags                   = merge(local.tags, { Role = each.key })

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "aws_db_instance" "main" {
  identifier          = "${local.name}-db"
  engine              = "postgres"
  instance_class      = "db.t3.medium"
  allocated_storage   = 100
  multi_az            = true
  username            = "app"
  password            = var.password
  skip_final_snapshot = false
}

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_iam_role" "app" {
  name = "${local.name}-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_sqs_queue" "jobs" {
  name                       = "${local.name}-jobs"
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "dead" {
  name = "${local.name}-dead"
}

output "database" {
  value = aws_db_instance.main.address
}
