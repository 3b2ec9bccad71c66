//! Placeholders to values: commands name the resource as it is, or say what the reader has to put in.

use ecow::{EcoString, eco_format};

use crate::impact::short_name;
use crate::model::{Address, Resource, Setting};

/// Fills a text for people.
pub(super) fn text(template: &str, resource: &Resource) -> EcoString {
    let template = if resource.native.is_some() { &*template.replace("into the state", "into the stack by an import") } else { template };
    filled(template, resource, |value| value.into())
}

/// Fills a command line; values are quoted where a shell would read them otherwise.
pub(super) fn command(template: &str, resource: &Resource) -> EcoString {
    if resource.native.is_some() && template.contains("terraform ") {
        return "aws cloudformation create-change-set --change-set-type IMPORT --stack-name <stack> --change-set-name <name> \
                --resources-to-import <resources> --template-body <template>"
            .into();
    }
    in_root(&filled(template, resource, quoted), &resource.address)
}

/// A Terraform command for the root that an address belongs to.
pub(super) fn in_root(command: &str, address: &Address) -> EcoString {
    match address.as_str().split_once("//") {
        Some((root, _)) if command.contains("terraform ") => {
            command.replace("terraform ", &format!("terraform -chdir={} ", quoted(root))).into()
        }
        _ => command.into(),
    }
}

/// The address as the tool of its own root knows it.
pub(super) fn local(address: &Address) -> &str {
    address.as_str().split_once("//").map_or(address.as_str(), |(_, local)| local)
}

/// The text as one word of a shell's line.
pub(super) fn quoted(text: &str) -> EcoString {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'@' | b'=' | b',' | b'+');
    if !text.is_empty() && text.bytes().all(plain) { text.into() } else { eco_format!("'{}'", text.replace('\'', "'\\''")) }
}

fn filled(template: &str, resource: &Resource, write: impl Fn(&str) -> EcoString) -> EcoString {
    let mut out = EcoString::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((head, tail)) = rest.split_once('{') {
        out.push_str(head);
        let Some((name, after)) = tail.split_once('}') else { break };
        match name {
            "@" => out.push_str(&write(local(&resource.address))),
            "@name" => out.push_str(&write(&plain_name(resource))),
            name => out.push_str(&value(resource, name, &write)),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A name that can stand inside other names: letters, digits and dashes.
fn plain_name(resource: &Resource) -> EcoString {
    short_name(&resource.address)
        .chars()
        .filter(|letter| !matches!(letter, '"' | ']'))
        .map(|letter| if letter == '[' { '-' } else { letter })
        .collect()
}

fn value(resource: &Resource, name: &str, write: impl Fn(&str) -> EcoString) -> EcoString {
    let hidden = resource.attributes.get(name).is_some_and(|value| value.is_sensitive());
    match resource.setting(name) {
        Setting::Known(value) if !hidden && (value.as_text().is_some() || value.as_number().is_some()) => match value.as_text() {
            Some(text) => write(text),
            None => eco_format!("{value}"),
        },
        _ => eco_format!("<{} of {}>", resource.own_path(name), short_name(&resource.address)),
    }
}
