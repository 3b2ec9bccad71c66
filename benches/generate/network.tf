terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "environment" {
  type    = string
  default = "prod"
}

variable "db_password" {
  type      = string
  sensitive = true
}

locals {
  name    = "shop-${var.environment}"
  tags    = { Environment = var.environment, Owner = "platform" }
  db_size = var.environment == "prod" ? "db.r6g.large" : "db.t4g.medium"
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = local.tags
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, 0)
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, 1)
  availability_zone = "eu-west-1b"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_ecs_cluster" "main" {
  name = local.name
}

resource "aws_security_group" "edge" {
  name   = "${local.name}-edge"
  vpc_id = aws_vpc.main.id
}

resource "aws_lb" "main" {
  name            = local.name
  security_groups = [aws_security_group.edge.id]
  subnets         = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
}

resource "aws_route53_zone" "main" {
  name = "${local.name}.example.com"
}

resource "aws_sns_topic" "alarms" {
  name = "${local.name}-alarms"
}
