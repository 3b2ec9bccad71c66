resource "terraform_data" "version" { input = "v2" }
resource "null_resource" "deploy" {
  triggers = {
    sha = terraform_data.version.output
  }
  provisioner "local-exec" {
    command     = "deploy ${aws_lambda_function.f.function_name}"
    environment = { TOPIC = aws_sns_topic.t.arn }
    when        = create
  }
  connection {
    host = aws_instance.bastion.public_ip
    user = "ubuntu"
  }
}
resource "aws_instance" "bastion" {
  ami = "ami-1"
  lifecycle {
    replace_triggered_by  = [terraform_data.version.id, aws_sns_topic.t]
    ignore_changes        = [ami, tags["Name"]]
    create_before_destroy = true
  }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  lifecycle { ignore_changes = all }
}
resource "aws_sns_topic" "t" { name = "t" }
