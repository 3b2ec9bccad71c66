module "aws_vpc" {
  source = "./m"
  main   = aws_vpc.main.id
}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "module" { cidr_block = module.aws_vpc.cidr }
data "aws_vpc" "main" { id = aws_vpc.main.id }
locals { aws_vpc = { main = data.aws_vpc.main.id } }
resource "aws_subnet" "main" { vpc_id = local.aws_vpc.main }
