resource "aws_instance" "w" {
  count         = 3
  ami           = "ami-1"
  instance_type = "t3.small"
}
resource "aws_eip" "e" {
  count    = length(aws_instance.w)
  instance = aws_instance.w[count.index].id
}
resource "aws_lb_target_group_attachment" "a" {
  for_each         = { for i in aws_instance.w : i.availability_zone => i }
  target_id        = each.value.id
  target_group_arn = aws_lb_target_group.g.arn
}
resource "aws_lb_target_group" "g" {
  name = "g"
  tags = { all = join(",", aws_instance.w.*.private_ip), first = aws_instance.w.0.id, ips = join(",", aws_eip.e[*].public_ip) }
}
output "ids" { value = aws_instance.w[*].network_interface[0].id }
