resource "aws_eks_cluster" "main" {
  name     = local.name
  version  = var.kubernetes_version
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit"]

  vpc_config {
    subnet_ids              = local.node_ids
    endpoint_private_access = true
    endpoint_public_access  = true
  }

  tags = local.tags

  depends_on = [
    aws_iam_role_policy_attachment.cluster,
    aws_cloudwatch_log_group.cluster,
  ]
}

resource "aws_eks_node_group" "main" {
  for_each = local.node_groups

  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "${local.name}-${each.key}"
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = local.node_ids
  instance_types  = [each.value.instance_type]
  disk_size       = each.value.disk_gb

  scaling_config {
    min_size     = each.value.size.min
    desired_size = each.value.size.desired
    max_size     = each.value.size.max
  }

  dynamic "taint" {
    for_each = each.value.dedicated ? [each.key] : []

    content {
      key    = "workload"
      value  = taint.value
      effect = "NO_SCHEDULE"
    }
  }

  labels = { role = each.key }
  tags   = local.tags

  depends_on = [aws_iam_role_policy_attachment.node]
}

resource "aws_iam_openid_connect_provider" "cluster" {
  url            = aws_eks_cluster.main.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]

  tags = local.tags
}
