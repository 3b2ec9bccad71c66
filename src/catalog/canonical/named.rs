//! What AWS resolves by name: a policy that writes out the ARN of a table, a permission that names a function. The
//! template says nowhere that the two belong together, so the names are compared as they are written.

use std::borrow::Cow;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use crate::model::{Address, Expr, ExprKind, Implied, Part, Resource, Snapshot, Step, Value};

/// Type, the property that names it, the service in its ARN, and what stands before the name there.
const NAMED: &[(&str, &str, &str, &str)] = &[
    ("AWS::CodeBuild::Project", "Name", "codebuild", "project/"),
    ("AWS::DynamoDB::GlobalTable", "TableName", "dynamodb", "table/"),
    ("AWS::DynamoDB::Table", "TableName", "dynamodb", "table/"),
    ("AWS::ECR::Repository", "RepositoryName", "ecr", "repository/"),
    ("AWS::Events::EventBus", "Name", "events", "event-bus/"),
    ("AWS::IAM::Role", "RoleName", "iam", "role/"),
    ("AWS::Kinesis::Stream", "Name", "kinesis", "stream/"),
    ("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName", "firehose", "deliverystream/"),
    ("AWS::Lambda::Function", "FunctionName", "lambda", "function:"),
    ("AWS::Logs::LogGroup", "LogGroupName", "logs", "log-group:"),
    ("AWS::S3::Bucket", "BucketName", "s3", ""),
    ("AWS::SNS::Topic", "TopicName", "sns", ""),
    ("AWS::SQS::Queue", "QueueName", "sqs", ""),
    ("AWS::SSM::Parameter", "Name", "ssm", "parameter"),
    ("AWS::SecretsManager::Secret", "Name", "secretsmanager", "secret:"),
    ("AWS::StepFunctions::StateMachine", "StateMachineName", "states", "stateMachine:"),
];

/// Properties whose name says of which type the name is that they hold.
const NAMING: &[&str] = &["FunctionName", "LogGroupName", "TableName"];

/// Names by what is named and how that is written, in one stack: the second part is its path, empty for a name that
/// holds no parameter and so means the same everywhere.
type Names = FxHashMap<(&'static str, EcoString, EcoString), Option<Address>>;

/// Adds the edges that follow from names.
pub(super) fn imply(snapshot: &mut Snapshot) {
    let mut names = Names::default();
    for resource in &snapshot.resources {
        let Some((_, property, service, _)) = NAMED.iter().find(|row| row.0 == resource.native_type) else { continue };
        let Some(name) = property_of(resource, property).and_then(written).filter(|name| !name.is_empty()) else { continue };
        let stack = stack_of(resource, &name);
        // A name that two have means neither.
        names.entry((service, stack, name)).and_modify(|only| *only = None).or_insert_with(|| Some(resource.address.clone()));
    }
    if names.is_empty() {
        return;
    }
    let mut implied = Vec::new();
    for resource in snapshot.resources.iter().filter(|resource| resource.native.is_some()) {
        let Some(declaration) = &resource.declaration else { continue };
        let first = implied.len();
        for attribute in &declaration.body.attributes {
            let mut found = Found { names: &names, resource, argument: attribute.name.clone(), implied: &mut implied };
            if NAMING.contains(&attribute.name.as_str()) {
                found.named(&attribute.name, &attribute.value);
            }
            found.walk(&attribute.value);
        }
        // Once for each, and not beside a reference that says the same.
        let mut told: Vec<Address> = resource.references.iter().map(|reference| reference.target.clone()).collect();
        let own: Vec<Implied> = implied.split_off(first);
        for edge in own {
            if !told.contains(&edge.to) {
                told.push(edge.to.clone());
                implied.push(edge);
            }
        }
    }
    snapshot.implied = implied;
}

struct Found<'a> {
    names: &'a Names,
    resource: &'a Resource,
    argument: EcoString,
    implied: &'a mut Vec<Implied>,
}

impl Found<'_> {
    /// Every text inside that begins as an ARN.
    fn walk(&mut self, expr: &Expr) {
        if let Some(text) = written(expr) {
            if text.starts_with("arn:") {
                self.arn(&text, expr);
            }
            return;
        }
        match &expr.kind {
            ExprKind::List(items) => items.iter().for_each(|item| self.walk(item)),
            ExprKind::Object(items) => items.iter().for_each(|item| self.walk(&item.value)),
            ExprKind::Call { args, .. } => args.iter().for_each(|arg| self.walk(arg)),
            ExprKind::Conditional { then, otherwise, .. } => [then, otherwise].into_iter().for_each(|arm| self.walk(arm)),
            _ => {}
        }
    }

    fn arn(&mut self, text: &str, expr: &Expr) {
        let mut parts = text.splitn(6, ':').skip(2);
        let (Some(service), Some(rest)) = (parts.next(), parts.nth(2)) else { return };
        let Some((.., kind, before)) = NAMED.iter().find(|row| row.2 == service) else { return };
        let Some(name) = rest.strip_prefix(before) else { return };
        // A name ends where what is inside begins: an index, an object, a version, the digits of a secret.
        let inside = |cut: &[char]| name.find(cut).and_then(|at| name.get(..at)).unwrap_or(name);
        let name = match *kind {
            "logs" => name.strip_suffix(":*").unwrap_or(name),
            "secretsmanager" => name.trim_end_matches(['*', '?']).trim_end_matches('-'),
            "ssm" | "iam" => name,
            "lambda" | "states" => inside(&[':']),
            _ => inside(&['/']),
        };
        self.add(kind, name, expr);
        if *kind == "ssm" {
            // With and without the line that every path begins with.
            self.add(kind, name.trim_start_matches('/'), expr);
        }
    }

    fn named(&mut self, property: &str, expr: &Expr) {
        let Some(name) = written(expr) else { return };
        for (_, _, service, _) in NAMED.iter().filter(|row| row.1 == property && row.0 != self.resource.native_type) {
            self.add(service, &name, expr);
        }
    }

    fn add(&mut self, service: &'static str, name: &str, expr: &Expr) {
        let name = EcoString::from(name);
        let stack = stack_of(self.resource, &name);
        if let Some(Some(to)) = self.names.get(&(service, stack, name))
            && *to != self.resource.address
        {
            let (from, argument) = (self.resource.address.clone(), self.argument.clone());
            self.implied.push(Implied { from, to: to.clone(), argument, span: expr.span });
        }
    }
}

/// The stack in which a name means what it means here.
fn stack_of(resource: &Resource, name: &str) -> EcoString {
    if name.contains('\u{1}') { resource.address.module().into() } else { EcoString::new() }
}

fn property_of<'r>(resource: &'r Resource, property: &str) -> Option<&'r Expr> {
    resource.declaration.as_ref()?.body.attribute(property).map(|attribute| &attribute.value)
}

/// A text as it is written, with a sign around each name that stands in it; `None` for what is no such text.
fn written(expr: &Expr) -> Option<EcoString> {
    Some(match &expr.kind {
        ExprKind::Literal(Value::Text(text)) => text.clone(),
        ExprKind::Template(parts) => {
            let mut out = EcoString::new();
            for part in parts {
                match part {
                    Part::Text(text) => out.push_str(text),
                    // What is no name is like nothing else.
                    Part::Interpolation(inner) => {
                        out.push_str(&written(inner).unwrap_or_else(|| eco_format!("\u{1}{}\u{1}", inner.span.start)));
                    }
                    _ => return None,
                }
            }
            out
        }
        ExprKind::Call { function, args, .. } if function == "join" => {
            let [separator, list] = args.as_slice() else { return None };
            let ExprKind::List(items) = &list.kind else { return None };
            let items: Option<Vec<EcoString>> = items.iter().map(written).collect();
            items?.join(&written(separator)?).into()
        }
        ExprKind::Reference { root, steps } => {
            let mut name = Cow::Borrowed(root.as_str());
            for step in steps {
                let Step::Name(step, _) = step else { return None };
                // Colons are what an ARN is cut at.
                name = Cow::Owned(format!("{name}.{}", step.replace("::", ".")));
            }
            eco_format!("\u{1}{name}\u{1}")
        }
        _ => return None,
    })
}
