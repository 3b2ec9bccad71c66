//! SAM, and what it makes, beside the same in Terraform.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    Pair {
        name: "a function that reads a queue, serverless",
        terraform: r#"
resource "aws_sqs_queue" "Jobs" { visibility_timeout_seconds = 180 }
resource "aws_iam_role" "WorkRole" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole"], Principal = { Service = ["lambda.amazonaws.com"] } }] })
}
resource "aws_lambda_function" "Work" {
  function_name = "work"
  handler       = "app.handler"
  runtime       = "python3.12"
  memory_size   = 512
  timeout       = 30
  role          = aws_iam_role.WorkRole.arn
  s3_bucket     = "code"
  s3_key        = "work.zip"
}
resource "aws_lambda_event_source_mapping" "WorkJob" {
  event_source_arn = aws_sqs_queue.Jobs.arn
  function_name    = aws_lambda_function.Work.arn
  batch_size       = 5
}
"#,
        cloudformation: r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 180}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: work
      Handler: app.handler
      Runtime: python3.12
      MemorySize: 512
      Timeout: 30
      CodeUri: s3://code/work.zip
      Events:
        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, BatchSize: 5}}
"#,
        change: [("= 512", "= 1024"), ("MemorySize: 512", "MemorySize: 1024")],
    },
    Pair {
        name: "an HTTP API over a table, serverless",
        terraform: r#"
resource "aws_dynamodb_table" "Notes" {
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_iam_role" "ShowRole" { assume_role_policy = "{}" }
resource "aws_lambda_function" "Show" {
  function_name = "show"
  handler       = "app.show"
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  timeout       = 5
  role          = aws_iam_role.ShowRole.arn
  s3_bucket     = "code"
  s3_key        = "show.zip"
  environment {
    variables = { TABLE = aws_dynamodb_table.Notes.name }
  }
}
resource "aws_apigatewayv2_api" "ServerlessHttpApi" {
  name          = "notes"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_stage" "ServerlessHttpApiApiGatewayDefaultStage" {
  api_id      = aws_apigatewayv2_api.ServerlessHttpApi.id
  name        = "$default"
  auto_deploy = true
}
resource "aws_lambda_permission" "ShowGetPermission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.Show.function_name
  principal     = "apigateway.amazonaws.com"
}
"#,
        cloudformation: r#"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: nodejs22.x, Architectures: [arm64]}
Resources:
  Notes:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  Show:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: show
      Handler: app.show
      Timeout: 5
      CodeUri: s3://code/show.zip
      Environment: {Variables: {TABLE: !Ref Notes}}
      Policies: [{DynamoDBReadPolicy: {TableName: !Ref Notes}}]
      Events:
        Get: {Type: HttpApi, Properties: {Path: "/notes/{id}", Method: get}}
"#,
        change: [("timeout       = 5", "timeout       = 9"), ("Timeout: 5", "Timeout: 9")],
    },
    Pair {
        name: "a table in two regions",
        terraform: r#"
provider "aws" { region = "us-east-1" }
resource "aws_dynamodb_table" "Carts" {
  name             = "carts"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
  replica { region_name = "eu-west-1" }
}
"#,
        cloudformation: r#"
Resources:
  Carts:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: carts
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Replicas:
        - {Region: us-east-1, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
        - {Region: eu-west-1}
"#,
        change: [("hash_key         = \"id\"", "hash_key         = \"id\" # same"), ("TableName: carts", "TableName: carts # same")],
    },
];
