module "net" { source = "./net" }
locals { net = module.net }
resource "aws_instance" "a" {
  ami       = "ami-1"
  subnet_id = local.net.subnets.a
}
resource "aws_instance" "b" {
  ami       = "ami-1"
  subnet_id = module.net.subnets["b"]
}
resource "aws_instance" "c" {
  ami       = "ami-1"
  subnet_id = lookup(module.net.subnets, "c", "none")
}
