resource "aws_subnet" "a" {
  vpc_id = aws_vpc.other.id
  lifecycle {
    replace_triggered_by = [aws_vpc.main]
  }
}
