# A network as most people lay it out.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
  backend "s3" {
    bucket = "state"
    key    = "network.tfstate"
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "east"
  region = "us-east-1"
}

variable "region" {
  type        = string
  description = "Where everything runs"
  default     = "eu-west-1"
  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "Not a region: ${var.region}."
  }
}

variable "subnets" {
  type = map(object({
    cidr   = string
    public = optional(bool, false)
    zones  = list(string)
  }))
  default = {}
}

locals {
  tags = merge(var.tags, { "team" = "platform", Stage : terraform.workspace })
  azs  = slice(data.aws_availability_zones.available.names, 0, min(3, length(var.subnets)))

  public  = { for name, subnet in var.subnets : name => subnet if subnet.public }
  by_zone = { for subnet in values(var.subnets) : subnet.zones[0] => subnet.cidr... }
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "main-${var.region}" }
}

resource "aws_subnet" "main" {
  for_each = var.subnets

  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value.cidr
  availability_zone = element(local.azs, index(keys(var.subnets), each.key))

  tags = merge(local.tags, {
    Name                              = "${var.region}-${each.key}"
    "kubernetes.io/role/internal-elb" = 1
    ("team/${var.team}")              = "shared"
  })

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["Name"], availability_zone]
  }
}

resource "aws_security_group" "web" {
  name_prefix = "web-"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = toset([80, 443])
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port = 0
    to_port   = 0
    protocol  = -1
  }
}

resource "aws_route" "nat" {
  count = var.nat_enabled ? length(local.azs) : 0

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = var.single_nat ? aws_nat_gateway.this[0].id : aws_nat_gateway.this[count.index].id
  depends_on             = [aws_internet_gateway.this, module.firewall]
}

output "subnet_ids" {
  value       = [for subnet in aws_subnet.main : subnet.id]
  description = "Every subnet"
}

output "zones" {
  value     = aws_subnet.main[*].availability_zone
  sensitive = false
}

module "firewall" {
  source  = "./modules/firewall"
  version = null

  vpc_id    = aws_vpc.main.id
  subnets   = values(aws_subnet.main)[*].id
  providers = { aws = aws.east }
}

moved {
  from = aws_subnet.private[0]
  to   = aws_subnet.main["a"]
}
