locals {
  name  = "ecommerce-${var.environment == "production" ? "prod" : var.environment}"
  zones = { for index, letter in var.zone_letters : letter => index }

  tags = {
    Environment = var.environment
    Project     = "ecommerce"
  }
}
