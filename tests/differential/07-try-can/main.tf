variable "settings" { default = { network = { cidr = "10.1.0.0/16" } } }
locals {
  cidr     = try(var.settings.network.cidr, var.settings.cidr, "10.0.0.0/8")
  peer     = try(var.settings.peer.id, aws_vpc.peer.id)
  has_peer = can(var.settings.peer)
  numbers  = [for s in ["1", "x", "3"] : tonumber(s) if can(tonumber(s))]
}
resource "aws_vpc" "main" { cidr_block = local.cidr }
resource "aws_vpc" "peer" { cidr_block = "10.2.0.0/16" }
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = local.peer
  auto_accept = !local.has_peer
}
