//! Projects of any size for measuring: a shop's network, and services of twenty resources each, every other one
//! behind a module. The same size gives the same bytes.

use std::fmt::Write;

/// One file: its path and its text.
pub type File = (String, String);

/// Which of the two compared versions to generate. Between them log retention and database versions are updated,
/// databases replaced, alarms created and topics deleted: one resource in about fifty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    Before,
    After,
}

const NETWORK: &str = include_str!("generate/network.tf");
const SERVICE: &str = include_str!("generate/service.tf");

/// Resources in the network and in a service.
const IN_NETWORK: usize = 10;
const IN_SERVICE: usize = 20;

/// What a service takes from the network: its name in a service's text, in the root, and as a module's variable.
const INPUTS: [(&str, &str, &str); 11] = [
    ("NAME", "local.name", "name"),
    ("VPC", "aws_vpc.main.id", "vpc_id"),
    ("CLUSTER", "aws_ecs_cluster.main.id", "cluster"),
    ("SUBNETS", "[aws_subnet.a.id, aws_subnet.b.id]", "subnets"),
    ("LISTENER", "aws_lb_listener.main.arn", "listener"),
    ("SIZE", "local.db_size", "db_size"),
    ("PASSWORD", "var.db_password", "db_password"),
    ("TAGS", "local.tags", "tags"),
    ("TOPIC", "aws_sns_topic.alarms.arn", "alarms"),
    ("ZONE", "aws_route53_zone.main.zone_id", "zone"),
    ("HOST", "aws_lb.main.dns_name", "host"),
];

/// The files of a project that declares this many resources (at least thirty) in its version after, in path order.
pub fn files(resources: usize, edition: Edition) -> Vec<File> {
    let services = resources.saturating_sub(IN_NETWORK) / IN_SERVICE;
    let rest = resources.saturating_sub(IN_NETWORK + services * IN_SERVICE);
    let mut files = vec![("network.tf".to_string(), network(rest))];
    for service in 0..services {
        let id = format!("service-{service:04}");
        if service % 2 == 0 {
            files.push((format!("{id}.tf"), in_root(service, &id, edition)));
        } else {
            files.push((format!("{id}.tf"), call(&id)));
            files.push((format!("modules/{id}/main.tf"), in_module(service, &id, edition)));
            files.push((format!("modules/{id}/variables.tf"), variables()));
        }
    }
    files.sort();
    files
}

fn network(rest: usize) -> String {
    let mut text = NETWORK.to_string();
    for at in 0..rest {
        let _ = write!(text, "\nresource \"aws_sqs_queue\" \"spare_{at}\" {{\n  name = \"${{local.name}}-spare-{at}\"\n}}\n");
    }
    text
}

fn in_root(service: usize, id: &str, edition: Edition) -> String {
    let suffix = format!("_{service:04}");
    INPUTS.iter().fold(body(service, id, &suffix, edition), |text, (name, root, _)| text.replace(&format!("${name}"), root))
}

fn in_module(service: usize, id: &str, edition: Edition) -> String {
    let text = body(service, id, "", edition);
    let text = INPUTS.iter().fold(text, |text, (name, _, variable)| text.replace(&format!("${name}"), &format!("var.{variable}")));
    text + "\noutput \"database\" {\n  value = aws_db_instance.main.address\n}\n"
}

/// A service's resources with everything but what it takes from the network filled in.
fn body(service: usize, id: &str, suffix: &str, edition: Edition) -> String {
    let before = edition == Edition::Before;
    let database = if before && service % 20 == 3 { format!("{id}-old") } else { id.to_string() };
    let engine = if before && service % 10 == 1 { "16.3" } else { "16.4" };
    let retention = if before && service.is_multiple_of(5) { "14" } else { "30" };
    let mut text = SERVICE.to_string();
    for (name, value) in [("$_", suffix), ("$ID", id), ("$DATABASE", &database), ("$ENGINE", engine), ("$RETENTION", retention)] {
        text = text.replace(name, value);
    }
    if before && service % 20 == 7 {
        text = without_alarm(&text);
    }
    if before && service % 20 == 9 {
        let _ = write!(text, "\nresource \"aws_sns_topic\" \"old{suffix}\" {{\n  name = \"{id}-old\"\n}}\n");
    }
    text
}

fn without_alarm(text: &str) -> String {
    let start = text.find("resource \"aws_cloudwatch_metric_alarm\"").unwrap_or(text.len());
    let end = text.find("resource \"aws_route53_record\"").unwrap_or(text.len());
    format!("{}{}", &text[..start], &text[end..])
}

fn call(id: &str) -> String {
    let mut text = format!("module \"{id}\" {{\n  source = \"./modules/{id}\"\n\n");
    for (_, root, variable) in INPUTS {
        let _ = writeln!(text, "  {variable} = {root}");
    }
    text + "}\n"
}

fn variables() -> String {
    INPUTS.iter().map(|(_, _, variable)| format!("variable \"{variable}\" {{}}\n")).collect()
}
