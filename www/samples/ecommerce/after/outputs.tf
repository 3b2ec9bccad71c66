output "shop_url" {
  value = "https://${aws_route53_record.shop.name}"
}

output "database_address" {
  value = local.db_host
}

output "cluster_endpoint" {
  value = aws_eks_cluster.main.endpoint
}
