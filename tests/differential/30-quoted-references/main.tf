resource "aws_vpc" "main" { cidr_block = "${var.cidr}" }
variable "cidr" {
  type    = "string"
  default = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = "${aws_vpc.main.id}"
  depends_on = ["aws_vpc.main", "aws_internet_gateway.g"]
}
resource "aws_internet_gateway" "g" { vpc_id = "${element(list(aws_vpc.main.id), 0)}" }
