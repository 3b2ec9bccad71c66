resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "jobs" {
  name                       = "${local.name}-jobs"
  visibility_timeout_seconds = 120

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_dynamodb_table" "orders" {
  name         = local.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  tags = local.tags
}

resource "aws_s3_bucket" "invoices" {
  bucket = "example-${local.name}-invoices"
  tags   = local.tags
}

resource "aws_security_group" "database" {
  name   = "${local.name}-database"
  vpc_id = var.vpc_id

  ingress {
    description = "Reporting tool of the finance team"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "orders" {
  identifier     = local.name
  engine         = "postgres"
  engine_version = "16.6"
  instance_class = "db.t4g.medium"

  allocated_storage     = 20
  max_allocated_storage = 100
  storage_type          = "gp3"

  username = "orders"
  password = var.db_password

  publicly_accessible     = true
  vpc_security_group_ids  = [aws_security_group.database.id]
  backup_retention_period = 0
  skip_final_snapshot     = true

  tags = local.tags
}
