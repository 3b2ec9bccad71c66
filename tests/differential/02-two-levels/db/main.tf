variable "name" { type = string }
variable "vpc_id" { type = string }
resource "aws_security_group" "db" {
  name   = var.name
  vpc_id = var.vpc_id
}
resource "aws_db_instance" "this" {
  identifier             = var.name
  vpc_security_group_ids = [aws_security_group.db.id]
}
output "endpoint" { value = aws_db_instance.this.endpoint }
output "unused" { value = aws_security_group.db.id }
