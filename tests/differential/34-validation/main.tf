variable "name" {
  type = string
  default = "ok"
  validation {
    condition     = can(regex("^[a-z]+$", var.name))
    error_message = "Only small letters."
  }
}
variable "secret" {
  type      = string
  sensitive = true
  default   = "s"
}
variable "maybe" {
  type     = string
  nullable = false
  default  = "given"
}
resource "aws_ssm_parameter" "p" {
  name  = var.name
  type  = "SecureString"
  value = "${var.secret}-${var.maybe}-${aws_kms_key.k.id}"
}
resource "aws_kms_key" "k" { description = nonsensitive(sha256(var.secret)) }
