terraform {
  backend "s3" {
    bucket = "state"
    key    = "app"
  }
}
data "terraform_remote_state" "net" {
  backend   = "s3"
  workspace = terraform.workspace
  config    = { bucket = aws_s3_bucket.state.id, key = "net" }
}
resource "aws_s3_bucket" "state" { bucket = "state" }
resource "aws_instance" "a" {
  ami       = "ami-1"
  subnet_id = data.terraform_remote_state.net.outputs.subnets[0]
  tags      = { where = path.module, name = basename(path.cwd) }
}
