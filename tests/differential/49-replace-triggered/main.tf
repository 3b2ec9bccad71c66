resource "terraform_data" "version" {
  input = var.versions
}

variable "versions" {
  type    = map(string)
  default = { web = "1", api = "2" }
}

resource "aws_launch_template" "this" {
  for_each = var.versions
  name     = each.key
}

resource "aws_instance" "this" {
  for_each = var.versions
  ami      = "ami-${each.value}"
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.version, aws_launch_template.this[each.key].latest_version]
    precondition {
      condition     = length(data.aws_ami.base.id) > 0
      error_message = "No image from ${data.aws_ami.base.name}."
    }
    postcondition {
      condition     = self.private_ip != ""
      error_message = "No address."
    }
  }
}

data "aws_ami" "base" {
  most_recent = true
}

resource "aws_eip" "counted" {
  count    = 2
  instance = values(aws_instance.this)[count.index].id
  lifecycle {
    replace_triggered_by = [aws_sqs_queue.counted[count.index]]
    ignore_changes       = [tags["aws_ami"], instance]
  }
}

resource "aws_sqs_queue" "counted" {
  count = 2
}
