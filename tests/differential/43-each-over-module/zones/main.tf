variable "names" {
  type = set(string)
}

data "aws_availability_zone" "this" {
  for_each = var.names
  name     = "eu-west-1${each.key}"
}

output "by_name" {
  value = { for n, z in data.aws_availability_zone.this : n => { name = n, id = z.zone_id } }
}
