data "aws_ami" "base" {
  most_recent = true
  filter {
    name   = "name"
    values = ["base-${var.release}"]
  }
}
variable "release" { default = "2025" }
data "aws_subnet" "chosen" {
  for_each = toset(aws_vpc_endpoint.e.subnet_ids)
  id       = each.value
}
resource "aws_vpc_endpoint" "e" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-central-1.s3"
}
resource "aws_launch_template" "t" {
  image_id = data.aws_ami.base.id
  network_interfaces {
    subnet_id       = values(data.aws_subnet.chosen)[0].id
    security_groups = [for s in data.aws_subnet.chosen : s.vpc_id]
  }
}
resource "aws_autoscaling_group" "g" {
  max_size = 2
  min_size = 1
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.t.id
        version            = aws_launch_template.t.latest_version
      }
      dynamic "override" {
        for_each = ["t3.small", "t3.medium"]
        content {
          instance_type = override.value
        }
      }
    }
  }
  dynamic "tag" {
    for_each = merge({ ami = data.aws_ami.base.name }, { for k, v in data.aws_ami.base.tags : k => v if k != "Name" })
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
