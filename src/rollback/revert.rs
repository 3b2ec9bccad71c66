//! The general way back: the version before, applied again; for what was never there before, its removal.

use ecow::{EcoString, eco_format};

use crate::catalog::impact::{self, stateful};
use crate::change::Change;
use crate::impact::short_name;
use crate::model::{Action, Mode, Resource, Setting, Snapshot, StepKind, Tier};
use crate::source::Span;

use super::fill::Tool;
use super::templates::Subject;
use super::{Step, fill};

/// Resources that a step names; the rest is counted.
const NAMED: usize = 3;

/// Steps before the version before can be applied: what was made by this change and refuses to be deleted.
pub(super) fn obstacles(changes: &[Change], after: &Snapshot) -> Vec<Step> {
    let made = changes.iter().filter(|change| change.action == Action::Create);
    let found = made.filter_map(|change| {
        let resource = change.after.and_then(|id| after.resource(id))?;
        Some((resource, obstacle(resource)?))
    });
    gather(
        found.collect(),
        |(resource, _)| resource,
        |(resource, obstacle)| {
            let (text, command) = obstacle.words(resource);
            step(StepKind::Revert, resource, resource.own_words(text), command, resource.span)
        },
    )
}

/// Why a resource that this change makes cannot simply be deleted again.
enum Obstacle {
    /// By this argument.
    Protected(&'static str),
    PreventDestroy,
    Objects,
    Images,
    NoFinalSnapshot,
}

impl Obstacle {
    /// What to do about it, and with which command.
    fn words(&self, resource: &Resource) -> (EcoString, Option<EcoString>) {
        let name = short_name(&resource.address);
        match self {
            Obstacle::Protected(argument) => {
                (eco_format!("Set `{argument}` of `{name}` to false and apply, so that it can be deleted"), None)
            }
            Obstacle::PreventDestroy => (eco_format!("Take `prevent_destroy` of `{name}` out of the files"), None),
            Obstacle::Objects => {
                let command = fill::command("aws s3 rm s3://{bucket} --recursive", resource);
                (eco_format!("Empty the bucket `{name}`: it is not deleted while it has objects"), Some(command))
            }
            Obstacle::Images => (eco_format!("Delete the images in `{name}`: it is not deleted while it has any"), None),
            Obstacle::NoFinalSnapshot => {
                (eco_format!("Set `final_snapshot_identifier` of `{name}` and apply: its deletion is refused without one"), None)
            }
        }
    }
}

fn obstacle(resource: &Resource) -> Option<Obstacle> {
    let is = |argument: &str, wanted: bool| matches!(resource.setting(argument), Setting::Known(value) if value.as_bool() == Some(wanted));
    let protection =
        ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"].into_iter().find(|name| is(name, true));
    if let Some(argument) = protection {
        return Some(Obstacle::Protected(argument));
    }
    if resource.prevent_destroy {
        return Some(Obstacle::PreventDestroy);
    }
    match resource.r#type.as_str() {
        "aws_s3_bucket" if !is("force_destroy", true) => Some(Obstacle::Objects),
        "aws_ecr_repository" if !is("force_delete", true) => Some(Obstacle::Images),
        "aws_db_instance" | "aws_rds_cluster" | "aws_docdb_cluster" | "aws_neptune_cluster" | "aws_redshift_cluster"
            if resource.setting("replicate_source_db") == Setting::Absent
                && !is("skip_final_snapshot", true)
                && resource.setting("final_snapshot_identifier") == Setting::Absent
                && !matches!(resource.setting("skip_final_snapshot"), Setting::Unknown(_)) =>
        {
            Some(Obstacle::NoFinalSnapshot)
        }
        _ => None,
    }
}

/// Applying the version before, and looking whether it holds.
pub(super) fn apply_before(changes: &[Change], subjects: &[Subject<'_>], after: &Snapshot, restores: bool) -> Vec<Step> {
    let Some(first) = worst(changes, subjects, after) else { return Vec::new() };
    let count = |action: Action| changes.iter().filter(|change| change.action == action).count();
    let parts: Vec<EcoString> = [
        (count(Action::Create), "removed"),
        (count(Action::Update), "set back"),
        (count(Action::Replace), "replaced again"),
        (count(Action::Delete), "made again"),
        (count(Action::Move), "moved back"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| eco_format!("{number} {word}"))
    .collect();
    let tool = commands(first);
    let roots = fill::Roots::of(changes.iter().map(|change| &change.address));
    let everywhere = |command: &str| fill::in_roots(command, &first.address, &roots);
    let command = eco_format!("git revert --no-edit <commit> && {}", everywhere(tool.apply));
    let mut apply = step(
        StepKind::Revert,
        first,
        eco_format!("Apply the version before: {} (at least 1–5 min, assumed)", parts.join(", ")),
        Some(command),
        first.span,
    );
    if restores {
        apply.precondition = Some("the restored data are in the state, so that they are not made again empty".into());
    }
    let check = everywhere(tool.compare);
    let verify = step(StepKind::Verify, first, "Check that nothing is left to change".into(), Some(check), first.span);
    vec![apply, verify]
}

/// The commands of the tool that a resource is deployed with.
struct Commands {
    apply: &'static str,
    compare: &'static str,
    destroy: &'static str,
    list: &'static str,
}

fn commands(resource: &Resource) -> Commands {
    match Tool::of(resource) {
        Tool::CloudFormation => Commands {
            apply: "aws cloudformation deploy --stack-name <stack> --template-file <template>",
            compare: "aws cloudformation detect-stack-drift --stack-name <stack>",
            destroy: "aws cloudformation delete-stack --stack-name <stack>",
            list: "aws cloudformation describe-stacks --stack-name <stack>",
        },
        Tool::Pulumi => {
            Commands { apply: "pulumi up", compare: "pulumi preview --expect-no-changes", destroy: "pulumi destroy", list: "pulumi stack" }
        }
        Tool::Terraform => Commands {
            apply: "terraform apply",
            compare: "terraform plan -detailed-exitcode",
            destroy: "terraform destroy",
            list: "terraform state list",
        },
    }
}

/// The resource that the general steps cite: the gravest change.
fn worst<'a>(changes: &[Change], subjects: &[Subject<'a>], after: &'a Snapshot) -> Option<&'a Resource> {
    let rank = |action: Action| match action {
        Action::Replace => 0,
        Action::Delete => 1,
        Action::Update => 2,
        _ => 3,
    };
    let subject = subjects.iter().min_by_key(|subject| rank(subject.change.action)).map(|subject| subject.resource);
    subject.or_else(|| changes.iter().find_map(|change| change.after.and_then(|id| after.resource(id))))
}

/// The way back of a first deployment: save what came to be, then remove all of it.
pub(super) fn remove_all(changes: &[Change], after: &Snapshot) -> Vec<Step> {
    let made: Vec<&Resource> = changes
        .iter()
        .filter(|change| change.action == Action::Create)
        .filter_map(|change| change.after.and_then(|id| after.resource(id)))
        .filter(|resource| resource.mode == Mode::Managed || resource.mode == Mode::Module)
        .collect();
    let Some(first) = made.first() else { return Vec::new() };
    let holding: Vec<_> = made.iter().filter_map(|resource| Some((*resource, stateful(&resource.r#type)?))).collect();
    let holds = !holding.is_empty();
    let mut steps = gather(
        holding,
        |(resource, _)| resource,
        |(resource, stateful)| {
            let template = impact::of(&resource.r#type)
                .and_then(|facts| facts.before.iter().find(|step| step.kind == StepKind::Backup && step.on.holds(Action::Delete, false)));
            let (text, command) = match template {
                Some(template) => (fill::text(template.text, resource), template.command.map(|command| fill::command(command, resource))),
                None => (eco_format!("Save the {} of the {} `{}`", stateful.holds, stateful.noun, short_name(&resource.address)), None),
            };
            let command = command.map(|it| renamed(&it));
            Step { tier: Tier::Data, ..step(StepKind::Backup, resource, renamed(&text), command, resource.span) }
        },
    );
    steps.extend(obstacles(changes, after));
    let number = made.len();
    let text = eco_format!("Remove all {number} resources, in the reverse order of their dependencies");
    let tool = commands(first);
    let roots = fill::Roots::of(made.iter().map(|resource| &resource.address));
    let everywhere = |command: &str| fill::in_roots(command, &first.address, &roots);
    let command = everywhere(tool.destroy);
    let mut destroy = step(StepKind::Destroy, first, text, Some(command), first.span);
    destroy.loses_data = holds;
    destroy.precondition = holds.then(|| "what is worth keeping is saved".into());
    let check = everywhere(tool.list);
    steps.push(destroy);
    steps.push(step(StepKind::Verify, first, "Check that nothing is left in the state".into(), Some(check), first.span));
    steps
}

/// Backups of a removal are named for what they come before.
fn renamed(text: &str) -> EcoString {
    text.replace("-before-change", "-before-removal").into()
}

/// Many steps of one kind become a few, and one that counts the rest. Only the few are worded.
fn gather<T>(subjects: Vec<T>, resource: impl Fn(&T) -> &Resource, worded: impl Fn(&T) -> Step) -> Vec<Step> {
    const WRITTEN_OUT: usize = 12;
    let mut steps: Vec<Step> = subjects.iter().take(WRITTEN_OUT).map(worded).collect();
    let rest = subjects.len().saturating_sub(WRITTEN_OUT);
    if let (Some(last), 1..) = (steps.last_mut(), rest) {
        let names: Vec<&str> =
            subjects.iter().skip(WRITTEN_OUT).take(NAMED).map(|subject| short_name(&resource(subject).address)).collect();
        let others = if rest > names.len() { eco_format!(" and {} others", rest - names.len()) } else { EcoString::new() };
        last.text = eco_format!("{}; do the same for {}{others}", last.text, names.join(", "));
    }
    steps
}

fn step(kind: StepKind, resource: &Resource, text: EcoString, command: Option<EcoString>, span: Span) -> Step {
    Step {
        tier: Tier::Full,
        address: resource.address.clone(),
        kind,
        text,
        command,
        precondition: None,
        loses_data: false,
        minutes: None,
        span,
    }
}
