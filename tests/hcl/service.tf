/* Texts of every kind:
   heredocs, templates, directives and escapes. */

resource "aws_instance" "app" {
  ami           = data.aws_ami.app.id
  instance_type = lookup(var.sizes, terraform.workspace, "t3.micro")

  user_data = <<-EOT
    #!/bin/bash
    set -e
    echo "host ${aws_db_instance.main.address}" >> /etc/app.conf
    %{ for name, value in var.environment ~}
    export ${name}="${value}"
    %{ endfor ~}
    %{~ if var.debug }
    export DEBUG=1
    %{ else }
    export DEBUG=0
    %{ endif }
    echo "$${HOME} 100%% $(date +%s)"
  EOT

  metadata_options { http_tokens = "required" }

  root_block_device {
    volume_size = var.disk_gb
    encrypted   = true
  }
}

resource "aws_iam_policy" "app" {
  name   = "app-${var.stage}"
  policy = <<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject"],
      "Resource": "${aws_s3_bucket.data.arn}/*"
    }
  ]
}
POLICY
}

resource "aws_iam_role" "app" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] }
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id }
      }
    }]
  })
}

resource "aws_lb_target_group" "app" {
  name     = substr("${var.name}-${md5("${var.name}${var.port}")}", 0, 32)
  port     = var.port == null ? 8080 : var.port
  protocol = var.tls && !var.plain || var.force ? "HTTPS" : "HTTP"

  health_check {
    path                = "/health?full=%{if var.deep}1%{else}0%{endif}"
    healthy_threshold   = 2 + 3 * var.factor - (1 % 2)
    matcher             = "200-299"
    unhealthy_threshold = var.count >= 3 && var.count < 10 ? -1 : var.count
  }
}

resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = jsonencode([
    for name, container in var.containers : {
      name      = name
      image     = "${container.image}:${try(container.tag, "latest")}"
      cpu       = try(container.cpu, null)
      essential = true
      environment = [
        for key, value in merge(local.environment, container.environment) : { name = key, value = tostring(value) }
        if value != null
      ]
    }
  ])
}

check "health" {
  data "http" "app" {
    url = "https://${aws_lb.app.dns_name}/\"quoted\"\\n\u00e9"
  }
  assert {
    condition     = data.http.app.status_code == 200
    error_message = "Down"
  }
}

import {
  to = aws_s3_bucket.data
  id = "data-bucket"
}

removed {
  from = aws_instance.old
  lifecycle { destroy = false }
}

locals {
  matrix = [
    [1, 2, 3], # first
    [4, 5, 6], // second
    [],
  ]
  nested = { a = { b = { c = [{ d = "e" }] } } }
  legacy = aws_instance.app.*.private_ip
  first  = element(split(",", var.list), 0)
  chain  = module.vpc["main"].subnets[0].tags["Name"]
  long   = (
    var.first
    + var.second
  )
  called = provider::aws::arn_parse(var.arn).account
  spread = max([1, 2, 3]...)
}
