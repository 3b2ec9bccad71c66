//! A password, token or key whose value stands in the files.

use super::{Check, Findings, LooksAt, Scope};
use crate::model::{Confidence, Expr, ExprKind, Part, Resource, Setting, Severity, Value};

/// Type and the argument that holds its secret.
const SECRETS: &[(&str, &str)] = &[
    ("aws_db_instance", "password"),
    ("aws_rds_cluster", "master_password"),
    ("aws_docdb_cluster", "master_password"),
    ("aws_redshift_cluster", "master_password"),
    ("aws_elasticache_replication_group", "auth_token"),
    ("aws_mq_broker", "user.password"),
    ("aws_secretsmanager_secret_version", "secret_string"),
];

pub(super) const CHECK: Check = Check {
    id: "secret-in-plain-text",
    severity: Severity::High,
    title: "A secret stands in the files",
    doc: "The value of a password, token or key can be read from the files: it is written where it is used, or it is a variable's default. \
          Everyone who can read the repository, now or later, has it. Give it from outside, or let the service make it \
          (manage_master_user_password), and change the one that was written down.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"],
    looks_at: LooksAt::Resources(
        &[
            "aws_db_instance",
            "aws_rds_cluster",
            "aws_docdb_cluster",
            "aws_redshift_cluster",
            "aws_elasticache_replication_group",
            "aws_mq_broker",
            "aws_secretsmanager_secret_version",
            "aws_lambda_function",
        ],
        run,
    ),
};

fn run(resource: &Resource, _: &Scope<'_>, out: &mut Findings) {
    let fix = "Give it from outside, and change the one that was written down.";
    for (_, argument) in SECRETS.iter().filter(|(kind, _)| resource.is(kind)) {
        match written(resource, argument) {
            Written::Here => {
                out.push(resource, argument, format!("The value of `{argument}` stands here for everyone to read."), fix);
            }
            Written::Elsewhere => {
                let message = format!("The value of `{argument}` can be read from the files, a variable's default or a local.");
                // Whoever runs the review may have given the value from outside.
                out.push(resource, argument, message, fix).confidence = Confidence::Likely;
            }
            Written::No => {}
        }
    }
    if let Setting::Known(Value::Object(variables)) = resource.setting("environment.variables") {
        for name in variables.keys().filter(|name| is_secret_name(name)) {
            let argument = format!("environment.variables.{name}");
            if written(resource, &argument) == Written::Here {
                out.push(resource, &argument, format!("The value of `{name}` stands here for everyone to read."), fix);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Here,
    Elsewhere,
    No,
}

/// Where the value of an argument is written, if the files have it at all.
fn written(resource: &Resource, argument: &str) -> Written {
    let known = matches!(resource.setting(argument), Setting::Known(value) if value.as_text().is_some_and(|text| !text.is_empty()));
    let Some(expression) = resource.declaration.as_ref().and_then(|declaration| expression(&declaration.body, argument)) else {
        return Written::No;
    };
    match (known, is_literal(expression)) {
        (true, true) => Written::Here,
        (true, false) if matches!(expression.kind, ExprKind::Reference { .. }) => Written::Elsewhere,
        // A call or a template around a reference may hide a secret or a name; nobody can say from here.
        _ => Written::No,
    }
}

fn is_literal(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Template(parts) => parts.iter().all(|part| matches!(part, Part::Text(_))),
        _ => false,
    }
}

/// The expression a dotted path leads to, through blocks and object literals.
fn expression<'a>(body: &'a crate::model::Body, path: &str) -> Option<&'a Expr> {
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    if let Some(attribute) = body.attribute(first) {
        return within(&attribute.value, rest);
    }
    let inner = body.blocks.iter().find(|block| block.name == first)?;
    expression(&inner.body, rest)
}

fn within<'a>(expression: &'a Expr, path: &str) -> Option<&'a Expr> {
    if path.is_empty() {
        return Some(expression);
    }
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    let ExprKind::Object(items) = &expression.kind else { return None };
    let item = items.iter().find(|item| matches!(&item.key.kind, ExprKind::Literal(Value::Text(key)) if key == first))?;
    within(&item.value, rest)
}

/// A name that says secret, and not merely where one is kept.
fn is_secret_name(name: &str) -> bool {
    let name = name.to_uppercase();
    let secret = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY"].iter().any(|word| name.contains(word));
    let place = ["_ARN", "_NAME", "_ID", "_PATH", "_URL", "_FILE", "_PARAMETER", "_TTL", "_EXPIRY"].iter().any(|end| name.ends_with(end));
    secret && !place
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn literals_and_defaults() {
        check(
            "secret-in-plain-text",
            r#"
            variable "given" {}
            variable "default" {
              default = "hunter2"
            }
            resource "aws_db_instance" "literal" {
              password = "hunter2"
              ^^^^^^^^^^^^^^^^^^^^ high: The value of `password` stands here for everyone to read.
            }
            resource "aws_db_instance" "default" {
              password = var.default
              ^^^^^^^^^^^^^^^^^^^^^^ high: The value of `password` can be read from the files, a variable's default or a local.
            }
            resource "aws_db_instance" "outside" {
              password = var.given
            }
            resource "aws_db_instance" "managed" {
              manage_master_user_password = true
            }
            "#,
        );
    }

    #[test]
    fn names_of_environment_variables() {
        check(
            "secret-in-plain-text",
            r#"
            variable "token" {}
            resource "aws_lambda_function" "a" {
              environment {
                variables = {
                  API_TOKEN  = "abc"
                  ^^^^^^^^^^^^^^^^^^ high: The value of `API_TOKEN` stands here for everyone to read.
                  SECRET_ARN = "arn:aws:secretsmanager:us-east-1:1:secret:a"
                  STAGE      = "prod"
                  MY_TOKEN   = var.token
                }
              }
            }
            "#,
        );
    }
}
