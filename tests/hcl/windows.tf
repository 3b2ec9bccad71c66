variable "x" {}
variable "y" {
  default = "a"
  type = string
}

locals {
  text = <<EOT
line
EOT
  pair = {
    a = 1
    b = 2
  }
}
