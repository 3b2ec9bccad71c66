variable "name" {}
resource "terraform_data" "l" {
  input = var.name
}
output "out" { value = "leaf-${terraform_data.l.input}" }
