// Files for the fixed core; words in capitals ask it for a state.

export const AFTER = {
  'rds.tf': `resource "aws_db_instance" "primary" {
  instance_class      = "db.t3.medium"
  storage_encrypted   = true
  skip_final_snapshot = var.skip_final_snapshot
}

resource "aws_security_group" "db" {
  name = "db"
}
`,
  'eks.tf': 'resource "aws_eks_cluster" "main" {}\n',
};

export const BEFORE = {
  'rds.tf': `resource "aws_db_instance" "primary" {
  instance_class      = "db.t3.small"
  storage_encrypted   = false
  skip_final_snapshot = var.skip_final_snapshot
}

resource "aws_instance" "web" {
  ami = "a"
}
`,
};

export const asking = (word) => ({ ...AFTER, 'rds.tf': `${AFTER['rds.tf']}# ${word}\n` });
