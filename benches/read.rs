//! Text to declarations: the parser alone, and the parser with lowering, in bytes per second.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plumbline::lang;
use plumbline::source::{FileId, SourceFile, Sources, Version};
use plumbline::syntax::{self, Language};

/// Resources as people write them: short ones, nested blocks, templates, conditions and loops.
fn configuration(resources: usize) -> String {
    let mut text = String::new();
    for n in 0..resources {
        let _ = match n % 5 {
            0 => write!(
                text,
                "resource \"aws_instance\" \"web_{n}\" {{\n  ami           = var.ami\n  instance_type = \"t3.micro\"\n  subnet_id     = aws_subnet.main[{}].id\n  tags          = merge(local.tags, {{ Name = \"web-${{var.environment}}-{n}\" }})\n}}\n\n",
                n % 3
            ),
            1 => write!(
                text,
                "resource \"aws_security_group\" \"sg_{n}\" {{\n  name   = \"sg-{n}\"\n  vpc_id = aws_vpc.main.id\n\n  ingress {{\n    from_port   = 443\n    to_port     = 443\n    protocol    = \"tcp\"\n    cidr_blocks = [\"10.0.0.0/16\", \"10.1.0.0/16\"]\n  }}\n\n  dynamic \"egress\" {{\n    for_each = var.rules\n    content {{\n      from_port = egress.value.port\n      to_port   = egress.value.port\n    }}\n  }}\n}}\n\n"
            ),
            2 => write!(
                text,
                "# Kept for a month.\nresource \"aws_cloudwatch_log_group\" \"logs_{n}\" {{\n  count             = var.enabled && var.size > {n} ? 1 : 0\n  name              = \"/app/${{var.environment}}/{n}\"\n  retention_in_days = 30\n}}\n\n"
            ),
            3 => write!(
                text,
                "resource \"aws_iam_policy\" \"policy_{n}\" {{\n  name   = \"policy-{n}\"\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [{{\n      Effect   = \"Allow\"\n      Action   = [\"s3:GetObject\", \"s3:PutObject\"]\n      Resource = [for b in aws_s3_bucket.data : \"${{b.arn}}/*\" if b.arn != null]\n    }}]\n  }})\n}}\n\n"
            ),
            _ => write!(
                text,
                "resource \"aws_instance\" \"job_{n}\" {{\n  ami       = data.aws_ami.latest.id\n  user_data = <<-EOT\n    #!/bin/sh\n    echo ${{var.greeting}}\n    exec run --port 80\n  EOT\n\n  lifecycle {{\n    ignore_changes = [ami, tags[\"a\"]]\n  }}\n}}\n\n"
            ),
        };
    }
    text
}

fn read(criterion: &mut Criterion) {
    for resources in [20, 2_000, 20_000] {
        let text = configuration(resources);
        let file = SourceFile::new(FileId(0), Version::After, "main.tf", text.as_str());
        let mut sources = Sources::default();
        sources.add(Version::After, "main.tf", text.as_str());
        let mut group = criterion.benchmark_group(format!("read/{resources}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(if resources > 10_000 { 10 } else { 30 });
        group.bench_function("parse", |bencher| bencher.iter(|| syntax::parse(Language::Hcl, black_box(&text)).is_some()));
        group.bench_function("parse and lower", |bencher| bencher.iter(|| lang::lower_file(black_box(&file)).module.resources.len()));
        group.bench_function("read", |bencher| {
            bencher.iter(|| lang::read(black_box(&sources), Version::After, &mut Vec::new()).modules.len());
        });
        group.finish();
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
