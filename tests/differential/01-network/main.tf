variable "cidr" {
  type    = string
  default = "10.20.0.0/16"
}
locals {
  zones   = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  subnets = { for at, zone in local.zones : zone => cidrsubnet(aws_vpc.main.cidr_block, 8, at) }
}
resource "aws_vpc" "main" {
  cidr_block = var.cidr
}
resource "aws_subnet" "zone" {
  for_each          = local.subnets
  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.zone
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}
output "subnet_ids" { value = [for subnet in aws_subnet.zone : subnet.id] }
