variable "in" {}
resource "aws_subnet" "s" { vpc_id = var.in }
output "out" { value = aws_subnet.s.id }
