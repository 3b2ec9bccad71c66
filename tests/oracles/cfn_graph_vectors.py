"""Writes tests/vectors/cfn_graph.json: templates, and the resource edges that cfn-lint's graph has for them.

    python3 -m venv venv && venv/bin/pip install cfn-lint==1.58.0
    venv/bin/python tests/oracles/cfn_graph_vectors.py > tests/vectors/cfn_graph.json

Left out, because that graph has no such edges: Fn::ImportValue and outputs of nested stacks.
"""
import json
import os
import random
import sys
import tempfile

from cfnlint.decode import decode
from cfnlint.template import Template

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"

WRITTEN = [
    """Resources:
  Topic:
    Type: AWS::SNS::Topic
  Queue:
    Type: AWS::SQS::Queue
    DependsOn: Topic
""",
    """Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !Sub "in ${Vpc} of ${AWS::StackName}"
      VpcId: {Ref: Vpc}
  Instance:
    Type: AWS::EC2::Instance
    DependsOn: [Subnet, Group]
    Properties:
      SubnetId: !Ref Subnet
      SecurityGroupIds: [!GetAtt Group.GroupId]
      UserData:
        Fn::Base64: !Sub |
          #!/bin/sh
          echo ${Vpc.CidrBlock} ${!Literal}
""",
    """Parameters:
  Env: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList, Default: "a,b"}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  NotProd: !Not [!Condition IsProd]
Resources:
  A: {Type: AWS::S3::Bucket}
  B: {Type: AWS::S3::Bucket, Condition: IsProd}
  C:
    Type: AWS::S3::BucketPolicy
    Condition: NotProd
    Properties:
      Bucket: !If [IsProd, !Ref B, !Ref A]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !If
              - IsProd
              - !Sub "${B.Arn}/*"
              - Fn::Join: ["/", [!GetAtt A.Arn, "*"]]
""",
    """Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt [Role, Arn]
      Environment:
        Variables:
          TABLE: !Ref Table
          ARN: {"Fn::GetAtt": "Table.Arn"}
          BOTH: !Sub ["${T}-${Queue}", {T: !Ref Table}]
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties: {}
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Out: {Value: !Ref Fn, Export: {Name: !Sub "${AWS::StackName}-fn"}}
""",
    """Mappings:
  Sizes:
    us-east-1: {small: t3.micro}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceClass: !FindInMap [Sizes, !Ref AWS::Region, small]
      KmsKeyId: !GetAtt Key.Arn
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${Secret}:SecretString:password}}"
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {KmsKeyId: !Ref Key}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Dimensions: [{Name: DB, Value: !Ref Db}]
      AlarmActions: !Split [",", !Join [",", [!Ref Topic, !GetAtt Db.Endpoint.Address]]]
  Topic: {Type: AWS::SNS::Topic}
""",
    """x-common: &common
  DependsOn: [First]
  Properties: &props
    QueueName: !GetAtt First.QueueName
Resources:
  First: {Type: AWS::SQS::Queue}
  Second:
    Type: AWS::SQS::Queue
    <<: *common
  Third:
    Type: AWS::SQS::Queue
    Properties:
      <<: *props
      KmsMasterKeyId: !Ref Second
""",
]


def generated(random):
    names = [f"R{at}" for at in range(random.randrange(3, 12))]
    types = {
        "AWS::SQS::Queue": "Arn", "AWS::SNS::Topic": "TopicArn", "AWS::S3::Bucket": "Arn", "AWS::IAM::Role": "Arn",
        "AWS::DynamoDB::Table": "Arn", "AWS::Lambda::Function": "Arn", "AWS::KMS::Key": "Arn", "AWS::EC2::VPC": "VpcId",
    }
    kinds = {name: random.choice(list(types)) for name in names}

    def value(own, depth=0):
        other = random.choice([name for name in names if name != own])
        attribute = types[kinds[other]]
        inner = lambda: value(own, depth + 1)
        simple = [
            {"Ref": other}, {"Fn::GetAtt": [other, attribute]}, {"Fn::Sub": f"x-${{{other}}}-${{AWS::Region}}"},
            {"Fn::Sub": f"${{{other}.{attribute}}}/*"}, "text", 3, True, {"Ref": "P"}, {"Ref": "AWS::AccountId"},
            {"Fn::Sub": "${!Not}" + f"${{ {other} }}".replace(" ", "")},
        ]
        if depth > 3:
            return random.choice(simple)
        return random.choice(simple + [
            {"Fn::Join": ["-", [inner(), inner()]]}, {"Fn::If": [random.choice(["C1", "C2"]), inner(), {"Ref": "AWS::NoValue"}]},
            {"Fn::If": ["C1", inner(), inner()]}, {"Fn::Select": [0, [inner(), inner()]]}, {"Fn::Split": [",", {"Ref": other}]},
            {"Fn::Sub": ["${A}-${B}", {"A": {"Ref": other}, "B": "b"}]}, {"Fn::Base64": inner()}, [inner(), inner()],
            {"Key": inner(), "Other": inner()},
        ])

    template = {
        "Parameters": {"P": {"Type": "String", "Default": "p"}},
        "Conditions": {"C1": {"Fn::Equals": [{"Ref": "P"}, "p"]}, "C2": {"Fn::Or": [{"Condition": "C1"}, {"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}]}},
        "Resources": {},
        "Outputs": {"O": {"Value": {"Ref": names[0]}}},
    }
    for name in names:
        resource = {"Type": kinds[name], "Properties": {f"Prop{at}": value(name) for at in range(random.randrange(1, 5))}}
        if random.random() < 0.3:
            resource["DependsOn"] = random.choice([other for other in names if other != name])
        if random.random() < 0.2:
            resource["Condition"] = random.choice(["C1", "C2"])
        if random.random() < 0.1:
            resource["DependsOn"] = random.sample([other for other in names if other != name], 2)
        template["Resources"][name] = resource
    return template


def edges(text, suffix):
    with tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False) as file:
        file.write(text)
    try:
        body, errors = decode(file.name)
        if errors:
            raise SystemExit(f"{errors}\n{text}")
        graph = Template(file.name, body, ["us-east-1"]).graph.graph
    finally:
        os.unlink(file.name)
    resources = {node for node, data in graph.nodes(data=True) if data.get("type") == "Resource"}
    return sorted({(start, end, data.get("label")) for start, end, data in graph.edges(data=True) if start in resources and end in resources})


def main():
    source = random.Random(4)
    cases = [(HEAD + text, ".yaml") for text in WRITTEN]
    for at in range(int(sys.argv[1]) if len(sys.argv) > 1 else 60):
        template = generated(source)
        if at % 2:
            cases.append((json.dumps(template), ".json"))
        else:
            import yaml

            cases.append((HEAD + yaml.safe_dump(template, sort_keys=False), ".yaml"))
    rows = [json.dumps({"name": f"t{suffix}", "text": text, "edges": edges(text, suffix)}) for text, suffix in cases]
    print("[\n" + ",\n".join(rows) + "\n]")


main()
