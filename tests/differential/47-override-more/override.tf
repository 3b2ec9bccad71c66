module "app" {
  vpc_id = aws_vpc.other.id
}

locals {
  size = aws_vpc.other.arn
}
