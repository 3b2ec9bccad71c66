"""Templates for comparing the serverless transform with the reference: every resource, event, policy template,
connector and Globals section, alone and combined, and inputs that the reference refuses.

`templates()` gives (name, template, parameters, region). The same seed gives the same templates."""

import copy
import json
import pathlib
import random

from mutations import mutated

DATA = pathlib.Path(__file__).resolve().parents[3] / "data" / "sam"
POLICIES = json.loads((DATA / "policies.json").read_text())
CONNECTORS = json.loads((DATA / "connectors.json").read_text())


def ref(name):
    return {"Ref": name}


def att(name, what="Arn"):
    return {"Fn::GetAtt": [name, what]}


def function(**more):
    base = {"Handler": "app.handler", "Runtime": "python3.12", "CodeUri": "s3://code/app.zip"}
    base.update(more)
    return {"Type": "AWS::Serverless::Function", "Properties": base}


def kind(name, **properties):
    return {"Type": "AWS::Serverless::" + name, "Properties": properties}


def plain(name, **properties):
    return {"Type": name, "Properties": properties}


def event(name, **properties):
    return {"Type": name, "Properties": properties}


QUEUE = plain("AWS::SQS::Queue", VisibilityTimeout=60)
TOPIC = plain("AWS::SNS::Topic")
BUCKET = plain("AWS::S3::Bucket")
TABLE = plain("AWS::DynamoDB::Table", TableName="t", KeySchema=[], AttributeDefinitions=[])
POOL = plain("AWS::Cognito::UserPool")
RULE = plain("AWS::Events::Rule", ScheduleExpression="rate(1 day)", Targets=[{"Id": "a", "Arn": ref("Machine"), "RoleArn": att("MachineRole")}])

AUX = {"Queue": QUEUE, "Topic": TOPIC, "Bucket": BUCKET, "Stream": plain("AWS::Kinesis::Stream", ShardCount=1), "Pool": POOL,
       "Secret": plain("AWS::SecretsManager::Secret"), "Broker": plain("AWS::AmazonMQ::Broker", BrokerName="b"),
       "Cluster": plain("AWS::MSK::Cluster", ClusterName="c"), "Docs": plain("AWS::DocDB::DBCluster"),
       "Key": plain("AWS::KMS::Key"), "Logs": plain("AWS::Logs::LogGroup"), "Bus": plain("AWS::Events::EventBus", Name="b")}

EVENTS = {
    "ScheduleOne": event("Schedule", Schedule="rate(5 minutes)", Input="{}"),
    "ScheduleOff": event("Schedule", Schedule="rate(5 minutes)", Enabled=False, Name="n", Description="d", RetryPolicy={"MaximumRetryAttempts": 2}),
    "ScheduleDlq": event("Schedule", Schedule="cron(0 1 * * ? *)", State="ENABLED", DeadLetterConfig={"Type": "SQS"}),
    "ScheduleDlqId": event("Schedule", Schedule="cron(0 1 * * ? *)", DeadLetterConfig={"Type": "SQS", "QueueLogicalId": "MyDead"}),
    "ScheduleDlqArn": event("Schedule", Schedule="cron(0 1 * * ? *)", DeadLetterConfig={"Arn": att("Queue")}),
    "V2": event("ScheduleV2", ScheduleExpression="rate(1 hour)"),
    "V2Full": event("ScheduleV2", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 5}, Name="n",
                    GroupName="g", KmsKeyArn=att("Key"), PermissionsBoundary="arn:aws:iam::1:policy/b", RetryPolicy={"MaximumRetryAttempts": 1}),
    "V2Dlq": event("ScheduleV2", ScheduleExpression="rate(1 hour)", DeadLetterConfig={"Type": "SQS"}, OmitName=True),
    "V2Role": event("ScheduleV2", ScheduleExpression="rate(1 hour)", RoleArn="arn:aws:iam::1:role/r", DeadLetterConfig={"Arn": att("Queue")}),
    "Watch": event("CloudWatchEvent", Pattern={"source": ["aws.ec2"]}),
    "WatchAll": event("CloudWatchEvent", Pattern={"source": ["aws.ec2"]}, EventBusName=ref("Bus"), Input="{}", Enabled=True, Target={"Id": "own"}),
    "Bridge": event("EventBridgeRule", Pattern={"source": ["x"]}, InputPath="$.a", RuleName="r", DeadLetterConfig={"Type": "SQS"}),
    "BridgeIn": event("EventBridgeRule", Pattern={"source": ["x"]}, InputTransformer={"InputTemplate": "<a>", "InputPathsMap": {"a": "$.a"}},
                      RetryPolicy={"MaximumEventAgeInSeconds": 60}, State="DISABLED"),
    "S3One": event("S3", Bucket=ref("Bucket"), Events="s3:ObjectCreated:*"),
    "S3Many": event("S3", Bucket=ref("Bucket"), Events=["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                    Filter={"S3Key": {"Rules": [{"Name": "suffix", "Value": ".png"}]}}) if False else
    event("S3", Bucket=ref("Bucket"), Events=["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]),
    "Sns": event("SNS", Topic=ref("Topic")),
    "SnsFilter": event("SNS", Topic=ref("Topic"), Region="eu-west-1", FilterPolicy={"a": ["b"]}, FilterPolicyScope="MessageBody", RedrivePolicy={"deadLetterTargetArn": att("Queue")}),
    "SnsQueue": event("SNS", Topic=ref("Topic"), SqsSubscription=True),
    "SnsOwn": event("SNS", Topic=ref("Topic"), SqsSubscription={"QueueArn": att("Queue"), "QueueUrl": ref("Queue"), "BatchSize": 5, "QueuePolicyLogicalId": "PolicyOfQueue"}),
    "SnsOwn2": event("SNS", Topic="arn:aws:sns:us-east-1:1:t", SqsSubscription={"QueueArn": att("Queue"), "QueueUrl": ref("Queue")}),
    "Sqs": event("SQS", Queue=att("Queue"), BatchSize=10, ScalingConfig={"MaximumConcurrency": 5}, FilterCriteria={"Filters": [{"Pattern": "{}"}]}),
    "Kinesis": event("Kinesis", Stream=att("Stream"), StartingPosition="LATEST", BatchSize=100, BisectBatchOnFunctionError=True,
                     DestinationConfig={"OnFailure": {"Type": "SQS", "Destination": att("Queue")}}),
    "KinesisSns": event("Kinesis", Stream=att("Stream"), StartingPosition="TRIM_HORIZON", DestinationConfig={"OnFailure": {"Type": "SNS", "Destination": ref("Topic")}}),
    "KinesisArn": event("Kinesis", Stream=att("Stream"), StartingPosition="TRIM_HORIZON", DestinationConfig={"OnFailure": {"Destination": att("Queue")}}),
    "Dynamo": event("DynamoDB", Stream="arn:aws:dynamodb:us-east-1:1:table/t/stream/x", StartingPosition="LATEST", ParallelizationFactor=2, TumblingWindowInSeconds=10,
                    FunctionResponseTypes=["ReportBatchItemFailures"]),
    "Msk": event("MSK", Stream=ref("Cluster"), StartingPosition="LATEST", Topics=["t"], ConsumerGroupId="g",
                 SourceAccessConfigurations=[{"Type": "CLIENT_CERTIFICATE_TLS_AUTH", "URI": ref("Secret")}]),
    "MskPlain": event("MSK", Stream=ref("Cluster"), StartingPosition="LATEST", Topics=["t"], DestinationConfig={"OnFailure": {"Type": "S3", "Destination": att("Bucket")}}),
    "MskReg": event("MSK", Stream=ref("Cluster"), StartingPosition="LATEST", Topics=["t"],
                    SchemaRegistryConfig={"SchemaRegistryURI": "arn:aws:glue:us-east-1:123:registry/reg", "EventRecordFormat": "JSON",
                                          "SchemaValidationConfigs": [{"Attribute": "KEY"}], "AccessConfigs": [{"Type": "BASIC_AUTH", "URI": ref("Secret")}]}),
    "Mq": event("MQ", Broker=att("Broker"), Queues=["q"], SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": ref("Secret")}], SecretsManagerKmsKeyId="abc", DynamicPolicyName=True),
    "MqPlain": event("MQ", Broker=att("Broker"), Queues=["q"], SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": ref("Secret")}, {"Type": "VIRTUAL_HOST", "URI": "/"}]),
    "Kafka": event("SelfManagedKafka", KafkaBootstrapServers=["a:9092"], Topics=["t"], ConsumerGroupId="g",
                   SourceAccessConfigurations=[{"Type": "SASL_SCRAM_512_AUTH", "URI": ref("Secret")}, {"Type": "VPC_SUBNET", "URI": "subnet:a"},
                                               {"Type": "VPC_SECURITY_GROUP", "URI": "security_group:b"}, {"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": ref("Secret")}]),
    "DocDb": event("DocumentDB", Cluster=ref("Docs"), DatabaseName="d", CollectionName="c", FullDocument="UpdateLookup",
                   SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": ref("Secret")}]),
    "Alexa": event("AlexaSkill", SkillId="amzn1.x"),
    "AlexaAny": {"Type": "AlexaSkill"},
    "Iot": event("IoTRule", Sql="SELECT * FROM 'a/b'", AwsIotSqlVersion="2016-03-23"),
    "Cognito": event("Cognito", UserPool=ref("Pool"), Trigger="PreSignUp"),
    "CognitoTwo": event("Cognito", UserPool=ref("Pool"), Trigger=["PostConfirmation", "CustomMessage"]),
    "LogsIn": event("CloudWatchLogs", LogGroupName=ref("Logs"), FilterPattern="ERROR"),
    "ApiGet": event("Api", Path="/items", Method="get"),
    "ApiAny": event("Api", Path="/items/{id}", Method="ANY"),
    "ApiProxy": event("Api", Path="/{proxy+}", Method="any"),
    "ApiPost": event("Api", Path="/items/", Method="POST", TimeoutInMillis=5000),
    "ApiRoot": event("Api", Path="/", Method="get", ResponseTransferMode="RESPONSE_STREAM"),
    "ApiParams": event("Api", Path="/search", Method="get", RequestParameters=["method.request.header.X", {"method.request.querystring.q": {"Required": True, "Caching": True}}]),
    "Http": {"Type": "HttpApi"},
    "HttpGet": event("HttpApi", Path="/h", Method="GET"),
    "HttpAny": event("HttpApi", Path="/h/{id}", Method="ANY", TimeoutInMillis=1000, PayloadFormatVersion="1.0", RouteSettings={"ThrottlingBurstLimit": 10}),
}

FEATURES = {
    "alias": {"AutoPublishAlias": "live"},
    "aliasEnv": {"AutoPublishAlias": "live-1_x", "MemorySize": 512, "Environment": {"Variables": {"A": "é\"'", "Q": ref("Queue"), "N": 3}}, "VersionDescription": "v"},
    "aliasSnap": {"AutoPublishAlias": "live", "SnapStart": {"ApplyOn": "PublishedVersions"}, "Runtime": "java21", "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 2}},
    "aliasSha": {"AutoPublishAlias": "live", "AutoPublishCodeSha256": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", "Description": "d"},
    "aliasAll": {"AutoPublishAlias": "live", "AutoPublishAliasAllProperties": True, "Timeout": 30, "Layers": [ref("Layer"), "arn:aws:lambda:us-east-1:1:layer:x:1"]},
    "aliasParam": {"AutoPublishAlias": ref("AliasName"), "CodeUri": {"Bucket": ref("CodeBucket"), "Key": "k", "Version": "3"}},
    "inline": {"InlineCode": "def handler(): pass\n", "CodeUri": None},
    "image": {"PackageType": "Image", "ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:b", "ImageConfig": {"Command": ["a"]}, "CodeUri": None, "Handler": None, "Runtime": None},
    "urlOpen": {"FunctionUrlConfig": {"AuthType": "NONE", "Cors": {"AllowOrigins": ["*"], "MaxAge": 5, "AllowCredentials": True}}},
    "urlIam": {"FunctionUrlConfig": {"AuthType": "AWS_IAM", "InvokeMode": "RESPONSE_STREAM"}},
    "urlAlias": {"FunctionUrlConfig": {"AuthType": "NONE"}, "AutoPublishAlias": "live"},
    "dlqSqs": {"DeadLetterQueue": {"Type": "SQS", "TargetArn": att("Queue")}},
    "dlqSns": {"DeadLetterQueue": {"Type": "SNS", "TargetArn": ref("Topic")}},
    "tracing": {"Tracing": "Active"},
    "tracingOff": {"Tracing": "Disabled"},
    "vpc": {"VpcConfig": {"SubnetIds": ["a"], "SecurityGroupIds": ["b"]}},
    "role": {"Role": "arn:aws:iam::1:role/r"},
    "roleIf": {"Role": {"Fn::If": ["Prod", "arn:aws:iam::1:role/r", ref("AWS::NoValue")]}},
    "roleIfNot": {"Role": {"Fn::If": ["Prod", ref("AWS::NoValue"), "arn:aws:iam::1:role/r"]}},
    "tags": {"Tags": {"a": "b", "q": ref("Queue")}, "PropagateTags": True},
    "policiesOne": {"Policies": "AmazonDynamoDBFullAccess"},
    "policiesArn": {"Policies": ["arn:aws:iam::aws:policy/AmazonS3FullAccess", "AWSLambdaRole", "AWSLambdaBasicExecutionRole"]},
    "policiesInline": {"Policies": [{"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": att("Queue")}]}, {"Version": "2012-10-17", "Statement": []}]},
    "policiesTemplate": {"Policies": [{"SQSPollerPolicy": {"QueueName": att("Queue", "QueueName")}}, {"VPCAccessPolicy": {}}]},
    "policiesIf": {"Policies": [{"Fn::If": ["Prod", {"SNSPublishMessagePolicy": {"TopicName": att("Topic", "TopicName")}}, ref("AWS::NoValue")]},
                                {"Fn::If": ["Prod", "AmazonS3FullAccess", ref("AWS::NoValue")]}]},
    "policiesRef": {"Policies": [ref("Managed"), {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/X"}]},
    "boundary": {"PermissionsBoundary": "arn:aws:iam::1:policy/b", "RolePath": "/x/", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
    "invoke": {"EventInvokeConfig": {"MaximumRetryAttempts": 1, "DestinationConfig": {"OnSuccess": {"Type": "SQS"}, "OnFailure": {"Type": "SNS"}}}},
    "invokeOwn": {"EventInvokeConfig": {"DestinationConfig": {"OnSuccess": {"Type": "SQS", "Destination": att("Queue")}, "OnFailure": {"Type": "EventBridge", "Destination": att("Bus")}}}},
    "invokeLambda": {"AutoPublishAlias": "live", "EventInvokeConfig": {"MaximumEventAgeInSeconds": 60, "DestinationConfig": {"OnSuccess": {"Type": "Lambda", "Destination": att("Other")}, "OnFailure": {"Type": "S3Bucket", "Destination": att("Bucket")}}}},
    "invokeIf": {"EventInvokeConfig": {"DestinationConfig": {"OnSuccess": {"Type": "SQS", "Destination": {"Fn::If": ["Prod", att("Queue"), ref("AWS::NoValue")]}},
                                                             "OnFailure": {"Type": "SNS", "Destination": {"Fn::If": ["Prod", ref("AWS::NoValue"), ref("Topic")]}}}}},
    "deploy": {"AutoPublishAlias": "live", "DeploymentPreference": {"Type": "Canary10Percent5Minutes", "Alarms": [ref("Alarm")], "Hooks": {"PreTraffic": ref("Other"), "PostTraffic": ref("Other")}}},
    "deployRole": {"AutoPublishAlias": "live", "DeploymentPreference": {"Type": "AllAtOnce", "Role": "arn:aws:iam::1:role/r", "TriggerConfigurations": [{"TriggerTargetArn": ref("Topic")}]}},
    "deployOff": {"AutoPublishAlias": "live", "DeploymentPreference": {"Enabled": False, "Type": "AllAtOnce"}},
    "deployIf": {"AutoPublishAlias": "live", "DeploymentPreference": {"Type": {"Fn::If": ["Prod", "Linear10PercentEvery1Minute", "AllAtOnce"]}, "Alarms": {"Fn::If": ["Prod", [ref("Alarm")], [ref("AWS::NoValue")]]}}},
    "durable": {"DurableConfig": {"ExecutionTimeout": 100}},
    "capacity": {"CapacityProviderConfig": {"Arn": att("Provider"), "PerExecutionEnvironmentMaxConcurrency": 3}, "AutoPublishAlias": "live", "FunctionScalingConfig": {"MinExecutionEnvironments": 1}},
    "more": {"EphemeralStorage": {"Size": 1024}, "Architectures": ["arm64"], "FileSystemConfigs": [{"Arn": "a", "LocalMountPath": "/mnt/a"}], "LoggingConfig": {"LogGroup": ref("Logs")},
             "KmsKeyArn": att("Key"), "ReservedConcurrentExecutions": 3, "CodeSigningConfigArn": "arn:x", "RuntimeManagementConfig": {"UpdateRuntimeOn": "Auto"}, "SourceKMSKeyArn": "arn:k", "RecursiveLoop": "Allow"},
    "named": {"FunctionName": "my-fn"},
    "namedSub": {"FunctionName": {"Fn::Sub": "${AliasName}-fn"}},
}

EXTRA = dict(AUX, Other=function(), Alarm=plain("AWS::CloudWatch::Alarm", MetricName="m"), Layer=kind("LayerVersion", ContentUri="s3://code/layer.zip", PublishLambdaVersion=True),
             Managed=plain("AWS::IAM::ManagedPolicy", PolicyDocument={}), Provider=kind("CapacityProvider", VpcConfig={"SubnetIds": ["a"]}))

PARAMETERS = {"AliasName": {"Type": "String", "Default": "beta"}, "CodeBucket": {"Type": "String", "Default": "my-code"}, "Stage": {"Type": "String", "Default": "Dev"},
              "Hosted": {"Type": "String", "Default": "Z123"}, "Number": {"Type": "Number", "Default": "5"}}
CONDITIONS = {"Prod": {"Fn::Equals": [ref("Stage"), "prod"]}, "Two": {"Fn::Equals": [ref("Stage"), "two"]}}

BASE = {"AWSTemplateFormatVersion": "2010-09-09", "Transform": "AWS::Serverless-2016-10-31", "Parameters": PARAMETERS, "Conditions": CONDITIONS}


def used(value, found):
    if isinstance(value, dict):
        if isinstance(value.get("Ref"), str):
            found.add(value["Ref"])
        if isinstance(value.get("Fn::GetAtt"), list):
            found.add(value["Fn::GetAtt"][0])
        for one in value.values():
            used(one, found)
    if isinstance(value, list):
        for one in value:
            used(one, found)


def template(resources, **more):
    """A template with the resources, and those of EXTRA that they refer to."""
    resources = copy.deepcopy(resources)
    while True:
        found = set()
        used(resources, found)
        new = [name for name in EXTRA if name in found and name not in resources]
        if not new:
            break
        for name in new:
            resources[name] = copy.deepcopy(EXTRA[name])
    for body in resources.values():
        props = body.get("Properties")
        if isinstance(props, dict):
            body["Properties"] = {k: v for k, v in props.items() if v is not None}
    made = dict(BASE, Resources=resources)
    made.update(more)
    return json.loads(json.dumps(made))


def events():
    for name, one in EVENTS.items():
        yield "event " + name, template({"Fn": function(Events={name: one})})
        yield "event alias " + name, template({"Fn": function(Events={name: one}, AutoPublishAlias="live")})
        conditional = function(Events={name: one})
        conditional["Condition"] = "Prod"
        yield "event condition " + name, template({"Fn": conditional})


def features():
    for name, one in FEATURES.items():
        yield "function " + name, template({"Fn": function(**one)})
        body = function(**one)
        body.update(Condition="Prod", DeletionPolicy="Retain", UpdateReplacePolicy="Delete", DependsOn=["Topic"], Metadata={"a": 1})
        yield "function attributes " + name, template({"Fn": body, "Topic": TOPIC})
    deploys = {k: v for k, v in FEATURES.items() if k.startswith("deploy")}
    many = {}
    for number, one in enumerate(deploys.values()):
        many["Fn%d" % number] = function(**one)
        many["Fn%d" % number]["Condition"] = "Prod" if number % 2 else "Two"
        many["Fn%d" % number]["Properties"]["DeploymentPreference"] = dict(one["DeploymentPreference"], PassthroughCondition=True)
    yield "deployments conditional", template(many)
    yield "deployments plain", template({"Fn%d" % n: function(**one, Tags={"t": str(n)}, PropagateTags=True) for n, one in enumerate(deploys.values())})


def policies():
    for name, one in POLICIES.items():
        given = {p: (ref("Queue") if i % 2 else att("Table", "Arn") if p.endswith("Arn") else ref("Table")) for i, p in enumerate(one["params"])}
        yield "policy " + name, template({"Fn": function(Policies=[{name: given}]), "Table": TABLE, "Queue": QUEUE})
    names = list(POLICIES)
    half = {n: {p: ref("Table") for p in POLICIES[n]["params"]} for n in names}
    yield "policies many", template({"Fn": function(Policies=[{n: half[n]} for n in names[:20]]), "Machine": kind("StateMachine", DefinitionUri="s3://d/m.json", Policies=[{n: half[n]} for n in names[20:40]]), "Table": TABLE})


def authorizers():
    return {"Pool": {"UserPoolArn": att("Pool")}, "Token": {"FunctionArn": att("Authorize"), "Identity": {"Header": "X-Auth", "ValidationExpression": "^a", "ReauthorizeEvery": 30}},
            "Request": {"FunctionArn": att("Authorize"), "FunctionPayloadType": "REQUEST", "Identity": {"Headers": ["A", "B"], "QueryStrings": ["q"], "Context": ["c"], "StageVariables": ["v"]}, "FunctionInvokeRole": "arn:aws:iam::1:role/r"},
            "Pools": {"UserPoolArn": [att("Pool"), "arn:aws:cognito-idp:us-east-1:1:userpool/x"], "AuthorizationScopes": ["s1", "s2"]},
            "Quiet": {"FunctionArn": att("Authorize"), "DisableFunctionDefaultPermissions": True}}


API = {
    "plain": {},
    "named": {"Name": "n", "Description": "d", "EndpointConfiguration": "REGIONAL", "TracingEnabled": True, "CacheClusterEnabled": True, "CacheClusterSize": "0.5",
              "Variables": {"a": "b"}, "MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*"}], "MinimumCompressionSize": 100, "ApiKeySourceType": "HEADER", "Mode": "merge", "Tags": {"a": "b"}},
    "private": {"EndpointConfiguration": {"Type": "PRIVATE", "VPCEndpointIds": ["vpce-1"]}, "AccessLogSetting": {"DestinationArn": att("Logs"), "Format": "x"}, "CanarySetting": {"PercentTraffic": 1}},
    "media": {"BinaryMediaTypes": ["image~1png", "*/*"], "FailOnWarnings": True, "DisableExecuteApiEndpoint": True},
    "cors": {"Cors": "'*'"},
    "corsFull": {"Cors": {"AllowMethods": "'GET'", "AllowHeaders": "'X'", "AllowOrigin": "'https://a'", "MaxAge": "'600'", "AllowCredentials": True}},
    "corsOpen": {"Cors": {"AllowOrigin": "'a'"}, "OpenApiVersion": "3.0.1"},
    "auth": {"Auth": {"DefaultAuthorizer": "Pool", "Authorizers": authorizers()}},
    "authOpen": {"OpenApiVersion": "3.0.1", "Cors": "'*'", "Auth": {"DefaultAuthorizer": "Pools", "Authorizers": authorizers(), "AddDefaultAuthorizerToCorsPreflight": False}},
    "authIam": {"Auth": {"DefaultAuthorizer": "AWS_IAM", "InvokeRole": "CALLER_CREDENTIALS"}},
    "authIamNone": {"Auth": {"DefaultAuthorizer": "AWS_IAM", "InvokeRole": "NONE"}},
    "key": {"Auth": {"ApiKeyRequired": True}, "Cors": "'*'"},
    "keyPlan": {"Auth": {"ApiKeyRequired": True, "AddApiKeyRequiredToCorsPreflight": False, "UsagePlan": {"CreateUsagePlan": "PER_API", "Description": "d", "Quota": {"Limit": 5, "Period": "DAY"}, "Throttle": {"RateLimit": 1}, "UsagePlanName": "u", "Tags": [{"Key": "a", "Value": "b"}]}}, "Cors": "'*'"},
    "shared": {"Auth": {"UsagePlan": {"CreateUsagePlan": "SHARED"}}},
    "resourcePolicy": {"Auth": {"ResourcePolicy": {"AwsAccountWhitelist": ["1"], "AwsAccountBlacklist": ["2"], "IpRangeWhitelist": ["1.2.3.4"], "IpRangeBlacklist": ["5.6.7.8"],
                                                   "SourceVpcWhitelist": ["vpc-1", "vpce-2"], "SourceVpcBlacklist": ["vpc-3"], "CustomStatements": [{"Effect": "Allow"}]}}},
    "resourcePolicyVpc": {"Auth": {"ResourcePolicy": {"IntrinsicVpcWhitelist": [ref("Queue")], "IntrinsicVpceBlacklist": [ref("Topic")], "CustomStatements": {"Effect": "Deny"}}}},
    "responses": {"GatewayResponses": {"UNAUTHORIZED": {"StatusCode": 401, "ResponseTemplates": {"application/json": "{}"}, "ResponseParameters": {"Headers": {"A": "'b'"}, "Paths": {"p": "'q'"}, "QueryStrings": {"q": "'r'"}}}, "DEFAULT_4XX": {}}},
    "models": {"Models": {"User": {"type": "object", "properties": {"name": {"type": "string"}}}, "Other": {"type": "string"}}},
    "modelsOpen": {"Models": {"User": {"type": "object"}}, "OpenApiVersion": "3.0", "Auth": {"Authorizers": authorizers(), "DefaultAuthorizer": "Token"}},
    "domain": {"Domain": {"DomainName": "api.example.com", "CertificateArn": "arn:aws:acm:us-east-1:1:certificate/x"}},
    "domainPaths": {"Domain": {"DomainName": ref("Hosted"), "CertificateArn": ref("Secret"), "BasePath": ["/one", "two-x"], "NormalizeBasePath": False, "EndpointConfiguration": "EDGE",
                               "Route53": {"HostedZoneId": ref("Hosted"), "IpV6": True, "EvaluateTargetHealth": False}, "SecurityPolicy": "TLS_1_2", "MutualTlsAuthentication": {"TruststoreUri": "s3://a/b"}}},
    "domainName": {"Domain": {"DomainName": "b.example.com", "CertificateArn": "c", "BasePath": "one", "Route53": {"HostedZoneName": "example.com.", "SetIdentifier": "s", "Region": "eu-west-1", "SeparateRecordSetGroup": True}}},
    "domainPrivate": {"Domain": {"DomainName": "p.example.com", "CertificateArn": "c", "EndpointConfiguration": "PRIVATE", "BasePath": ["a"], "Policy": {"a": 1}, "AccessAssociation": {"VpcEndpointId": "vpce-1"},
                                 "Route53": {"HostedZoneId": "Z9", "VpcEndpointDomainName": "d", "VpcEndpointHostedZoneId": "z"}}},
    "tagsAll": {"Tags": {"a": "b"}, "PropagateTags": True, "Auth": {"UsagePlan": {"CreateUsagePlan": "PER_API"}}},
}

METHODS = {
    "none": {"Path": "/a", "Method": "get"},
    "auth": {"Path": "/b/{id}", "Method": "post", "Auth": {"Authorizer": "Token"}},
    "noneAuth": {"Path": "/c", "Method": "any", "Auth": {"Authorizer": "NONE"}},
    "iam": {"Path": "/d", "Method": "put", "Auth": {"Authorizer": "AWS_IAM"}},
    "iamRole": {"Path": "/d2", "Method": "put", "Auth": {"Authorizer": "AWS_IAM", "InvokeRole": "arn:aws:iam::1:role/x"}},
    "key": {"Path": "/e", "Method": "delete", "Auth": {"ApiKeyRequired": True}},
    "noKey": {"Path": "/f", "Method": "get", "Auth": {"ApiKeyRequired": False}},
    "scopes": {"Path": "/g", "Method": "get", "Auth": {"Authorizer": "Pools", "AuthorizationScopes": ["x"]}},
    "policy": {"Path": "/h", "Method": "get", "Auth": {"ResourcePolicy": {"IpRangeBlacklist": ["9.9.9.9"], "CustomStatements": [{"Effect": "Allow"}]}}},
    "model": {"Path": "/i", "Method": "post", "RequestModel": {"Model": "User", "Required": True, "ValidateBody": True, "ValidateParameters": True}},
    "params": {"Path": "/j/{x}", "Method": "get", "RequestParameters": ["method.request.path.x", {"method.request.header.h": {"Required": True, "Caching": True}}], "TimeoutInMillis": 3000},
}
FITS = {"auth": {"auth", "authOpen", "modelsOpen"}, "noneAuth": {"auth", "authOpen", "authIam", "modelsOpen"}, "noKey": {"key", "keyPlan"}, "scopes": {"auth", "authOpen", "modelsOpen"}, "model": {"models", "modelsOpen"}}


def apis():
    for name, one in API.items():
        methods = {m: event("Api", RestApiId=ref("Api"), **v) for m, v in METHODS.items() if m not in FITS or name in FITS[m]}
        yield "api " + name, template({"Api": kind("Api", StageName="Prod", **one), "Fn": function(Events=methods), "Authorize": function()})
        conditional = function(Events={m: methods[m] for m in list(methods)[:2]})
        conditional["Condition"] = "Prod"
        api = kind("Api", StageName={"Fn::Sub": "${Stage}"} if "domain" in name else ref("Stage"), **one)
        api.update(DependsOn="Queue", DeletionPolicy="Retain")
        yield "api condition " + name, template({"Api": api, "Fn": conditional, "Fn2": function(Events={m: methods[m] for m in list(methods)[2:4]}), "Authorize": function(), "Queue": QUEUE})
        globs = {k: v for k, v in one.items() if k not in ("Models", "Description", "FailOnWarnings", "DisableExecuteApiEndpoint", "ApiKeySourceType", "Mode", "Tags")}
        yield "api globals " + name, template({"Fn": function(Events={"A": event("Api", Path="/a", Method="get"), "B": event("Api", Path="/b", Method="post")}), "Authorize": function()}, Globals={"Api": globs})
    body = {"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": {"x-amazon-apigateway-integration": {"uri": {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations"}}}}}}
    yield "api body", template({"Api": kind("Api", StageName="v1", DefinitionBody=body, Cors="'*'"), "Fn": function(Events={"A": event("Api", Path="/x", Method="get", RestApiId=ref("Api"))})})
    yield "api body override", template({"Api": kind("Api", StageName="v1", DefinitionBody=body, Auth={"Authorizers": authorizers()}), "Authorize": function(),
                                         "Fn": function(Events={"A": event("Api", Path="/x", Method="get", RestApiId=ref("Api"), Auth={"Authorizer": "Token", "OverrideApiAuth": True})})})
    yield "api merge", template({"Api": kind("Api", StageName="v1", DefinitionBody=body, MergeDefinitions=True), "Fn": function(Events={"A": event("Api", Path="/x", Method="get", RestApiId=ref("Api")), "B": event("Api", Path="/y", Method="any", RestApiId=ref("Api"))})})
    yield "api uri", template({"Api": kind("Api", StageName="v-1", DefinitionUri="s3://d/api.yaml?versionId=3")})
    yield "api uri map", template({"Api": kind("Api", StageName="v_1", DefinitionUri={"Bucket": ref("CodeBucket"), "Key": "k"})})
    shared = {"Auth": {"UsagePlan": {"CreateUsagePlan": "SHARED"}}}
    two = {"Api%d" % n: kind("Api", StageName="Prod", **copy.deepcopy(shared)) for n in range(3)}
    for n, condition in enumerate(("Prod", "Two", "Prod")):
        two["Api%d" % n]["Condition"] = condition
    yield "api shared conditions", template(dict(two, Fn=function(Events={"A%d" % n: event("Api", Path="/a", Method="get", RestApiId=ref("Api%d" % n)) for n in range(3)})))
    many = {"Fn%d" % n: function(FunctionName="f%d" % n, Events={"E": event("Api", Path="/p%d/{id}" % n, Method=["get", "post", "any"][n % 3], RestApiId=ref("Api"))}) for n in range(40)}
    yield "api many", template(dict(many, Api=kind("Api", StageName="Prod")))
    conditional = {"Fn%d" % n: dict(function(Events={"E": event("Api", Path="/p%d" % (n // 2), Method=["get", "post"][n % 2])}), Condition=["Prod", "Two"][n % 2]) for n in range(24)}
    yield "api many conditional", template(conditional)
    yield "api many implicit", template({"F%s" % chr(65 + n): function(Events={"E%d" % m: event("Api", Path="/%s/%d" % ("xyz"[m], n), Method="get") for m in range(3)}) for n in range(20)})
    yield "api deletion", template({"A": dict(function(Events={"E": event("Api", Path="/a", Method="get")}), DeletionPolicy="Delete", UpdateReplacePolicy="Snapshot"), "B": dict(function(Events={"E": event("Api", Path="/b", Method="get"), "H": event("HttpApi", Path="/b", Method="get")}), DeletionPolicy="Retain")})


HTTP = {
    "plain": {},
    "all": {"Name": "n", "Description": "d", "StageName": "v1", "StageVariables": {"a": "b"}, "AccessLogSettings": {"DestinationArn": att("Logs")}, "DefaultRouteSettings": {"ThrottlingBurstLimit": 1},
            "RouteSettings": {"GET /a": {"ThrottlingBurstLimit": 2}}, "Tags": {"a": "b"}, "FailOnWarnings": True, "DisableExecuteApiEndpoint": True},
    "cors": {"CorsConfiguration": True},
    "corsMap": {"CorsConfiguration": {"AllowOrigins": ["https://a"], "AllowHeaders": ["x"], "AllowMethods": ["GET"], "MaxAge": 5, "AllowCredentials": True, "ExposeHeaders": ["y"]}, "StageName": ref("Stage")},
    "auth": {"Auth": {"DefaultAuthorizer": "Jwt", "Authorizers": {"Jwt": {"AuthorizationScopes": ["s"], "JwtConfiguration": {"issuer": "https://i", "audience": ["a"]}, "IdentitySource": "$request.header.Authorization"},
                                                                   "Fn": {"FunctionArn": att("Authorize"), "AuthorizerPayloadFormatVersion": "2.0", "EnableSimpleResponses": True, "EnableFunctionDefaultPermissions": True, "Identity": {"Headers": ["A"], "ReauthorizeEvery": 5}}}}},
    "iam": {"Auth": {"EnableIamAuthorizer": True, "DefaultAuthorizer": "AWS_IAM"}},
    "domain": {"Domain": {"DomainName": "h.example.com", "CertificateArn": "c", "BasePath": ["/a/b", "c_d"], "Route53": {"HostedZoneId": "Z1", "IpV6": True}, "SecurityPolicy": "TLS_1_2", "MutualTlsAuthentication": {"TruststoreUri": "s3://a/b"}}},
    "stageDash": {"StageName": "v-1"},
}


def https():
    for name, one in HTTP.items():
        methods = {"A": event("HttpApi", ApiId=ref("Http"), Path="/a", Method="get"), "B": event("HttpApi", ApiId=ref("Http"), Path="/b/{id}", Method="ANY"), "C": event("HttpApi", ApiId=ref("Http"))}
        if name == "auth":
            methods["D"] = event("HttpApi", ApiId=ref("Http"), Path="/d", Method="post", Auth={"Authorizer": "Fn"})
            methods["E"] = event("HttpApi", ApiId=ref("Http"), Path="/e", Method="post", Auth={"Authorizer": "NONE"})
            methods["F"] = event("HttpApi", ApiId=ref("Http"), Path="/f", Method="post", Auth={"AuthorizationScopes": ["t"]})
        yield "http " + name, template({"Http": kind("HttpApi", **one), "Fn": function(Events=methods), "Authorize": function(), "Fn2": function(Events={"Z": event("HttpApi", ApiId=ref("Http"), Path="/z", Method="get")})})
        body = kind("HttpApi", **one)
        body.update(Condition="Prod", DeletionPolicy="Retain")
        yield "http condition " + name, template({"Http": body, "Fn": dict(function(Events=methods), Condition="Prod"), "Authorize": function()})
        globs = {k: v for k, v in one.items() if k in ("Auth", "AccessLogSettings", "StageVariables", "Tags", "CorsConfiguration", "DefaultRouteSettings", "Domain", "RouteSettings", "FailOnWarnings")}
        yield "http globals " + name, template({"Fn": function(Events={"A": event("HttpApi", Path="/a", Method="get")}), "Authorize": function()}, Globals={"HttpApi": globs})
    body = {"openapi": "3.0.1", "info": {"title": ref("AWS::StackName")}, "paths": {"/x": {"get": {}}, "$default": {"x-amazon-apigateway-any-method": {"isDefaultRoute": True}}}}
    yield "http body", template({"Http": kind("HttpApi", DefinitionBody=body), "Fn": function(Events={"A": event("HttpApi", ApiId=ref("Http"), Path="/x", Method="get")})})
    yield "http uri", template({"Http": kind("HttpApi", DefinitionUri="s3://d/h.yaml")})


ROUTES = {"$connect": {"FunctionArn": att("Fn")}, "$default": {"FunctionArn": att("Fn"), "IntegrationTimeout": 100}, "sendMessage": {"FunctionArn": att("Fn"), "OperationName": "o", "ApiKeyRequired": True}}


def others():
    for name, more in {"plain": {}, "custom": {"Auth": {"AuthType": "CUSTOM", "AuthArn": att("Authorize"), "IdentitySource": ["route.request.header.a"], "Name": "n"}}, "iam": {"Auth": {"AuthType": "AWS_IAM"}},
                       "role": {"Auth": {"AuthType": "CUSTOM", "AuthArn": att("Authorize"), "InvokeRole": "arn:r"}}, "stage": {"StageName": "v1", "RouteSettings": {"sendMessage": {"ThrottlingBurstLimit": 1}}, "Tags": {"a": "b"}, "PropagateTags": True},
                       "domain": {"StageName": ref("Stage"), "Domain": {"DomainName": "w.example.com", "CertificateArn": "c", "Route53": {"HostedZoneId": "Z1"}}}}.items():
        yield "websocket " + name, template({"Ws": kind("WebSocketApi", RouteSelectionExpression="$request.body.action", Routes=ROUTES, **more), "Fn": function(), "Authorize": function()})
    conditional = kind("WebSocketApi", RouteSelectionExpression="$request.body.action", Routes=ROUTES)
    conditional.update(Condition="Prod", DeletionPolicy="Retain")
    yield "websocket condition", template({"Ws": conditional, "Fn": function()})
    yield "table", template({"T": kind("SimpleTable")})
    yield "table all", template({"T": dict(kind("SimpleTable", PrimaryKey={"Name": "k", "Type": "Number"}, ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}, TableName="t", Tags={"a": "b"}), DependsOn="Queue"), "Queue": QUEUE}, Globals={"SimpleTable": {"SSESpecification": {"SSEEnabled": True}}})
    yield "layer", template({"Layer": kind("LayerVersion", ContentUri="s3://code/layer.zip"), "Fn": function(Layers=[ref("Layer")])}, Outputs={"L": {"Value": ref("Layer")}})
    yield "layer all", template({"Layer": dict(kind("LayerVersion", ContentUri={"Bucket": "b", "Key": "k", "Version": "1"}, LayerName={"Fn::Sub": "${AliasName}-l"}, Description="é 'x'", CompatibleRuntimes=["python3.12"], CompatibleArchitectures=["arm64"], LicenseInfo="MIT", RetentionPolicy="delete"), Condition="Prod", DependsOn="Queue", UpdateReplacePolicy="Retain", Metadata={"a": 1}),
                                 "Queue": QUEUE, "Fn": dict(function(Layers=[{"Fn::Sub": "${Layer}"}, {"Fn::If": ["Prod", ref("Layer"), ref("AWS::NoValue")]}]), DependsOn=["Layer"])}, Globals={"LayerVersion": {"PublishLambdaVersion": True}})
    yield "application", template({"App": kind("Application", Location="https://s3.amazonaws.com/b/t.yaml", Parameters={"Q": ref("Queue")}, TimeoutInMinutes=5, Tags={"a": "b"}, NotificationARNs=[ref("Topic")]), "Fn": function(Environment={"Variables": {"O": att("App", "Outputs.X")}})})
    yield "application repository", template({"App": kind("Application", Location={"ApplicationId": "arn:aws:serverlessrepo:us-east-1:1:applications/x", "SemanticVersion": "1.0.0"}), "App2": kind("Application", Location={"ApplicationId": {"Fn::FindInMap": ["M", "a", "b"]}, "SemanticVersion": ref("Number")})}, Mappings={"M": {"a": {"b": "arn:aws:serverlessrepo:us-east-1:1:applications/y"}}})
    yield "provider", template({"P": kind("CapacityProvider", VpcConfig={"SubnetIds": ["a"], "SecurityGroupIds": ["b"]})})
    yield "provider all", template({"P": dict(kind("CapacityProvider", CapacityProviderName="n", VpcConfig={"SubnetIds": [ref("Queue")]}, InstanceRequirements={"Architectures": ["arm64"], "AllowedTypes": ["m5.large"]}, ScalingConfig={"MaxVCpuCount": 10, "AverageCPUUtilization": 70.0}, KmsKeyArn=att("Key"), Tags={"a": "b"}, PropagateTags=True), Condition="Prod")}, Globals={"CapacityProvider": {"Tags": {"g": "h"}}})
    yield "provider role", template({"P": kind("CapacityProvider", VpcConfig={"SubnetIds": ["a"]}, OperatorRole="arn:r")})
    yield "network connector", template({"N": kind("NetworkConnector", VpcConfig={"SubnetIds": [ref("Queue")], "SecurityGroupIds": ["s"], "NetworkProtocol": "IPv4"}, ComputeTypes=["WebFunction"])})
    yield "image", template({"I": kind("MicrovmImage", Name="n", CodeUri="s3://b/k.zip", BaseImageArn="arn:b", BaseImageVersion="1", EnvironmentVariables={"a": "b"})})
    yield "web function", template({"W": kind("WebFunction", Runtime="nodejs22.x", CodeUri="s3://b/k.zip", AuthType="IamAuth")})
    definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": att("Fn"), "End": True}, "B": {"Type": "Task", "Resource": {"Fn::Sub": "${Fn.Arn}"}, "Parameters": [ref("Queue"), "{{resolve:ssm:x}}"]}}}
    machine = dict(Definition=definition, Policies=[{"LambdaInvokePolicy": {"FunctionName": ref("Fn")}}])
    yield "machine", template({"M": kind("StateMachine", **machine), "Fn": function()})
    yield "machine alias", template({"M": dict(kind("StateMachine", AutoPublishAlias="live", DeploymentPreference={"Type": "CANARY", "Percentage": 10, "Alarms": [ref("Alarm")]}, UseAliasAsEventTarget=True, Tracing={"Enabled": True}, Logging={"Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": att("Logs")}}]}, Type="EXPRESS", Name="n", Tags={"a": "b"}, PropagateTags=True,
                                                      Events={"S": EVENTS["ScheduleOne"]}, **machine), Condition="Prod"), "Fn": function()})
    for name, one in {"Schedule": EVENTS["ScheduleOne"], "ScheduleRole": event("Schedule", Schedule="rate(1 day)", RoleArn="arn:r", Target={"Id": "x"}), "ScheduleDlq": EVENTS["ScheduleDlq"], "V2": EVENTS["V2Full"], "V2Dlq": EVENTS["V2Dlq"],
                      "Watch": EVENTS["Watch"], "Bridge": EVENTS["Bridge"], "Api": event("Api", Path="/m", Method="post"), "ApiUnescape": event("Api", Path="/m", Method="any", UnescapeMappingTemplate=True), "ApiOwn": event("Api", Path="/m", Method="post", RestApiId=ref("Api"), Auth={"ApiKeyRequired": True})}.items():
        resources = {"M": kind("StateMachine", DefinitionUri="s3://d/m.json", PermissionsBoundary="arn:b", Events={"E": one, "F": event("Schedule", Schedule="rate(1 day)")}), "Api": kind("Api", StageName="Prod")}
        if name != "ApiOwn":
            del resources["Api"]
        yield "machine event " + name, template(resources)
        resources["M"]["Condition"] = "Prod"
        yield "machine event condition " + name, template(resources)
    yield "machine role", template({"M": kind("StateMachine", DefinitionUri={"Bucket": "b", "Key": "k"}, Role="arn:r", DefinitionSubstitutions={"Q": ref("Queue")})})
    graphql = {"Auth": {"Type": "AWS_IAM"}, "SchemaInline": "type Query { a: String }"}
    yield "graphql", template({"G": kind("GraphQLApi", **graphql)})
    yield "graphql all", template({"G": dict(kind("GraphQLApi", Auth={"Type": "AWS_LAMBDA", "LambdaAuthorizer": {"AuthorizerUri": att("Authorize")}, "Additional": [{"Type": "API_KEY"}, {"Type": "AMAZON_COGNITO_USER_POOLS", "UserPool": {"UserPoolId": ref("Pool")}}]}, SchemaUri="s3://d/s.graphql", Logging={"FieldLogLevel": "ERROR"}, XrayEnabled=True, Tags={"a": "b"},
                                                 ApiKeys={"Key": {"Description": "d", "ExpiresOn": 1}}, DomainName={"CertificateArn": "c", "DomainName": "g.example.com"}, Cache={"ApiCachingBehavior": "FULL_REQUEST_CACHING", "Ttl": 5, "Type": "T2_SMALL"},
                                                 DataSources={"DynamoDb": {"Posts": {"TableName": ref("Table"), "TableArn": att("Table")}, "More": {"TableName": ref("Table"), "Permissions": ["Read"], "Region": "eu-west-1"}, "Own": {"TableName": "t", "ServiceRoleArn": "arn:r"}}, "Lambda": {"Fn": {"FunctionArn": att("Authorize")}}},
                                                 Functions={"get": {"Runtime": {"Name": "APPSYNC_JS", "Version": "1.0.0"}, "DataSource": "Posts", "InlineCode": "x"}, "lam": {"Runtime": {"Name": "APPSYNC_JS", "Version": "1.0.0"}, "DataSource": "Fn", "CodeUri": "s3://a/b"}, "nop": {"Runtime": {"Name": "APPSYNC_JS", "Version": "1.0.0"}, "DataSource": "none", "InlineCode": "y"}, "ext": {"Id": att("Queue")}},
                                                 Resolvers={"Query": {"posts": {"Pipeline": ["get", "nop"]}, "named": {"FieldName": "f", "Runtime": {"Name": "APPSYNC_JS", "Version": "1.0.0"}, "InlineCode": "z", "Pipeline": ["lam", "ext"]}}}), Condition="Prod", DependsOn="Queue"), "Authorize": function(), "Table": TABLE, "Queue": QUEUE})
    yield "graphql nolog", template({"G": kind("GraphQLApi", Logging=False, **graphql)})


ENDS = {"AWS::Lambda::Function": ("Fn", function()), "AWS::StepFunctions::StateMachine": ("Machine", kind("StateMachine", DefinitionUri="s3://d/m.json")), "AWS::SQS::Queue": ("Queue", QUEUE),
        "AWS::SNS::Topic": ("Topic", TOPIC), "AWS::DynamoDB::Table": ("Table", kind("SimpleTable")), "AWS::S3::Bucket": ("Bucket", BUCKET), "AWS::Events::Rule": ("Rule", RULE),
        "AWS::Events::EventBus": ("Bus", AUX["Bus"]), "AWS::ApiGateway::RestApi": ("Api", kind("Api", StageName="Prod", DefinitionUri="s3://d/a.json")), "AWS::ApiGatewayV2::Api": ("Http", kind("HttpApi", DefinitionUri="s3://d/h.json")),
        "AWS::AppSync::GraphQLApi": ("Graph", plain("AWS::AppSync::GraphQLApi", Name="g")), "AWS::AppSync::DataSource": ("Source", plain("AWS::AppSync::DataSource", Name="d", ServiceRoleArn=att("SourceRole"))),
        "AWS::Location::PlaceIndex": ("Place", plain("AWS::Location::PlaceIndex", IndexName="p"))}


def connectors():
    for source, destinations in CONNECTORS.items():
        for destination, one in destinations.items():
            (a, first), (b, second) = ENDS[source], ENDS[destination]
            if a == b:
                b += "2"
            resources = {a: first, b: second}
            if "Rule" in resources:
                resources["Machine"] = ENDS["AWS::StepFunctions::StateMachine"][1]
                rule = copy.deepcopy(RULE)
                rule["Properties"]["Targets"].append({"Id": "b", "Arn": att(b), "RoleArn": att("SomeRole")})
                resources["Rule"] = rule
                resources["SomeRole"] = plain("AWS::IAM::Role")
            if "Source" in resources:
                resources["SourceRole"] = plain("AWS::IAM::Role")
            permissions = (one.get("together") or [list(one["allows"])])[0]
            yield "connector %s to %s" % (source, destination), template(dict(resources, Link=kind("Connector", Source={"Id": a}, Destination={"Id": b}, Permissions=permissions)))
            inside = copy.deepcopy(resources)
            inside[a]["Connectors"] = {"Own": {"Properties": {"Destination": [{"Id": b}], "Permissions": permissions}}}
            inside[b]["DependsOn"] = a + "Own"
            yield "connector inside %s to %s" % (source, destination), template(inside)
    yield "connector mapping", template({"Fn": function(Events={"Q": event("SQS", Queue=att("Queue"))}), "Queue": dict(QUEUE, Connectors={"C": {"Properties": {"Destination": {"Id": "Fn"}, "Permissions": ["Read", "Write"]}, "Condition": "Prod", "DependsOn": "Topic"}}), "Topic": TOPIC})
    yield "connector arns", template({"L": kind("Connector", Source={"Type": "AWS::Lambda::Function", "RoleName": ref("Role")}, Destination={"Type": "AWS::Serverless::SimpleTable", "Arn": att("Table")}, Permissions=["Read"]), "Role": plain("AWS::IAM::Role"), "Table": TABLE})
    yield "connector qualifier", template({"Api": kind("Api", StageName="Prod", DefinitionUri="s3://d/a.json"), "Fn": function(), "L": kind("Connector", Source={"Id": "Api", "Qualifier": "Prod/GET/x"}, Destination={"Id": "Fn"}, Permissions=["Write"])})


def globals_():
    whole = {"Function": {"Runtime": "python3.11", "Handler": "g.h", "Timeout": 5, "MemorySize": 256, "Environment": {"Variables": {"G": "1", "Q": ref("Queue")}}, "Tags": {"g": "1"}, "Layers": ["arn:l:1"], "VpcConfig": {"SubnetIds": ["s"], "SecurityGroupIds": ["t"]},
                          "Tracing": "Active", "AutoPublishAlias": "live", "DeploymentPreference": {"Type": "AllAtOnce"}, "Architectures": ["arm64"], "CodeUri": "s3://g/c.zip", "EventInvokeConfig": {"MaximumRetryAttempts": 0}, "PropagateTags": True}}
    resources = {"A": {"Type": "AWS::Serverless::Function"}, "B": function(Environment={"Variables": {"G": "2", "X": "y"}}, Layers=["arn:l:2"], Tags={"b": "2"}, Architectures=["x86_64"], VpcConfig={"Fn::If": ["Prod", {"SubnetIds": ["z"]}, ref("AWS::NoValue")]}),
                 "C": dict(function(), IgnoreGlobals="*"), "D": dict(function(), IgnoreGlobals=["VpcConfig", "Tracing", "DeploymentPreference", "AutoPublishAlias"])}
    yield "globals function", template(resources, Globals=whole)
    yield "globals api", template(dict(resources, E=function(Events={"X": event("Api", Path="/", Method="get"), "Y": event("HttpApi", Path="/", Method="get")})), Globals=dict(whole, Api={"OpenApiVersion": "3.0.1", "TracingEnabled": True, "Cors": "'*'"}, HttpApi={"StageVariables": {"a": "b"}}))
    yield "globals machine", template({"M": kind("StateMachine", DefinitionUri="s3://d/m.json", Tags={"a": "b"})}, Globals={"StateMachine": {"PropagateTags": True}})
    yield "globals websocket", template({"Ws": kind("WebSocketApi", Routes=ROUTES), "Fn": function()}, Globals={"WebSocketApi": {"RouteSelectionExpression": "$request.body.action"}})
    yield "globals null", template({"A": function()}, Globals={"Function": {}})


def references():
    yield "references function", template({"Fn": function(AutoPublishAlias="live", EventInvokeConfig={"DestinationConfig": {"OnSuccess": {"Type": "SQS"}, "OnFailure": {"Type": "SNS"}}}),
                                           "Use": plain("AWS::SSM::Parameter", Value=ref("Fn.Alias"), Type={"Fn::Sub": "${Fn.Version}-${Fn.Alias}-${Fn}"}, Name={"Fn::GetAtt": ["Fn.Version", "Version"]}, Tags=[ref("Fn.DestinationTopic"), {"Fn::GetAtt": ["Fn", "DestinationQueue.Arn"]}])}, Outputs={"V": {"Value": ref("Fn.Version")}})
    yield "references api", template({"Api": kind("Api", StageName="Prod", Domain={"DomainName": "a", "CertificateArn": "b"}, Auth={"UsagePlan": {"CreateUsagePlan": "PER_API"}}), "Fn": function(Events={"A": event("Api", Path="/a", Method="get", RestApiId=ref("Api"))}),
                                      "Use": plain("AWS::SSM::Parameter", Value=[ref("Api.Stage"), ref("Api.Deployment"), ref("Api.DomainName"), ref("Api.UsagePlan"), ref("Api.ApiKey")], Name={"Fn::Sub": ["${Api.Stage}${X}", {"X": ref("Api.UsagePlanKey")}]})})
    yield "references implicit", template({"Fn": function(Events={"A": event("Api", Path="/a", Method="get"), "H": event("HttpApi", Path="/a", Method="get")}), "Use": plain("AWS::SSM::Parameter", Value={"Fn::Sub": "https://${ServerlessRestApi}.x/${ServerlessRestApi.Stage}"}, Name=ref("ServerlessHttpApi.Stage"))}, Outputs={"U": {"Value": {"Fn::Sub": "${ServerlessRestApi}"}}})


def rejected():
    bad = {
        "no code": {"Fn": {"Type": "AWS::Serverless::Function", "Properties": {"Handler": "a", "Runtime": "b"}}},
        "no runtime": {"Fn": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "s3://a/b"}}},
        "local code": {"Fn": function(CodeUri="./src")},
        "unknown property": {"Fn": function(Typo=1)},
        "unknown event": {"Fn": function(Events={"E": event("Nothing")})},
        "event id": {"Fn": function(Events={"E-1": event("Schedule", Schedule="rate(1 day)")})},
        "bucket elsewhere": {"Fn": function(Events={"E": event("S3", Bucket="b", Events="s3:*")})},
        "api twice": {"Fn": function(Events={"E": event("Api", Path="/a", Method="get"), "F": event("Api", Path="/a", Method="get")})},
        "no authorizer": {"Fn": function(Events={"E": event("Api", Path="/a", Method="get", Auth={"Authorizer": "X"})})},
        "deploy without alias": {"Fn": function(DeploymentPreference={"Type": "AllAtOnce"})},
        "concurrency without alias": {"Fn": function(ProvisionedConcurrencyConfig={"ProvisionedConcurrentExecutions": 1})},
        "alias name": {"Fn": function(AutoPublishAlias="a b")},
        "url": {"Fn": function(FunctionUrlConfig={"AuthType": "X"})},
        "policy parameter": {"Fn": function(Policies=[{"SQSPollerPolicy": {}}])},
        "policy unknown": {"Fn": function(Policies=[{"NoSuchPolicy": {"A": 1}}])},
        "dead letters": {"Fn": function(DeadLetterQueue={"Type": "X", "TargetArn": "a"})},
        "destination": {"Fn": function(EventInvokeConfig={"DestinationConfig": {"OnSuccess": {"Type": "Lambda"}}})},
        "table type": {"T": kind("SimpleTable", PrimaryKey={"Name": "a", "Type": "X"})},
        "layer": {"L": kind("LayerVersion")},
        "layer policy": {"L": kind("LayerVersion", ContentUri="s3://a/b", RetentionPolicy="x")},
        "api stage": {"A": kind("Api", DefinitionUri="s3://a/b")},
        "api both": {"A": kind("Api", StageName="a", DefinitionUri="s3://a/b", DefinitionBody={"swagger": "2.0", "paths": {}})},
        "api cors": {"A": kind("Api", StageName="a", DefinitionUri="s3://a/b", Cors="'*'")},
        "http nothing": {"H": kind("HttpApi", Name="n", DefinitionUri="s3://a/b")},
        "machine": {"M": kind("StateMachine")},
        "machine both": {"M": kind("StateMachine", DefinitionUri="s3://a/b", Role="r", Policies=["x"])},
        "connector": {"C": kind("Connector", Source={"Id": "A"}, Destination={"Id": "B"}, Permissions=["Read"])},
        "connector permission": {"C": kind("Connector", Source={"Id": "Fn"}, Destination={"Id": "T"}, Permissions=["Fly"]), "Fn": function(), "T": kind("SimpleTable")},
        "id taken": {"Fn": function(), "FnRole": plain("AWS::IAM::Policy")},
        "application": {"A": kind("Application")},
        "graphql": {"G": kind("GraphQLApi", Auth={"Type": "AWS_IAM"})},
        "kinesis": {"Fn": function(Events={"E": event("Kinesis", Stream="a")})},
        "mq": {"Fn": function(Events={"E": event("MQ", Broker="a", Queues=["q"])})},
        "schedule": {"Fn": function(Events={"E": event("Schedule", Schedule="rate(1 day)", State="ENABLED", Enabled=True)})},
        "websocket": {"W": kind("WebSocketApi", Routes={"a-b": {"FunctionArn": "x"}}, RouteSelectionExpression="$r")},
        "cognito twice": {"Fn": function(Events={"A": EVENTS["Cognito"], "B": EVENTS["Cognito"]})},
        "ignore globals": {"Fn": dict(function(), IgnoreGlobals=["Nothing"])},
    }
    for name, resources in bad.items():
        more = {"Globals": {"Function": {"Timeout": 3}}} if "globals" in name else {}
        yield "rejected " + name, template(resources, **more)
    yield "rejected globals", template({"Fn": function()}, Globals={"Function": {"Nope": 1}})
    yield "rejected section", template({"Fn": function()}, Globals={"Table": {}})
    yield "rejected sub", template({"Fn": function(CodeUri={"Bucket": {"Fn::Sub": "${Five}"}, "Key": "k"}, AutoPublishAlias="live")}, Parameters={"Five": {"Type": "Number", "Default": 5}})


def mixed(seed, count):
    """Features, events and APIs at random: what no single template shows is how they meet."""
    for number in range(count):
        rand = random.Random(seed * 1000 + number)
        resources = {}
        api = rand.choice([None, "plain", "cors", "auth", "authOpen", "key", "models", "domain", "resourcePolicy", "shared"])
        if api:
            resources["Api"] = kind("Api", StageName=rand.choice(["Prod", "v-1", ref("Stage")]), **API[api])
        for index in range(rand.randint(1, 8)):
            props = {}
            for feature in rand.sample([f for f in FEATURES if f not in ("capacity", "image", "vpc")], rand.randint(0, 3)):
                props.update(FEATURES[feature])
            if "CodeUri" in props and props["CodeUri"] is None and "InlineCode" not in props:
                del props["CodeUri"]
            own = {}
            for name in rand.sample(list(EVENTS), rand.randint(0, 5)):
                if name.startswith("Cognito"):
                    continue
                one = copy.deepcopy(EVENTS[name])
                if one["Type"] == "Api":
                    one["Properties"]["Path"] = "/%d%s" % (index, one["Properties"]["Path"])
                    if api and rand.random() < 0.7:
                        one["Properties"]["RestApiId"] = ref("Api")
                if name == "ScheduleDlqId":
                    one["Properties"]["DeadLetterConfig"]["QueueLogicalId"] = "MyDead%d" % index
                if name == "SnsOwn":
                    one["Properties"]["SqsSubscription"]["QueuePolicyLogicalId"] = "Policy%d" % index
                if name.startswith("Http"):
                    one.setdefault("Properties", {}).update(Path="/%d" % index, Method=rand.choice(["get", "post"]))
                    if "Http" + name in own:
                        continue
                own[name] = one
            https = [n for n in own if n.startswith("Http")]
            for extra in https[1:]:
                del own[extra]
            body = function(**props)
            if own:
                body["Properties"]["Events"] = own
            if rand.random() < 0.3:
                body["Condition"] = rand.choice(["Prod", "Two"])
            resources[rand.choice(["Fn", "Worker", "Handle", "Do"]) + str(index)] = body
        resources["Authorize"] = function()
        if rand.random() < 0.4:
            resources["M"] = kind("StateMachine", DefinitionUri="s3://d/m.json", Events={"E": event("Api", Path="/machine", Method="post")})
        more = {}
        if rand.random() < 0.5:
            more["Globals"] = {"Function": {"Timeout": 9, "Tags": {"g": "1"}}}
            if rand.random() < 0.5:
                more["Globals"]["Api"] = {"TracingEnabled": True}
        yield "mixed %d" % number, template(resources, **more)


def templates(seed=1, count=24):
    """Each kind alone; `count` mixtures; five times as many with something changed."""
    to_change = []
    for source in (events, features, policies, apis, https, others, connectors, globals_, references, rejected):
        for name, one in source():
            if source not in (policies, connectors, rejected):
                to_change.append((name, one))
            region = "cn-north-1" if name in ("api plain", "function tracing") else "us-east-1"
            yield name, one, {}, region
    yield "parameters given", template({"Fn": function(**FEATURES["aliasParam"]), "Api": kind("Api", StageName="Prod", **API["domainPaths"])}), {"AliasName": "given", "Hosted": "Z77"}, "eu-west-1"
    if count > 24:
        to_change += list(mixed(seed, count))
    for name, one in mixed(seed, count):
        yield name, one, {}, "us-east-1"
    for name, one in mutated(seed, 5 * count, to_change):
        yield name, one, {}, "us-east-1"
