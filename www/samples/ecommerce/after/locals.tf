locals {
  name  = "ecommerce-${var.environment == "production" ? "prod" : var.environment}"
  zones = { for index, letter in var.zone_letters : letter => index }

  tags = {
    Environment = var.environment
    Project     = "ecommerce"
  }

  db_host  = aws_db_instance.primary.address
  db_url   = "postgres://${aws_db_instance.primary.username}@${local.db_host}:${aws_db_instance.primary.port}/ecommerce"
  node_ids = [for subnet in aws_subnet.nodes : subnet.id]

  cluster_security_group = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  oidc_issuer            = replace(aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://", "")

  node_groups = {
    general = {
      instance_type = "t3.medium"
      disk_gb       = 50
      size          = { min = 3, desired = 3, max = 10 }
      dedicated     = false
    }
    compute = {
      instance_type = "c5.large"
      disk_gb       = 30
      size          = { min = 0, desired = 0, max = 5 }
      dedicated     = true
    }
  }
}
