variable "tier" { default = "prod" }
variable "existing_role" {
  type    = string
  default = null
}
locals {
  class = var.tier == "dev" ? "db.t3.micro" : var.tier == "stage" ? "db.t3.small" : var.tier == "prod" ? "db.r6g.large" : "db.t3.medium"
  role  = var.existing_role != null ? var.existing_role : one(aws_iam_role.created[*].arn)
  key   = coalesce(try(aws_kms_key.own[0].arn, null), data.aws_kms_alias.shared.target_key_arn)
}
resource "aws_iam_role" "created" {
  count              = var.existing_role == null ? 1 : 0
  assume_role_policy = "{}"
}
resource "aws_kms_key" "own" {
  count = var.tier == "prod" ? 1 : 0
}
data "aws_kms_alias" "shared" { name = "alias/shared" }
resource "aws_db_instance" "main" {
  instance_class      = local.class
  kms_key_id          = local.key
  monitoring_role_arn = local.role
}
