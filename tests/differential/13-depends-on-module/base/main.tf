resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
output "names" { value = ["a", "b"] }
output "late" {
  value      = "constant"
  depends_on = [aws_vpc.v]
}
