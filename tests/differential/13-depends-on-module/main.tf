module "base" {
  source = "./base"
}
module "apps" {
  source     = "./apps"
  count      = length(module.base.names)
  name       = module.base.names[count.index]
  depends_on = [aws_iam_role_policy.admin]
}
resource "aws_iam_role" "admin" { assume_role_policy = "{}" }
resource "aws_iam_role_policy" "admin" {
  role   = aws_iam_role.admin.id
  policy = "{}"
}
resource "aws_sns_topic" "last" {
  name       = "last"
  depends_on = [module.apps, module.base]
}
