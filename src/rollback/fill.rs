//! Placeholders to values: commands name the resource as it is, or say what the reader has to put in.

use ecow::{EcoString, eco_format};

use crate::impact::short_name;
use crate::model::{Address, Resource, Setting};

/// Fills a text for people.
pub(super) fn text(template: &str, resource: &Resource) -> EcoString {
    let own = Tool::of(resource) == Tool::CloudFormation;
    let template = if own { &*template.replace("into the state", "into the stack by an import") } else { template };
    filled(template, resource, |value| value.into())
}

/// Fills a command line; values are quoted where a shell would read them otherwise.
pub(super) fn command(template: &str, resource: &Resource) -> EcoString {
    match Tool::of(resource) {
        // Everything that the facts say in Terraform's words takes something over that was restored.
        Tool::CloudFormation if template.contains("terraform ") => {
            "aws cloudformation create-change-set --change-set-type IMPORT --stack-name <stack> --change-set-name <name> \
             --resources-to-import <resources> --template-body <template>"
                .into()
        }
        Tool::Pulumi if template.contains("terraform ") => {
            let id = template.rsplit(' ').next().unwrap_or_default();
            let template =
                format!("pulumi state delete <urn of {{@name}}> && pulumi import {} {{@name}} {id}", quoted(&resource.native_type));
            in_root(&filled(&template, resource, quoted), &resource.address)
        }
        // No shell and no tool knows what `[*]` stands for.
        _ => in_root(&filled(template, resource, |text| quoted(&text.replace("[*]", "[<key>]"))), &resource.address),
    }
}

/// What a resource is deployed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Terraform,
    CloudFormation,
    Pulumi,
}

impl Tool {
    /// By the type in the user's own words: `aws_vpc`, `AWS::EC2::VPC`, `aws:ec2/vpc:Vpc`.
    pub fn of(resource: &Resource) -> Tool {
        match resource.native_type.as_str() {
            kind if kind.contains("::") => Tool::CloudFormation,
            kind if kind.contains(':') => Tool::Pulumi,
            _ => Tool::Terraform,
        }
    }
}

/// The word that a command begins with, and the flag that names the folder it runs in.
const FOLDERS: [(&str, &str); 2] = [("terraform ", "-chdir="), ("pulumi ", "-C ")];

fn in_folder(command: &str, folder: &str) -> EcoString {
    FOLDERS.iter().fold(command.into(), |command: EcoString, (word, flag)| command.replace(word, &format!("{word}{flag}{folder} ")))
}

/// A command for the root that an address belongs to.
pub(super) fn in_root(command: &str, address: &Address) -> EcoString {
    match in_own_root(address.as_str()).0 {
        "" => command.into(),
        root => in_folder(command, &quoted(root)),
    }
}

/// A command for the region that a resource lies in.
pub(super) fn in_region(command: &str, region: &str) -> EcoString {
    command.replace("aws ", &format!("aws --region {region} ")).into()
}

/// Roots whose commands are written out.
const ROOTS: usize = 6;

/// The roots that something changes in, of Pulumi's programs or of Terraform's folders.
#[derive(Default)]
pub(super) struct Roots<'a> {
    programs: Vec<&'a str>,
    folders: Vec<&'a str>,
}

impl<'a> Roots<'a> {
    pub fn of(changed: impl Iterator<Item = &'a Address>) -> Roots<'a> {
        let mut all = Roots::default();
        for address in changed.map(Address::as_str) {
            // Every address is looked at; most have neither sign, and one pass without a branch tells.
            let (root, of_program) = match address.bytes().fold(false, |found, byte| found | matches!(byte, b'/' | b':')) {
                true => (in_own_root(address).0, address.contains("::")),
                false => ("", false),
            };
            let roots = if of_program { &mut all.programs } else { &mut all.folders };
            // Neighbours are most often of one root.
            if roots.last() != Some(&root) && !roots.contains(&root) {
                roots.push(root);
            }
        }
        all
    }
}

/// A command for each of the roots, one after the other.
pub(super) fn in_roots(command: &str, first: &Address, roots: &Roots<'_>) -> EcoString {
    // Of a change in two tools' words, each command names the roots of its own.
    let roots: &[&str] = match (command.contains("pulumi "), command.contains("terraform ")) {
        (true, _) => &roots.programs,
        (false, true) => &roots.folders,
        (false, false) => &[],
    };
    match roots.len() {
        0 | 1 => in_root(command, first),
        2..=ROOTS => {
            let commands = roots.iter().map(|root| match *root {
                "" => command.into(),
                root => in_folder(command, &quoted(root)),
            });
            commands.collect::<Vec<EcoString>>().join(" && ").into()
        }
        many => in_folder(command, &format!("<each of the {many} roots>")),
    }
}

/// The address as the tool of its own root knows it.
pub(super) fn local(address: &Address) -> &str {
    in_own_root(address.as_str()).1
}

/// The root, empty for the only one, and the address in it.
fn in_own_root(address: &str) -> (&str, &str) {
    address.split_once("//").unwrap_or(("", address))
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
        .collect::<EcoString>()
        .replace("*", "<key>")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_root_that_changes_has_its_command() {
        let told = |addresses: &[&str]| {
            let addresses: Vec<Address> = addresses.iter().map(|address| Address::plain(*address)).collect();
            in_roots("terraform apply", &addresses[0], &Roots::of(addresses.iter())).to_string()
        };
        assert_eq!(told(&["aws_vpc.a", "aws_vpc.b"]), "terraform apply");
        assert_eq!(told(&["live/a//aws_vpc.a"]), "terraform -chdir=live/a apply");
        assert_eq!(
            told(&["live/b//aws_vpc.a", "live/a//aws_vpc.a", "live/b//aws_vpc.b"]),
            "terraform -chdir=live/b apply && terraform -chdir=live/a apply"
        );
        assert_eq!(told(&["aws_vpc.a", "boot//aws_vpc.b"]), "terraform apply && terraform -chdir=boot apply");
        let many = ["a//x.a", "b//x.a", "c//x.a", "d//x.a", "e//x.a", "f//x.a", "g//x.a"];
        assert_eq!(told(&many), "terraform -chdir=<each of the 7 roots> apply");
        let programs = ["net//aws:ec2/vpc:Vpc::main", "app//aws:sqs/queue:Queue::jobs"].map(Address::plain);
        assert_eq!(in_roots("pulumi up", &programs[0], &Roots::of(programs.iter())), "pulumi -C net up && pulumi -C app up");
    }
}
