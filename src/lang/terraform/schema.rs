//! What Terraform's own blocks may hold. A resource's arguments are its provider's matter.

use ecow::{EcoString, eco_format};

use super::lowering::Lowering;
use crate::model::{Attribute, Block, Body, Expr, ExprKind, ObjectItem, Part, Step, Value};
use crate::source::Span;

/// Reports arguments and blocks that a block does not have, and those that it lacks.
pub(super) fn check(low: &mut Lowering<'_>, kind: &str, header: Span, body: &Body) {
    // Terraform's and OpenTofu's together.
    let (arguments, blocks) = match kind {
        "variable" => ("type default description sensitive nullable ephemeral deprecated const", "validation"),
        "output" => ("value type description sensitive depends_on ephemeral deprecated", "precondition"),
        "validation" | "precondition" | "postcondition" | "assert" => ("condition error_message", ""),
        "moved" => ("from to", ""),
        "removed" => ("from", "lifecycle provisioner connection"),
        "import" => ("to id identity provider for_each", ""),
        "lifecycle" => (
            "prevent_destroy create_before_destroy ignore_changes replace_triggered_by enabled destroy",
            "precondition postcondition action_trigger",
        ),
        "terraform" => ("required_version experiments language", "required_providers backend cloud provider_meta state_store encryption"),
        "required_providers" => return body.attributes.iter().for_each(|it| versions(low, &it.value)),
        _ => return,
    };
    for Attribute { name, name_span, value } in &body.attributes {
        if name == "required_version" {
            versions(low, value);
        }
        if !holds(arguments, name) {
            low.error(*name_span, eco_format!("`{kind}` has no argument `{name}`"));
        }
    }
    for Block { name, header, labels, body, .. } in &body.blocks {
        if !holds(blocks, name) {
            low.error(*header, eco_format!("`{kind}` has no block `{name}`"));
            continue;
        }
        if !labels.is_empty() && kind != "terraform" && name != "provisioner" {
            low.error(*header, eco_format!("`{name}` takes no label"));
        }
        check(low, name, *header, body);
    }
    once(low, kind, &body.blocks);
    // What is broken may hold what seems to lack.
    let needed = if arguments == "condition error_message" && !low.damaged { arguments } else { "" };
    for lacks in needed.split_terminator(' ').filter(|name| body.attribute(name).is_none()) {
        low.error(header, eco_format!("`{kind}` needs `{lacks}`"));
    }
}

/// Reports blocks that stand there a second time.
fn once(low: &mut Lowering<'_>, kind: &str, blocks: &[Block]) {
    const ONCE: &str = "backend cloud required_providers lifecycle connection";
    let mut seen: Vec<&str> = Vec::new();
    for block in blocks.iter().filter(|block| holds(ONCE, &block.name)) {
        if seen.contains(&block.name.as_str()) {
            low.error(block.header, eco_format!("`{kind}` has `{}` once", block.name));
        } else {
            seen.push(&block.name);
        }
    }
}

/// Reports what is no type where one has to stand. `list` and `map` alone, and the quoted forms, are those of older versions.
pub(super) fn constraint(low: &mut Lowering<'_>, value: &Expr) {
    match &value.kind {
        ExprKind::Reference { root, steps } if steps.is_empty() && holds("list map", root) => {}
        ExprKind::Literal(Value::Text(name)) if holds("string list map", name) => {}
        _ => part_of_type(low, value, false),
    }
}

fn part_of_type(low: &mut Lowering<'_>, value: &Expr, attribute: bool) {
    let (function, first) = match &value.kind {
        ExprKind::Reference { root, steps } if steps.is_empty() && holds("any string number bool", root) => return,
        ExprKind::Unknown(_) => return,
        ExprKind::Call { function, args, .. } => match args.as_slice() {
            [first] => (function.as_str(), Some(first)),
            [first, _] if function == "optional" => (function.as_str(), Some(first)),
            _ => ("", None),
        },
        _ => ("", None),
    };
    match (function, first.map(|first| (&first.kind, first))) {
        ("list" | "set" | "map", Some((_, first))) => part_of_type(low, first, false),
        ("optional", Some((_, first))) if attribute => part_of_type(low, first, false),
        ("tuple", Some((ExprKind::List(items), _))) => items.iter().for_each(|item| part_of_type(low, item, false)),
        ("object", Some((ExprKind::Object(items), _))) => items.iter().for_each(|item| part_of_type(low, &item.value, true)),
        (_, Some((ExprKind::Unknown(_), _))) => {}
        _ => low.error(value.span, "this is no type"),
    }
}

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|it| it == word)
}

/// Names that other text refers to begin with a letter and hold letters, digits, `_` and `-`.
pub(super) fn names(low: &mut Lowering<'_>, kind: &str, header: Span, labels: &[EcoString]) {
    const MEANT_OTHERWISE: &str = "source version providers count for_each lifecycle depends_on locals";
    for label in labels {
        let letters = |c: char| c == '_' || c == '-' || c.is_alphanumeric() || !c.is_ascii();
        if label.starts_with(|c: char| c == '-' || c.is_ascii_digit()) || label.is_empty() || !label.chars().all(letters) {
            low.error(header, eco_format!("`{label}` is no name"));
        } else if kind == "variable" && holds(MEANT_OTHERWISE, label) {
            low.error(header, eco_format!("a variable cannot be called `{label}`: a module's block has an argument of this name"));
        }
    }
}

/// `count` and `for_each` exclude each other.
pub(super) fn one_repetition(low: &mut Lowering<'_>, count: Option<&Expr>, for_each: Option<&Expr>) {
    if let (Some(_), Some(for_each)) = (count, for_each) {
        low.error(for_each.span, "`for_each` and `count` cannot stand in one block");
    }
}

/// Reports what is no reference in a list of references. Texts were references once, and are read as such.
pub(super) fn references(low: &mut Lowering<'_>, name: &str, value: &Expr) {
    let items = match &value.kind {
        ExprKind::List(items) => items.as_slice(),
        ExprKind::Reference { root, steps } if name == "ignore_changes" && root == "all" && steps.is_empty() => return,
        ExprKind::Unknown(_) => return,
        _ => return low.error(value.span, eco_format!("`{name}` is a list: write it in brackets")),
    };
    for item in items {
        let wrong = match &item.kind {
            ExprKind::Reference { root, .. } if name == "replace_triggered_by" => holds("var local module", root),
            ExprKind::Reference { root, steps } => name == "depends_on" && !is_whole(root, steps),
            ExprKind::Literal(Value::Text(text)) => name == "replace_triggered_by" || text == "*",
            ExprKind::Unknown(_) => false,
            _ => true,
        };
        if wrong {
            low.error(item.span, eco_format!("`{name}` cannot name this"));
        }
    }
}

/// Whether a reference names a block as a whole, or one of its instances, and nothing in it.
fn is_whole(root: &str, steps: &[Step]) -> bool {
    let names = match root {
        "var" | "local" | "module" | "path" | "terraform" => return !steps.is_empty(),
        "each" | "count" | "self" => return false,
        "data" | "ephemeral" | "resource" => 2,
        _ => 1,
    };
    let key = steps.get(names).is_none_or(|key| matches!(key, Step::Index(key) if matches!(key.kind, ExprKind::Literal(_))));
    let named = steps.iter().take_while(|step| matches!(step, Step::Name(..))).count();
    named == names && key && steps.len() <= names + 1
}

/// What an expression refers to and calls; nothing where it binds names of its own, which look like references.
fn asked(value: &Expr) -> Vec<&Expr> {
    let (mut found, mut binds) = (Vec::new(), false);
    value.walk(&mut |it| match &it.kind {
        ExprKind::Reference { .. } | ExprKind::Call { .. } => found.push(it),
        ExprKind::ForList(_) | ExprKind::ForObject(_) => binds = true,
        ExprKind::Template(parts) => binds |= parts.iter().any(|part| matches!(part, Part::If { .. } | Part::For { .. })),
        _ => {}
    });
    found.truncate(if binds { 0 } else { found.len() });
    found
}

/// A variable's value is written out, in its default and in a file of values: nothing is evaluated in it.
pub(super) fn constant(low: &mut Lowering<'_>, value: &Expr) {
    asked(value).iter().for_each(|it| low.error(it.span, "nothing is evaluated here: write the value out"));
}

/// `prevent_destroy` and `create_before_destroy`. OpenTofu evaluates the first.
pub(super) fn rule(low: &mut Lowering<'_>, name: &str, value: &Expr) {
    match &value.kind {
        ExprKind::List(_) | ExprKind::Object(_) => {}
        ExprKind::Literal(known) if known.as_bool().is_none() && *known != Value::Null => {}
        _ if name == "prevent_destroy" => return,
        _ => return constant(low, value),
    }
    low.error(value.span, "`true` or `false` is expected here");
}

/// The condition of a variable looks at the variable.
pub(super) fn validation(low: &mut Lowering<'_>, name: &str, condition: &Expr) {
    let mut own = false;
    condition.walk(&mut |it| {
        own |= match &it.kind {
            ExprKind::Reference { root, steps } => root == "var" && !matches!(steps.first(), Some(Step::Name(other, _)) if other != name),
            ExprKind::Unknown(_) => true,
            _ => false,
        };
    });
    if !own {
        low.error(condition.span, eco_format!("this does not look at `var.{name}`, which it is to judge"));
    }
}

/// Versions that are admitted: `~> 5.0, != 5.1.0`, of providers also as an object that has them.
pub(super) fn versions(low: &mut Lowering<'_>, value: &Expr) {
    match &value.kind {
        ExprKind::Literal(Value::Text(text)) if !text.split(',').all(is_range) => {
            low.error(value.span, eco_format!("`{text}` is no constraint of versions: write it like `~> 1.2` or `>= 1.2, < 3.0`"));
        }
        ExprKind::Object(items) => {
            let of = |item: &&ObjectItem| matches!(&item.key.kind, ExprKind::Literal(Value::Text(name)) if name == "version");
            items.iter().filter(of).for_each(|item| versions(low, &item.value));
        }
        _ => {}
    }
}

fn is_range(text: &str) -> bool {
    let text = text.trim();
    let (sign, number) = text.split_at(text.bytes().position(|c| c.is_ascii_alphanumeric()).unwrap_or(text.len()));
    // Numbers with dots between them; behind them, words of any letters.
    let (mut last, mut numbers) = (b'.', true);
    for c in number.strip_prefix('v').unwrap_or(number).bytes() {
        if !c.is_ascii_digit() {
            let known = c.is_ascii_alphabetic() || matches!(c, b'.' | b'-' | b'+' | b'~' | b'?');
            if !known || last == b'.' && (numbers || c == b'.') {
                return false;
            }
            numbers &= c == b'.';
        }
        last = c;
    }
    last != b'.' && holds(" = != > >= < <= ~>", sign.trim_end())
}

/// The words of provisioners, and what those refer to that run when their resource goes.
pub(super) fn provisioners(low: &mut Lowering<'_>, blocks: &[Block]) {
    let mut at_the_end = false;
    for Block { body, .. } in blocks.iter().filter(|block| block.name == "provisioner" && block.dynamic.is_none()) {
        let mut last = false;
        for Attribute { name, value, .. } in &body.attributes {
            let words = match name.as_str() {
                "when" => "create destroy",
                "on_failure" => "fail continue",
                _ => continue,
            };
            match &value.kind {
                ExprKind::Literal(Value::Text(word)) if holds(words, word) => last |= word == "destroy",
                ExprKind::Unknown(_) => {}
                _ => low.error(value.span, eco_format!("`{name}` is `{}`", words.replace(' ', "` or `"))),
            }
        }
        if last {
            of_itself(low, body);
        }
        at_the_end |= last;
    }
    if at_the_end {
        blocks.iter().filter(|block| block.name == "connection").for_each(|block| of_itself(low, &block.body));
    }
}

fn of_itself(low: &mut Lowering<'_>, body: &Body) {
    for it in body.attributes.iter().flat_map(|attribute| asked(&attribute.value)) {
        let ExprKind::Reference { root, steps } = &it.kind else { continue };
        let key = || matches!(steps.first(), Some(Step::Name(name, _)) if name == "key");
        if !(holds("self count path terraform", root) || root == "each" && key()) {
            low.error(it.span, "when the resource goes, only `self`, `count.index` and `each.key` are left to refer to");
        }
    }
    body.blocks.iter().for_each(|block| of_itself(low, &block.body));
}
