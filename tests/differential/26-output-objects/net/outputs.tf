output "subnets" { value = { for k, s in aws_subnet.s : k => s.id } }
output "vpc" { value = aws_vpc.v }
