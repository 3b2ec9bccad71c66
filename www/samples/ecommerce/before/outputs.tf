output "shop_url" {
  value = "https://${aws_route53_record.shop.name}"
}

output "database_address" {
  value = aws_db_instance.primary.address
}
