variable "listeners" {
  default = [
    { port = 80, rules = [{ path = "/a", targets = ["x", "y"] }, { path = "/b", targets = [] }] },
    { port = 443, rules = [{ path = "/c", targets = ["z"] }] },
  ]
}
resource "aws_lb_target_group" "t" {
  for_each = toset(flatten([for l in var.listeners : [for r in l.rules : r.targets]]))
  name     = each.value
}
resource "aws_appmesh_thing" "mesh" {
  name = "mesh"
  dynamic "listener" {
    for_each = var.listeners
    content {
      port = listener.value.port
      dynamic "rule" {
        for_each = listener.value.rules
        iterator = it
        content {
          path  = it.value.path
          order = "${listener.key}.${it.key}"
          dynamic "target" {
            for_each = it.value.targets
            content {
              arn  = aws_lb_target_group.t[target.value].arn
              port = listener.value.port
            }
          }
        }
      }
    }
  }
}
