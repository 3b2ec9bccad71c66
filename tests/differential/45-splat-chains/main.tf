resource "aws_instance" "fleet" {
  count = 3
  ami   = "ami-1"
  dynamic "ebs_block_device" {
    for_each = range(2)
    content {
      device_name = "/dev/sd${ebs_block_device.value}"
    }
  }
}

resource "aws_network_interface" "extra" {
  for_each  = toset(["x", "y"])
  subnet_id = "subnet-1"
  attachment {
    instance     = aws_instance.fleet[0].id
    device_index = 1
  }
}

locals {
  volumes  = flatten(aws_instance.fleet[*].ebs_block_device[*].volume_id)
  legacy   = aws_instance.fleet.*.private_ip
  first    = aws_instance.fleet.0.id
  by_key   = values(aws_network_interface.extra)[*].id
  addressy = [for nic in aws_network_interface.extra : nic.private_ips[*]]
}

resource "aws_ssm_parameter" "volumes" {
  value = join(",", local.volumes)
}

resource "aws_ssm_parameter" "ips" {
  value = element(concat(local.legacy, local.by_key), 0)
}

resource "aws_ssm_parameter" "first" {
  value = local.first
}

resource "aws_ssm_parameter" "many" {
  count = length(local.addressy)
  value = jsonencode(local.addressy[count.index])
}

resource "aws_eip" "all" {
  count    = length(aws_instance.fleet)
  instance = aws_instance.fleet[*].id[count.index]
}
