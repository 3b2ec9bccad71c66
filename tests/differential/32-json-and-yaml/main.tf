locals {
  config = yamldecode(<<-YAML
    queues:
      - name: a
        fifo: true
      - name: b
  YAML
  )
  states = jsondecode("{\"start\": {\"next\": \"end\"}}")
}
resource "aws_sqs_queue" "q" {
  for_each   = { for it in local.config.queues : it.name => it }
  name       = each.key
  fifo_queue = try(each.value.fifo, false)
}
resource "aws_sfn_state_machine" "m" {
  definition = jsonencode({
    StartAt = local.states.start.next
    States = {
      end = { Type = "Task", Resource = aws_lambda_function.step["one"].arn, End = true }
    }
  })
}
resource "aws_lambda_function" "step" {
  for_each      = toset(["one", "two"])
  function_name = each.key
}
