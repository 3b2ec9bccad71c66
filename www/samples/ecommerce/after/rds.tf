resource "aws_db_subnet_group" "main" {
  name       = local.name
  subnet_ids = [for subnet in aws_subnet.database : subnet.id]

  tags = local.tags
}

resource "aws_security_group" "db" {
  name        = "${local.name}-db"
  description = "PostgreSQL, from the cluster"
  vpc_id      = aws_vpc.main.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [local.cluster_security_group]
  }

  tags = local.tags
}

resource "aws_db_instance" "primary" {
  identifier     = local.name
  engine         = "postgres"
  engine_version = "15.12"
  instance_class = "db.t3.medium"

  storage_type      = "gp3"
  allocated_storage = 100
  storage_encrypted = true

  db_name  = "ecommerce"
  username = "shop"
  password = var.db_password

  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.db.id]
  multi_az               = true

  backup_retention_period = 7
  backup_window           = "03:00-04:00"
  maintenance_window      = "mon:04:00-mon:05:00"
  skip_final_snapshot     = var.skip_final_snapshot

  enabled_cloudwatch_logs_exports = ["postgresql"]

  tags = merge(local.tags, { Role = "primary" })
}

resource "aws_db_instance" "read_replica" {
  count = var.replica_count

  identifier          = "${local.name}-replica-${count.index}"
  replicate_source_db = aws_db_instance.primary.identifier
  instance_class      = "db.t3.medium"
  storage_type        = "gp3"
  storage_encrypted   = true
  skip_final_snapshot = true

  vpc_security_group_ids = [aws_security_group.db.id]

  tags = merge(local.tags, { Role = "read-replica" })
}
