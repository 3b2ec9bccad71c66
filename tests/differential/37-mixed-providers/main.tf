resource "google_compute_network" "n" { name = "n" }
resource "google_compute_subnetwork" "s" {
  network       = google_compute_network.n.self_link
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_container_cluster" "c" {
  network    = google_compute_network.n.name
  subnetwork = google_compute_subnetwork.s.name
  node_config {
    service_account = google_service_account.sa.email
    metadata        = { key = random_id.suffix.hex }
  }
}
resource "google_service_account" "sa" { account_id = "sa" }
resource "random_id" "suffix" {
  byte_length = 4
  keepers     = { region = data.google_client_config.me.region }
}
data "google_client_config" "me" {}
resource "azurerm_resource_group" "g" { name = "g-${random_id.suffix.hex}" }
resource "azurerm_dns_a_record" "a" {
  resource_group_name = azurerm_resource_group.g.name
  records             = google_compute_network.n[*].gateway_ipv4
}
