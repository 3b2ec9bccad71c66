variable "n" { default = 4 }
resource "aws_subnet" "s" {
  count      = var.n
  vpc_id     = "vpc-1"
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index * 2 + 1)
}
resource "aws_route_table" "t" {
  count  = ceil(var.n / 2)
  vpc_id = "vpc-1"
}
resource "aws_route_table_association" "a" {
  count          = var.n
  subnet_id      = element(aws_subnet.s[*].id, count.index)
  route_table_id = aws_route_table.t[count.index % length(aws_route_table.t)].id
}
resource "aws_nat_gateway" "n" {
  count     = min(var.n, 1)
  subnet_id = aws_subnet.s[0].id
}
