region  = "eu-central-1"
subnets = {
  a = { cidr = "10.0.1.0/24", zones = ["a"] }
}
tags = { owner = "me" }
count = 3
