module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
  name    = "main"
  azs     = data.aws_availability_zones.up.names
}
module "eks" {
  source     = "terraform-aws-modules/eks/aws"
  vpc_id     = module.vpc.vpc_id
  subnet_ids = module.vpc.private_subnets
  kms        = { arn = aws_kms_key.eks.arn }
}
module "legacy" {
  source     = "git::https://example.org/modules/legacy.git?ref=v1"
  for_each   = toset(data.aws_availability_zones.up.names)
  depends_on = [module.eks]
}
data "aws_availability_zones" "up" { state = "available" }
resource "aws_kms_key" "eks" { description = "eks" }
resource "aws_security_group_rule" "x" {
  security_group_id = module.eks.node_security_group_id
  cidr_blocks       = [module.vpc.vpc_cidr_block]
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 1
  to_port           = 2
}
