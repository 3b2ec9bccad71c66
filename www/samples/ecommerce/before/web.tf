data "aws_ami" "linux" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023.*-x86_64"]
  }
}

resource "aws_security_group" "web" {
  name        = "${local.name}-web"
  description = "The shop, from anywhere"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = [80, 443]

    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }

  tags = local.tags
}

resource "aws_instance" "web" {
  ami                    = data.aws_ami.linux.id
  instance_type          = "t3.medium"
  subnet_id              = aws_subnet.public["a"].id
  vpc_security_group_ids = [aws_security_group.web.id]

  user_data = <<-SCRIPT
    #!/bin/bash
    docker run --detach --restart always --publish 80:3000 \
      --env DATABASE_HOST=${aws_db_instance.primary.address} \
      registry.example.com/shop:stable
  SCRIPT

  root_block_device {
    volume_type = "gp3"
    volume_size = 30
  }

  tags = merge(local.tags, { Name = "${local.name}-web" })
}

resource "aws_eip" "web" {
  domain   = "vpc"
  instance = aws_instance.web.id

  tags = merge(local.tags, { Name = "${local.name}-web" })
}
