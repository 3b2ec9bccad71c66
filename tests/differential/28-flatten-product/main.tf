variable "teams" {
  default = {
    red  = { members = ["a", "b"], buckets = ["x"] }
    blue = { members = ["c"], buckets = ["y", "z"] }
  }
}
locals {
  grants = merge([
    for team, it in var.teams : {
      for pair in setproduct(it.members, it.buckets) : "${team}/${pair[0]}/${pair[1]}" => { user = pair[0], bucket = pair[1] }
    }
  ]...)
  users = toset(flatten([for it in values(var.teams) : it.members]))
}
resource "aws_iam_user" "u" {
  for_each = local.users
  name     = each.key
}
resource "aws_s3_bucket" "b" {
  for_each = toset(flatten(values(var.teams)[*].buckets))
  bucket   = each.value
}
resource "aws_iam_user_policy" "p" {
  for_each = local.grants
  user     = aws_iam_user.u[each.value.user].name
  policy   = jsonencode({ Resource = aws_s3_bucket.b[each.value.bucket].arn, Version = "2012-10-17" })
}
