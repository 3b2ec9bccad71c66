variable "service" {
  type = object({
    name = string
    ports = optional(list(object({
      number   = number
      protocol = optional(string, "tcp")
    })), [{ number = 8080 }])
    limits = optional(object({
      cpu    = optional(number, 256)
      memory = optional(number, 512)
    }), {})
  })
  default = { name = "api" }
}
resource "aws_ecs_task_definition" "task" {
  family       = var.service.name
  cpu          = var.service.limits.cpu
  memory       = var.service.limits.memory
  network_mode = length(var.service.ports) > 1 ? "awsvpc" : "bridge"
}
resource "aws_security_group_rule" "in" {
  for_each          = { for p in var.service.ports : tostring(p.number) => p }
  from_port         = each.value.number
  to_port           = each.value.number
  protocol          = each.value.protocol
  type              = "ingress"
  security_group_id = aws_security_group.task.id
}
resource "aws_security_group" "task" { name = aws_ecs_task_definition.task.family }
