"""What one service is made of: its image, its role, its logs, its task and its way in."""

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_docker as docker

SERVICES = {
    "auth": {"cpu": 256, "memory": 512, "count": 2},
    "catalogue": {"cpu": 512, "memory": 1024, "count": 2, "bucket": True},
    "orders": {"cpu": 512, "memory": 1024, "count": 2},
    "search": {"cpu": 1024, "memory": 2048, "count": 1},
}

ASSUME = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}],
    }
)


@dataclass
class Cluster:
    cluster: aws.ecs.Cluster
    listener: aws.lb.Listener
    network: object
    settings: aws.secretsmanager.Secret
    domain: str


@dataclass
class Made:
    service: aws.ecs.Service
    role: aws.iam.Role


def service(name: str, priority: int, on: Cluster) -> Made:
    size = SERVICES[name]

    repository = aws.ecr.Repository(name, name=f"bookshop/{name}", image_scanning_configuration={"scan_on_push": True})
    image = docker.Image(
        f"{name}-image",
        build=docker.DockerBuildArgs(context=f"../applications/{name}", platform="linux/amd64"),
        image_name=repository.repository_url.apply(lambda url: f"{url}:latest"),
    )

    role = aws.iam.Role(f"{name}-role", assume_role_policy=ASSUME)
    aws.iam.RolePolicy(
        f"{name}-settings",
        role=role.name,
        policy=on.settings.arn.apply(
            lambda arn: json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}]}
            )
        ),
    )
    execution = aws.iam.Role(f"{name}-execution", assume_role_policy=ASSUME)
    aws.iam.RolePolicyAttachment(
        f"{name}-execution",
        role=execution.name,
        policy_arn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    )
    logs = aws.cloudwatch.LogGroup(f"{name}-logs", retention_in_days=30)

    task = aws.ecs.TaskDefinition(
        f"{name}-task",
        family=f"bookshop-{name}",
        cpu=str(size["cpu"]),
        memory=str(size["memory"]),
        network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        execution_role_arn=execution.arn,
        task_role_arn=role.arn,
        container_definitions=pulumi.Output.json_dumps(
            [
                {
                    "name": name,
                    "image": image.repo_digest,
                    "portMappings": [{"containerPort": 8080}],
                    "secrets": [{"name": "SETTINGS", "valueFrom": on.settings.arn}],
                    "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {"awslogs-group": logs.name, "awslogs-region": "eu-central-1", "awslogs-stream-prefix": name},
                    },
                }
            ]
        ),
    )

    target = aws.lb.TargetGroup(
        f"{name}-target",
        vpc_id=on.network.vpc.id,
        port=8080,
        protocol="HTTP",
        target_type="ip",
        health_check={"path": "/health", "matcher": "200"},
    )
    rule = aws.lb.ListenerRule(
        f"{name}-rule",
        listener_arn=on.listener.arn,
        priority=priority,
        conditions=[{"host_header": {"values": [f"{name}.{on.domain}"]}}],
        actions=[{"type": "forward", "target_group_arn": target.arn}],
    )
    running = aws.ecs.Service(
        name,
        cluster=on.cluster.arn,
        launch_type="FARGATE",
        desired_count=size["count"],
        task_definition=task.arn,
        network_configuration={"subnets": [subnet.id for subnet in on.network.private], "security_groups": [on.network.inside.id]},
        load_balancers=[{"target_group_arn": target.arn, "container_name": name, "container_port": 8080}],
        opts=pulumi.ResourceOptions(depends_on=[rule]),
    )
    return Made(running, role)
