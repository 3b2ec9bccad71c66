resource "aws_efs_file_system" "home" { creation_token = local.greeting }
resource "aws_sns_topic" "t" { name = local.escaped }
