"""The bookshop's infrastructure: a network, a cluster, and one service for each application."""

import json

import pulumi
import pulumi_aws as aws

from network import network
from services import SERVICES, Cluster, service

config = pulumi.Config()
domain = config.require("domain")
stack = pulumi.get_stack()

net = network("shop")

covers = aws.s3.Bucket("covers")
aws.s3.BucketPublicAccessBlock(
    "covers-private",
    bucket=covers.id,
    block_public_acls=True,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
)

settings = aws.secretsmanager.Secret("settings", name=f"bookshop/{stack}/settings")

balancer = aws.lb.LoadBalancer(
    "front",
    load_balancer_type="application",
    security_groups=[net.front.id],
    subnets=[subnet.id for subnet in net.public],
)
listener = aws.lb.Listener(
    "https",
    load_balancer_arn=balancer.arn,
    port=443,
    protocol="HTTPS",
    certificate_arn=config.require("certificate"),
    default_actions=[{"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "statusCode": "404"}}],
)

cluster = Cluster(
    cluster=aws.ecs.Cluster("shop"),
    listener=listener,
    network=net,
    settings=settings,
    domain=domain,
)

for number, name in enumerate(SERVICES):
    made = service(name, number + 1, cluster)
    if "bucket" in SERVICES[name]:
        aws.iam.RolePolicy(
            f"{name}-covers",
            role=made.role.name,
            policy=covers.arn.apply(
                lambda arn: json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": f"{arn}/*"}],
                    }
                )
            ),
        )

pulumi.export("address", balancer.dns_name)
