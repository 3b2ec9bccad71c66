module "network" {
  source = "./part"
  name   = "network"
}

module "platform" {
  source     = "./part"
  name       = "platform"
  depends_on = [module.network]
}

module "apps" {
  for_each   = toset(["shop", "mail"])
  source     = "./part"
  name       = each.key
  depends_on = [module.platform, aws_ssm_parameter.gate]
}

module "far" {
  source     = "registry.example/far/module/aws"
  depends_on = [module.apps]
  input      = module.network.arn
}

resource "aws_ssm_parameter" "gate" {
  value      = "open"
  depends_on = [module.network]
}

resource "aws_ssm_parameter" "last" {
  value      = "done"
  depends_on = [module.far, module.apps["shop"]]
}
