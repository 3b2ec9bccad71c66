resource "aws_instance" "var" { ami = "ami-1" }
resource "aws_instance" "local" { ami = "ami-2" }
locals {
  list  = [for aws_instance in ["a", "b"] : aws_instance]
  other = { for aws_vpc, local in { a = 1 } : aws_vpc => local }
}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_eip" "one" {
  instance = aws_instance.var.id
  tags     = { all = join(",", local.list), n = "aws_vpc.main.id" }
}
resource "aws_eip" "two" {
  instance = aws_instance.local.id
  # aws_vpc.main.id in a comment
}
