//! Sources of modules that are worked out of variables and locals: which folders they may name, before anything has a
//! value.

use ecow::{EcoString, eco_format};

use super::paths;
use crate::model::{Expr, ExprKind, Module, ModuleCall, Part, Step, Value};

/// What is not known of a source; a name or a part of one.
const OPEN: char = '*';
/// A source with more open places names nothing.
const MOST_OPEN: usize = 3;
/// So many locals and arms are followed.
const DEPTH: u32 = 6;

/// The folders among those at hand that the source of a call may name, seen from the folder of its module.
pub fn possible<'f>(folder: &str, module: &Module, call: &ModuleCall, known: impl Iterator<Item = &'f EcoString>) -> Vec<EcoString> {
    let Some(source) = call.worked_out_source() else { return Vec::new() };
    let patterns: Vec<EcoString> = patterns(source, module, DEPTH)
        .iter()
        .filter(|pattern| pattern.matches(OPEN).count() <= MOST_OPEN)
        .filter_map(|pattern| paths::local_source(folder, pattern))
        .collect();
    known.filter(|path| patterns.iter().any(|pattern| fits(pattern, path))).cloned().collect()
}

/// What an expression may come to, as text with open places.
fn patterns(source: &Expr, module: &Module, depth: u32) -> Vec<EcoString> {
    let open = || vec![EcoString::from(OPEN)];
    let Some(depth) = depth.checked_sub(1) else { return open() };
    match &source.kind {
        ExprKind::Literal(Value::Text(text)) => vec![text.clone()],
        ExprKind::Conditional { then, otherwise, .. } => {
            let mut all = patterns(then, module, depth);
            all.extend(patterns(otherwise, module, depth));
            all
        }
        ExprKind::Template(parts) => parts.iter().fold(vec![EcoString::new()], |all, part| {
            let ends = match part {
                Part::Text(text) => vec![text.clone()],
                Part::Interpolation(inner) => patterns(inner, module, depth),
                Part::If { .. } | Part::For { .. } => open(),
            };
            let joined = |begin: &EcoString| ends.iter().map(|end| eco_format!("{begin}{end}")).collect::<Vec<_>>();
            all.iter().take(8).flat_map(joined).collect()
        }),
        ExprKind::Reference { root, steps } => {
            let Some(Step::Name(name, _)) = steps.first().filter(|_| steps.len() == 1) else { return open() };
            match root.as_str() {
                "local" => module.locals.iter().find(|it| it.name == *name).map_or_else(open, |it| patterns(&it.value, module, depth)),
                // Another value may be given; a way to a folder is most often not.
                "var" => match module.variables.iter().find(|it| it.name == *name).and_then(|it| it.default.as_ref()) {
                    Some(Expr { kind: ExprKind::Literal(Value::Text(text)), .. }) if text.contains('/') => vec![text.clone()],
                    _ => open(),
                },
                _ => open(),
            }
        }
        _ => open(),
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let Some((head, rest)) = pattern.split_once(OPEN) else { return pattern == path };
    path.strip_prefix(head).is_some_and(|left| {
        let name = left.find('/').unwrap_or(left.len());
        (0..=name).any(|end| left.get(end..).is_some_and(|left| fits(rest, left)))
    })
}
