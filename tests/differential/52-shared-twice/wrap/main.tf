variable "pass" {
  type = object({
    arn   = string
    extra = optional(list(string), [])
    more  = optional(object({ depth = optional(number, 3) }), {})
  })
}

module "box" {
  source = "../box"
  inner  = var.pass.arn
}

resource "aws_sqs_queue_policy" "extra" {
  for_each  = { for at, arn in var.pass.extra : tostring(at) => arn }
  queue_url = each.value
  policy    = jsonencode({ depth = var.pass.more.depth })
}

output "result" {
  value = {
    arns = [module.box.out, values(aws_sqs_queue_policy.extra)[*].id]
  }
}
