variable "main" {}
data "aws_vpc" "main" { id = var.main }
output "cidr" { value = data.aws_vpc.main.cidr_block }
