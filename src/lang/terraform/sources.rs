//! Sources of modules that are worked out of variables and locals: which folders they may name, before anything has a
//! value.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::paths;
use crate::model::{Expr, ExprKind, Module, ModuleCall, Part, Step, Value};

/// Work on the sources of a whole program, counted in comparisons with a folder. Past it, what they name is a root.
pub const WORK: u32 = 2_000_000;
/// What one step through an expression counts.
const STEP: u32 = 100;
/// What is not known of a source; a name or a part of one.
const OPEN: char = '*';
/// So many locals and arms are followed, one in another.
const DEPTH: u32 = 6;
/// So many texts are taken of what an expression may come to, and of so many bytes.
const MOST: usize = 8;
const LONGEST: usize = 1_000;

/// The folders among those at hand that the worked-out sources of a module may name, seen from its own.
pub fn possible<'f>(folder: &str, module: &Module, known: impl Iterator<Item = &'f EcoString> + Clone, left: &mut u32) -> Vec<EcoString> {
    let mut sources = module.calls.iter().filter_map(ModuleCall::worked_out_source).peekable();
    if sources.peek().is_none() {
        return Vec::new();
    }
    let mut names = FxHashMap::default();
    names.extend(module.locals.iter().map(|it| (("local", it.name.as_str()), &it.value)));
    names.extend(module.variables.iter().filter_map(|it| Some((("var", it.name.as_str()), it.default.as_ref()?))));
    let mut found = Vec::new();
    for source in sources {
        for pattern in patterns(source, &names, DEPTH, left).iter().filter_map(|pattern| paths::local_source(folder, pattern)) {
            let mut within = |_: &&EcoString| left.checked_sub(1).map(|rest| *left = rest).is_some();
            found.extend(known.clone().take_while(&mut within).filter(|path| fits(&pattern, path)).cloned());
        }
    }
    found
}

/// What an expression may come to, as text with open places. Locals and defaults by `local` or `var` and their name.
fn patterns(source: &Expr, names: &FxHashMap<(&str, &str), &Expr>, depth: u32, left: &mut u32) -> Vec<EcoString> {
    let open = || vec![EcoString::from(OPEN)];
    let (Some(depth), Some(rest)) = (depth.checked_sub(1), left.checked_sub(STEP)) else { return open() };
    *left = rest;
    match &source.kind {
        ExprKind::Literal(Value::Text(text)) => vec![text.clone()],
        ExprKind::Conditional { then, otherwise, .. } => {
            let mut all = patterns(then, names, depth, left);
            all.extend(patterns(otherwise, names, depth, left));
            all.truncate(MOST);
            all
        }
        ExprKind::Template(parts) => {
            let mut all = vec![EcoString::new()];
            for part in parts {
                let ends = match part {
                    Part::Text(text) => vec![text.clone()],
                    Part::Interpolation(inner) => patterns(inner, names, depth, left),
                    Part::If { .. } | Part::For { .. } => open(),
                };
                let pairs = all.iter().flat_map(|begin| ends.iter().map(move |end| (begin, end)));
                let short = pairs.filter(|(begin, end)| begin.len() + end.len() <= LONGEST);
                all = short.take(MOST).map(|(begin, end)| eco_format!("{begin}{end}")).collect();
                if all.is_empty() {
                    break;
                }
            }
            all
        }
        ExprKind::Reference { root, steps } => {
            let Some(Step::Name(name, _)) = steps.first().filter(|_| steps.len() == 1) else { return open() };
            match (root.as_str(), names.get(&(root.as_str(), name.as_str()))) {
                ("local", Some(value)) => patterns(value, names, depth, left),
                // Another value may be given; a way to a folder is most often not.
                ("var", Some(Expr { kind: ExprKind::Literal(Value::Text(text)), .. })) if text.contains('/') => vec![text.clone()],
                _ => open(),
            }
        }
        _ => open(),
    }
}

/// Whether a path is of a pattern: step by step, for what is open holds no slash.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut steps, mut names) = (pattern.split('/'), path.split('/'));
    loop {
        match (steps.next(), names.next()) {
            (None, None) => return true,
            (Some(step), Some(name)) if step_fits(step, name) => {}
            _ => return false,
        }
    }
}

fn step_fits(step: &str, name: &str) -> bool {
    let Some((head, rest)) = step.split_once(OPEN) else { return step == name };
    let (middle, tail) = rest.rsplit_once(OPEN).unwrap_or(("", rest));
    let between = name.strip_prefix(head).and_then(|name| name.strip_suffix(tail));
    between.is_some_and(|between| middle.split(OPEN).try_fold(between, |left, part| Some(left.split_once(part)?.1)).is_some())
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn what_is_open_is_a_name_or_a_part_of_one() {
        for (pattern, path) in [("a", "a"), ("a/*", "a/b"), ("*-queue", "small-queue"), ("a/*b*c", "a/xbxbc"), ("a/**b", "a/b"), ("", "")] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("a/*", "a"), ("a/*", "a/b/c"), ("*-queue", "small-queues"), ("ab*bc", "abc"), ("a/*b*c", "a/xc"), ("", "a")]
        {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }
}
