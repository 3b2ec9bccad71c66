//! Which ports a security group opens to every address, from all three ways to write it.

use crate::model::{Object, Resource, Setting, Value};

/// The types that hold ingress rules.
pub(super) const TYPES: &[&str] = &["aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule"];

/// One rule that lets every address in.
pub(super) struct Opening {
    /// Argument that says so, for its place.
    pub argument: String,
    /// First and last port; all of them when the protocol is "any".
    pub ports: (u32, u32),
    /// `0.0.0.0/0` or `::/0`.
    pub from: &'static str,
}

impl Opening {
    pub fn contains(&self, port: u32) -> bool {
        (self.ports.0..=self.ports.1).contains(&port)
    }

    /// How the ports read in a sentence: `Port 5432 is`, `Ports 0–65535 are`, `Every port is`.
    pub fn subject(&self) -> String {
        match self.ports {
            (0, 65_535) => "Every port is".to_string(),
            (first, last) if first == last => format!("Port {first} is"),
            (first, last) => format!("Ports {first}–{last} are"),
        }
    }
}

/// The openings of one resource. A rule with any part unknown is none.
pub(super) fn openings(resource: &Resource) -> Vec<Opening> {
    match resource.r#type.as_str() {
        "aws_security_group" => {
            let Setting::Known(rules) = resource.setting("ingress") else { return Vec::new() };
            let rules = rules.as_list().unwrap_or_default().iter().enumerate();
            rules.filter_map(|(at, rule)| opening(rule.as_object()?, &format!("ingress.{at}."))).collect()
        }
        "aws_security_group_rule" if resource.setting("type") == Setting::Known(&Value::text("ingress")) => {
            opening(&resource.attributes, "").into_iter().collect()
        }
        "aws_vpc_security_group_ingress_rule" => opening(&resource.attributes, "").into_iter().collect(),
        _ => Vec::new(),
    }
}

fn opening(rule: &Object, prefix: &str) -> Option<Opening> {
    let (argument, from) = anyone(rule)?;
    let protocol = rule.get("protocol").or_else(|| rule.get("ip_protocol"))?;
    let protocol = word(protocol)?;
    let ports = match protocol.as_str() {
        "-1" | "all" => (0, 65_535),
        "tcp" | "udp" | "6" | "17" => (port(rule, "from_port")?, port(rule, "to_port")?),
        _ => return None,
    };
    Some(Opening { argument: format!("{prefix}{argument}"), ports, from })
}

/// The argument that names every address.
fn anyone(rule: &Object) -> Option<(&'static str, &'static str)> {
    let lists = [("cidr_blocks", "0.0.0.0/0"), ("ipv6_cidr_blocks", "::/0"), ("cidr_ipv4", "0.0.0.0/0"), ("cidr_ipv6", "::/0")];
    lists.into_iter().find(|(argument, everyone)| {
        let is_everyone = |value: &Value| value.as_text().is_some_and(|text| text == everyone);
        rule.get(argument).is_some_and(|value| is_everyone(value) || value.as_list().is_some_and(|items| items.iter().any(is_everyone)))
    })
}

fn port(rule: &Object, argument: &str) -> Option<u32> {
    rule.get(argument)?.as_number()?.to_i64()?.try_into().ok()
}

/// A protocol is text, though `-1` is often written as a number.
fn word(value: &Value) -> Option<String> {
    match value.as_number() {
        Some(number) => Some(number.to_string()),
        None => Some(value.as_text()?.to_lowercase().into()),
    }
}
