variable "queue" { type = string }
variable "peer" {
  type    = string
  default = ""
}
locals { peers = compact([var.peer]) }
resource "aws_lambda_function" "w" {
  function_name = "w-${length(local.peers)}"
  environment {
    variables = { QUEUE = var.queue, PEERS = join(",", local.peers) }
  }
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = var.queue
  function_name    = aws_lambda_function.w.arn
}
output "arn" { value = aws_lambda_function.w.arn }
