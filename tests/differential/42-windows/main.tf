variable "parts" { default = { a = ["1"], b = [] } }
resource "aws_glue_job" "j" {
  for_each = { for k, v in var.parts : k => v if length(v) > 0 }
  name     = format("%s-%03d", each.key, length(each.value))
  role_arn = aws_iam_role.r.arn
  command {
    script_location = format("s3://%s/%s", aws_s3_bucket.b.bucket, aws_s3_object.o["${each.key}.py"].key)
  }
}
resource "aws_s3_bucket" "b" { bucket_prefix = "glue" }
resource "aws_s3_object" "o" {
  for_each = toset(["a.py", "b.py"])
  bucket   = aws_s3_bucket.b.id
  key      = "jobs/${each.value}"
  content  = templatefile("${path.module}/job.tpl", { role = aws_iam_role.r.name })
}
resource "aws_iam_role" "r" { assume_role_policy = "{}" }
