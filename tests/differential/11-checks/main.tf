resource "aws_lb" "web" {
  name = "web"
  lifecycle {
    precondition {
      condition     = length(data.aws_subnets.all.ids) > 1
      error_message = "needs two subnets of ${data.aws_vpc.default.id}"
    }
    postcondition {
      condition     = self.dns_name != ""
      error_message = "no name"
    }
  }
}
data "aws_subnets" "all" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}
data "aws_vpc" "default" { default = true }
check "health" {
  assert {
    condition     = aws_lb.web.dns_name != "x"
    error_message = "bad"
  }
}
