provider "kubernetes" {
  host  = aws_eks_cluster.c.endpoint
  token = data.aws_eks_cluster_auth.c.token
}
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = aws_iam_role.c.arn
  vpc_config { subnet_ids = ["a", "b"] }
}
resource "aws_iam_role" "c" { assume_role_policy = "{}" }
data "aws_eks_cluster_auth" "c" { name = aws_eks_cluster.c.name }
resource "kubernetes_namespace" "n" {
  metadata { name = "n" }
}
resource "kubernetes_deployment" "d" {
  metadata {
    name      = "d"
    namespace = kubernetes_namespace.n.metadata[0].name
  }
  spec {
    template {
      spec {
        container {
          name  = "c"
          image = aws_ecr_repository.r.repository_url
          dynamic "env" {
            for_each = { DB = aws_db_instance.d.address, CLUSTER = aws_eks_cluster.c.id }
            content {
              name  = env.key
              value = env.value
            }
          }
        }
      }
    }
  }
}
resource "aws_ecr_repository" "r" { name = "r" }
resource "aws_db_instance" "d" { identifier = "d" }
