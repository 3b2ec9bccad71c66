# An order service on Fargate: one service behind a balancer, a queue for the slow work, a table and a database.

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

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-0a1", "subnet-0b2"]
}

variable "image" {
  type    = string
  default = "registry.example.com/orders:1.4.0"
}

variable "db_password" {
  type    = string
  default = "orders-2024"
}

locals {
  name = "orders"

  tasks = {
    cpu    = 512
    memory = 1024
    least  = 2
    most   = 8
  }

  tags = { Project = local.name, Environment = "staging" }
}
