//! The same infrastructure written for Terraform and for CloudFormation or SAM: canonical types, bill, changes and way back
//! are the same.
//!
//! Where the two tools do different things with the same change, the pair says so in its name and is left to the tests
//! of each: these are changes that both make in place, or both by replacement.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use plumbline::catalog::prices::{Prices, bundled};
use plumbline::{Catalog, Input, InputFile, Review, review};

#[path = "pairs/serverless.rs"]
mod serverless;

pub struct Pair {
    name: &'static str,
    terraform: &'static str,
    cloudformation: &'static str,
    /// What is replaced in the text for the version after, in both.
    change: [(&'static str, &'static str); 2],
}

const PAIRS: &[Pair] = &[
    Pair {
        name: "a queue with a dead letter queue",
        terraform: r#"
resource "aws_sqs_queue" "Dead" { message_retention_seconds = 1209600 }
resource "aws_sqs_queue" "Work" {
  visibility_timeout_seconds = 30
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.Dead.arn, maxReceiveCount = 3 })
}
"#,
        cloudformation: r#"
Resources:
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Work:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
"#,
        change: [("= 30", "= 60"), ("VisibilityTimeout: 30", "VisibilityTimeout: 60")],
    },
    Pair {
        name: "a database that gets a bigger machine",
        terraform: r#"
resource "aws_db_instance" "Db" {
  engine                  = "postgres"
  engine_version          = "16.3"
  instance_class          = "db.t3.medium"
  allocated_storage       = 100
  storage_type            = "gp3"
  multi_az                = true
  storage_encrypted       = true
  backup_retention_period = 7
  username                = "app"
  password                = var.password
  final_snapshot_identifier = "last"
}
variable "password" { sensitive = true }
"#,
        cloudformation: r#"
Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: "16.3"
      DBInstanceClass: db.t3.medium
      AllocatedStorage: "100"
      StorageType: gp3
      MultiAZ: true
      StorageEncrypted: true
      BackupRetentionPeriod: 7
      MasterUsername: app
      MasterUserPassword: !Ref Password
"#,
        change: [("db.t3.medium", "db.m5.large"), ("db.t3.medium", "db.m5.large")],
    },
    Pair {
        name: "a database that is replaced for its encryption",
        terraform: r#"
resource "aws_db_instance" "Db" {
  engine                    = "mysql"
  instance_class            = "db.t3.small"
  allocated_storage         = 20
  storage_encrypted         = false
  backup_retention_period   = 1
  final_snapshot_identifier = "last"
}
"#,
        cloudformation: r#"
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, DBInstanceClass: db.t3.small, AllocatedStorage: 20, StorageEncrypted: false, BackupRetentionPeriod: 1}
"#,
        change: [("= false", "= true"), ("StorageEncrypted: false", "StorageEncrypted: true")],
    },
    Pair {
        name: "a function with more memory",
        terraform: r#"
resource "aws_iam_role" "Role" { assume_role_policy = "{}" }
resource "aws_lambda_function" "Api" {
  function_name = "api"
  handler       = "a.b"
  runtime       = "python3.12"
  architectures = ["arm64"]
  memory_size   = 256
  timeout       = 10
  role          = aws_iam_role.Role.arn
  s3_bucket     = "code"
  s3_key        = "a.zip"
  environment {
    variables = { STAGE = "prod" }
  }
}
resource "aws_cloudwatch_log_group" "Logs" {
  name              = "/aws/lambda/api"
  retention_in_days = 14
}
"#,
        cloudformation: r#"
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Api:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: api
      Handler: a.b
      Runtime: python3.12
      Architectures: [arm64]
      MemorySize: 256
      Timeout: 10
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: code, S3Key: a.zip}
      Environment: {Variables: {STAGE: prod}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/api, RetentionInDays: 14}}
"#,
        change: [("= 256", "= 512"), ("MemorySize: 256", "MemorySize: 512")],
    },
    Pair {
        name: "a table that is paid by capacity",
        terraform: r#"
resource "aws_dynamodb_table" "Items" {
  name           = "items"
  billing_mode   = "PROVISIONED"
  hash_key       = "id"
  range_key      = "at"
  read_capacity  = 10
  write_capacity = 5
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  point_in_time_recovery { enabled = true }
  global_secondary_index {
    name            = "by-at"
    hash_key        = "at"
    projection_type = "ALL"
    read_capacity   = 4
    write_capacity  = 2
  }
}
"#,
        cloudformation: r#"
Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: items
      BillingMode: PROVISIONED
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: at, AttributeType: N}]
      KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]
      ProvisionedThroughput: {ReadCapacityUnits: 10, WriteCapacityUnits: 5}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      GlobalSecondaryIndexes:
        - IndexName: by-at
          KeySchema: [{AttributeName: at, KeyType: HASH}]
          Projection: {ProjectionType: ALL}
          ProvisionedThroughput: {ReadCapacityUnits: 4, WriteCapacityUnits: 2}
"#,
        change: [("read_capacity  = 10", "read_capacity  = 20"), ("ReadCapacityUnits: 10", "ReadCapacityUnits: 20")],
    },
    Pair {
        name: "a server with two disks",
        terraform: r#"
resource "aws_instance" "Host" {
  ami           = "ami-1"
  instance_type = "m5.large"
  monitoring    = true
  root_block_device {
    volume_size = 50
    volume_type = "gp3"
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 200
    volume_type = "gp2"
  }
}
resource "aws_eip" "Address" { instance = aws_instance.Host.id }
"#,
        cloudformation: r#"
Resources:
  Host:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      InstanceType: m5.large
      Monitoring: true
      BlockDeviceMappings:
        - {DeviceName: /dev/xvda, Ebs: {VolumeSize: 50, VolumeType: gp3}}
        - {DeviceName: /dev/sdf, Ebs: {VolumeSize: 200, VolumeType: gp2}}
  Address: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Host}}
"#,
        change: [("m5.large", "m5.xlarge"), ("m5.large", "m5.xlarge")],
    },
    Pair {
        name: "a network with a gateway",
        terraform: r#"
resource "aws_vpc" "Vpc" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "Public" {
  vpc_id     = aws_vpc.Vpc.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_eip" "Ip" { domain = "vpc" }
resource "aws_nat_gateway" "Nat" {
  subnet_id     = aws_subnet.Public.id
  allocation_id = aws_eip.Ip.id
}
resource "aws_security_group" "Web" {
  description = "web"
  vpc_id      = aws_vpc.Vpc.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"#,
        cloudformation: r#"
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Ip: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public, AllocationId: !GetAtt Ip.AllocationId}}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
"#,
        change: [("\"10.0.1.0/24\"", "\"10.0.2.0/24\""), ("10.0.1.0/24", "10.0.2.0/24")],
    },
    Pair {
        name: "containers behind a balancer",
        terraform: r#"
resource "aws_ecs_cluster" "Cluster" {}
resource "aws_lb" "Balancer" {
  load_balancer_type = "application"
  internal           = true
  subnets            = ["subnet-1", "subnet-2"]
}
resource "aws_ecs_task_definition" "Task" {
  family                   = "app"
  cpu                      = "512"
  memory                   = "1024"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  container_definitions    = "[]"
}
resource "aws_ecs_service" "Service" {
  cluster         = aws_ecs_cluster.Cluster.id
  task_definition = aws_ecs_task_definition.Task.arn
  launch_type     = "FARGATE"
  desired_count   = 2
}
"#,
        cloudformation: r#"
Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Type: application, Scheme: internal, Subnets: [subnet-1, subnet-2]}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {Family: app, Cpu: "512", Memory: "1024", RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, ContainerDefinitions: []}
  Service:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref Task, LaunchType: FARGATE, DesiredCount: 2}
"#,
        change: [("desired_count   = 2", "desired_count   = 4"), ("DesiredCount: 2", "DesiredCount: 4")],
    },
    Pair {
        name: "a cluster of databases with one member",
        terraform: r#"
resource "aws_rds_cluster" "Cluster" {
  engine                    = "aurora-postgresql"
  backup_retention_period   = 7
  storage_encrypted         = true
  final_snapshot_identifier = "last"
  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 4
  }
}
resource "aws_rds_cluster_instance" "Member" {
  cluster_identifier = aws_rds_cluster.Cluster.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r5.large"
}
"#,
        cloudformation: r#"
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      BackupRetentionPeriod: 7
      StorageEncrypted: true
      ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 4}
  Member:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Cluster, Engine: aurora-postgresql, DBInstanceClass: db.r5.large}
"#,
        change: [("db.r5.large", "db.r5.xlarge"), ("db.r5.large", "db.r5.xlarge")],
    },
    Pair {
        name: "a cache with two copies",
        terraform: r#"
resource "aws_elasticache_replication_group" "Cache" {
  description                = "sessions"
  node_type                  = "cache.t3.small"
  engine                     = "redis"
  num_node_groups            = 1
  replicas_per_node_group    = 2
  automatic_failover_enabled = true
  at_rest_encryption_enabled = true
}
"#,
        cloudformation: r#"
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.t3.small
      Engine: redis
      NumNodeGroups: 1
      ReplicasPerNodeGroup: 2
      AutomaticFailoverEnabled: true
      AtRestEncryptionEnabled: true
"#,
        change: [("cache.t3.small", "cache.t3.medium"), ("cache.t3.small", "cache.t3.medium")],
    },
    Pair {
        name: "a bucket, a topic, a key, an alarm and a state machine",
        terraform: r#"
resource "aws_s3_bucket" "Files" { bucket = "files" }
resource "aws_kms_key" "Key" { enable_key_rotation = true }
resource "aws_sns_topic" "Topic" { kms_master_key_id = aws_kms_key.Key.id }
resource "aws_cloudwatch_metric_alarm" "Alarm" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 300
  threshold           = 1
  alarm_actions       = [aws_sns_topic.Topic.arn]
}
resource "aws_sfn_state_machine" "Flow" {
  role_arn   = "arn:aws:iam::1:role/a"
  definition = "{}"
  type       = "EXPRESS"
}
"#,
        cloudformation: r#"
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Key}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: errors
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      MetricName: Errors
      Namespace: AWS/Lambda
      Period: 300
      Threshold: 1
      AlarmActions: [!Ref Topic]
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: "arn:aws:iam::1:role/a", DefinitionString: "{}", StateMachineType: EXPRESS}
"#,
        change: [("threshold           = 1", "threshold           = 5"), ("Threshold: 1", "Threshold: 5")],
    },
];

fn reviewed(path: &str, text: &str, (from, to): (&str, &str)) -> Review {
    assert!(text.contains(from), "{from:?} is in no line");
    let file = |text: String| vec![InputFile::new(path, text.as_bytes())];
    let catalog = Catalog::new().with_prices(Prices::open(bundled()).expect("the price table opens"));
    let head = if path.ends_with(".yaml") { "AWSTemplateFormatVersion: '2010-09-09'\n" } else { "" };
    let (before, after) = (format!("{head}{text}"), format!("{head}{}", text.replace(from, to)));
    review(&Input { files: file(after), base: Some(file(before)), catalog, ..Input::default() })
}

fn short(address: &str) -> &str {
    address.rsplit('.').next().unwrap()
}

/// What must be the same in both, a line each.
fn summary(review: &Review) -> Vec<String> {
    let mut lines = Vec::new();
    let mut types: Vec<String> = review.resources.iter().map(|it| format!("{} is {}", it.name, it.r#type)).collect();
    types.sort();
    lines.extend(types);
    lines.push(format!("total {:?} before {:?}", review.cost.monthly.after, review.cost.monthly.before));
    let mut bill = Vec::new();
    for resource in &review.cost.resources {
        for part in &resource.components {
            let name = short(&resource.address);
            bill.push(format!("{name}: {} {:?} {} {:?}", part.name, part.quantity, part.unit, part.monthly));
        }
    }
    bill.sort();
    lines.extend(bill);
    let mut changes: Vec<String> = review.changes.iter().map(|it| format!("{} {:?}", short(&it.address), it.action)).collect();
    changes.sort();
    lines.extend(changes);
    for tier in &review.rollback.tiers {
        lines.extend(tier.steps.iter().map(|step| format!("{:?} {:?} {}", tier.tier, step.kind, short(&step.address))));
    }
    lines.extend(review.rollback.before_deploy.iter().map(|step| format!("before {:?} {}", step.kind, short(&step.address))));
    let mut findings: Vec<String> = review.findings.iter().map(|it| format!("{} {}", it.id, short(&it.address))).collect();
    findings.sort();
    lines.extend(findings);
    lines
}

#[test]
fn the_same_in_two_languages_is_reviewed_alike() {
    let mut wrong = Vec::new();
    for pair in PAIRS.iter().chain(serverless::PAIRS) {
        let terraform = summary(&reviewed("main.tf", pair.terraform, pair.change[0]));
        let cloudformation = summary(&reviewed("template.yaml", pair.cloudformation, pair.change[1]));
        if terraform != cloudformation {
            let only = |these: &[String], those: &[String]| {
                these.iter().filter(|line| !those.contains(line)).map(|line| format!("    {line}\n")).collect::<String>()
            };
            wrong.push(format!(
                "{}\n  Terraform alone:\n{}  CloudFormation alone:\n{}",
                pair.name,
                only(&terraform, &cloudformation),
                only(&cloudformation, &terraform)
            ));
        }
    }
    assert!(PAIRS.len() >= 10);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PAIRS.len() + serverless::PAIRS.len(), wrong.join("\n"));
}
