variable "size" { default = "small" }
resource "aws_instance" "w" {
  ami           = aws_ami_copy.one.id
  instance_type = var.size
  network_interface {
    network_interface_id = aws_network_interface.a.id
    device_index         = 0
  }
}
resource "aws_ami_copy" "one" { source_ami_id = "ami-1" }
resource "aws_ami_copy" "two" { source_ami_id = "ami-2" }
resource "aws_network_interface" "a" { subnet_id = "subnet-1" }
resource "aws_network_interface" "b" { subnet_id = "subnet-2" }
