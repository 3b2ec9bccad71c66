variable "label" {}
variable "subnet" {}
resource "aws_instance" "n" {
  ami       = "ami-1"
  subnet_id = var.subnet
  tags      = { Name = var.label }
}
output "ip" { value = aws_instance.n.private_ip }
