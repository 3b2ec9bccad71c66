module "l1" {
  source = "./l1"
  in     = aws_vpc.v.id
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
output "deep" { value = module.l1.out }
resource "aws_sns_topic" "end" { name = module.l1.out }
