module "app" {
  source = "./app"
  name   = "shop"
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_route53_record" "app" {
  zone_id = "Z1"
  name    = "shop"
  type    = "CNAME"
  records = [module.app.host]
}
