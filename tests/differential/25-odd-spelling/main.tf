resource aws_vpc main {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a-b_c" { vpc_id = aws_vpc . main . id }
resource "aws_subnet" "_x" {
  vpc_id = aws_vpc.main["id"]
  tags = {
    "a b"            = upper ( aws_subnet.a-b_c.id )
    (aws_vpc.main.id) = 1,
    colon : "x"
  }
}
resource "aws_route" "r" {
  route_table_id = (
    aws_vpc.main.main_route_table_id != "" ?
    aws_vpc.main.main_route_table_id :
    aws_subnet._x.id
  )
  tags = { for k, v in aws_subnet.a-b_c.tags : k => v if v != null }
}
/* a block
   aws_fake.thing.id */
// last line without a new line
