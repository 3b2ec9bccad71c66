resource "aws_instance" "w" {
  ami = aws_ami_copy.two.id
  network_interface {
    network_interface_id = aws_network_interface.b.id
    device_index         = 0
  }
}
