variable "region" {
  description = "Where the shop runs"
  type        = string
  default     = "us-east-1"
}

variable "environment" {
  type    = string
  default = "production"
}

variable "domain" {
  description = "The name customers type"
  type        = string
  default     = "shop.example.com"
}

variable "vpc_cidr" {
  type    = string
  default = "10.20.0.0/16"
}

variable "zone_letters" {
  description = "Availability zones of the region, by their last letter"
  type        = list(string)
  default     = ["a", "b"]
}

variable "db_password" {
  description = "Password of the database's owner; set by the pipeline"
  type        = string
  sensitive   = true
}

variable "skip_final_snapshot" {
  description = "Whether the database may go without a last snapshot; set by the pipeline"
  type        = bool
}

variable "kubernetes_version" {
  type    = string
  default = "1.35"
}

variable "replica_count" {
  description = "Copies of the database that only read"
  type        = number
  default     = 1
}

variable "shield_enabled" {
  description = "Whether the balancer has paid protection against floods"
  type        = bool
  default     = false
}

variable "alert_email" {
  type    = string
  default = "oncall@example.com"
}
