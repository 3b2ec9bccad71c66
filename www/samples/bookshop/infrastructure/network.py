"""One network with a public and a private subnet in each of two zones."""

from dataclasses import dataclass

import pulumi_aws as aws


@dataclass
class Network:
    vpc: aws.ec2.Vpc
    public: list
    private: list
    front: aws.ec2.SecurityGroup
    inside: aws.ec2.SecurityGroup


def network(name: str) -> Network:
    vpc = aws.ec2.Vpc(name, cidr_block="10.20.0.0/16", enable_dns_hostnames=True)
    gateway = aws.ec2.InternetGateway(name, vpc_id=vpc.id)
    table = aws.ec2.RouteTable(f"{name}-public", vpc_id=vpc.id, routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": gateway.id}])
    public, private = [], []
    for number, zone in enumerate(["a", "b"]):
        subnet = aws.ec2.Subnet(
            f"{name}-public-{zone}",
            vpc_id=vpc.id,
            cidr_block=f"10.20.{number}.0/24",
            availability_zone=f"eu-central-1{zone}",
            map_public_ip_on_launch=True,
        )
        aws.ec2.RouteTableAssociation(f"{name}-public-{zone}", subnet_id=subnet.id, route_table_id=table.id)
        public.append(subnet)
        private.append(
            aws.ec2.Subnet(
                f"{name}-private-{zone}",
                vpc_id=vpc.id,
                cidr_block=f"10.20.{number + 10}.0/24",
                availability_zone=f"eu-central-1{zone}",
            )
        )
    address = aws.ec2.Eip(f"{name}-nat", domain="vpc")
    nat = aws.ec2.NatGateway(name, allocation_id=address.id, subnet_id=public[0].id)
    inner = aws.ec2.RouteTable(f"{name}-private", vpc_id=vpc.id, routes=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": nat.id}])
    for zone, subnet in zip("ab", private):
        aws.ec2.RouteTableAssociation(f"{name}-private-{zone}", subnet_id=subnet.id, route_table_id=inner.id)
    front = aws.ec2.SecurityGroup(
        f"{name}-front",
        vpc_id=vpc.id,
        ingress=[{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]}],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    )
    inside = aws.ec2.SecurityGroup(
        f"{name}-inside",
        vpc_id=vpc.id,
        ingress=[{"protocol": "tcp", "from_port": 8080, "to_port": 8080, "security_groups": [front.id]}],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    )
    return Network(vpc, public, private, front, inside)
