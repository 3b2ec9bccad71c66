resource "aws_security_group" "app$_" {
  name   = "${$NAME}-$ID"
  vpc_id = $VPC
  ingress {
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_security_group" "db$_" {
  name   = "${$NAME}-$ID-db"
  vpc_id = $VPC
}

resource "aws_security_group_rule" "db$_" {
  type                     = "ingress"
  from_port                = 5432
  to_port                  = 5432
  protocol                 = "tcp"
  security_group_id        = aws_security_group.db$_.id
  source_security_group_id = aws_security_group.app$_.id
}

resource "aws_iam_role" "app$_" {
  name = "${$NAME}-$ID"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app$_" {
  role = aws_iam_role.app$_.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.files$_.arn}/*" }]
  })
}

resource "aws_cloudwatch_log_group" "app$_" {
  name              = "/ecs/${$NAME}-$ID"
  retention_in_days = $RETENTION
}

resource "aws_ecs_task_definition" "app$_" {
  family        = "$ID"
  task_role_arn = aws_iam_role.app$_.arn
  container_definitions = jsonencode([{
    name        = "app"
    image       = "example/$ID:1.4.2"
    environment = [{ name = "DB_HOST", value = aws_db_instance.main$_.address }]
  }])
}

resource "aws_ecs_service" "app$_" {
  name            = "$ID"
  cluster         = $CLUSTER
  task_definition = aws_ecs_task_definition.app$_.arn
  desired_count   = 3
  network_configuration {
    subnets         = $SUBNETS
    security_groups = [aws_security_group.app$_.id]
  }
}

resource "aws_lb_target_group" "app$_" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = $VPC
}

resource "aws_lb_listener_rule" "app$_" {
  listener_arn = $LISTENER
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app$_.arn
  }
}

resource "aws_db_subnet_group" "main$_" {
  name       = "$ID"
  subnet_ids = $SUBNETS
}

resource "aws_db_instance" "main$_" {
  identifier             = "$DATABASE"
  engine                 = "postgres"
  engine_version         = "$ENGINE"
  instance_class         = $SIZE
  allocated_storage      = 100
  password               = $PASSWORD
  db_subnet_group_name   = aws_db_subnet_group.main$_.name
  vpc_security_group_ids = [aws_security_group.db$_.id]
  tags                   = $TAGS
}

resource "aws_s3_bucket" "files$_" {
  bucket = "${$NAME}-$ID-files"
  tags   = $TAGS
}

resource "aws_s3_bucket_public_access_block" "files$_" {
  bucket              = aws_s3_bucket.files$_.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_sqs_queue" "failed$_" {
  name                      = "$ID-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "jobs$_" {
  name           = "$ID-jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed$_.arn, maxReceiveCount = 3 })
}

resource "aws_lambda_function" "worker$_" {
  function_name = "$ID-worker"
  role          = aws_iam_role.app$_.arn
  runtime       = "nodejs22.x"
  memory_size   = 1024
  environment {
    variables = { BUCKET = aws_s3_bucket.files$_.bucket }
  }
}

resource "aws_lambda_event_source_mapping" "jobs$_" {
  event_source_arn = aws_sqs_queue.jobs$_.arn
  function_name    = aws_lambda_function.worker$_.arn
}

resource "aws_cloudwatch_metric_alarm" "failed$_" {
  alarm_name    = "$ID-failed"
  metric_name   = "ApproximateNumberOfMessagesVisible"
  namespace     = "AWS/SQS"
  threshold     = 0
  dimensions    = { QueueName = aws_sqs_queue.failed$_.name }
  alarm_actions = [$TOPIC]
}

resource "aws_route53_record" "app$_" {
  zone_id = $ZONE
  name    = "$ID"
  type    = "CNAME"
  records = [$HOST]
}
