resource "aws_security_group" "a" {
  name = "a"
  ingress {
    security_groups = [aws_security_group.b.id]
    self            = true
  }
}
resource "aws_security_group" "b" { name = "b" }
resource "aws_security_group_rule" "loop" {
  for_each = {
    for pair in setproduct(["a", "b"], [80, 443]) : "${pair[0]}-${pair[1]}" => { group = pair[0], port = pair[1] }
  }
  security_group_id = each.value.group == "a" ? aws_security_group.a.id : aws_security_group.b.id
  from_port         = each.value.port
  to_port           = each.value.port
  type              = "ingress"
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_instance" "x" {
  count = 2
  ami   = "ami-1"
  provisioner "remote-exec" {
    inline = ["echo ${self.private_ip} ${count.index}"]
  }
}
