resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id = aws_vpc.main.id
  tags   = { From = "main" }
  lifecycle {
    ignore_changes = [tags]
  }
}

module "app" {
  source = "./app"
  vpc_id = aws_vpc.main.id
  size   = local.size
}

locals {
  size = aws_vpc.main.arn
  kept = 1
}

output "subnet" {
  value = aws_subnet.a.id
}
