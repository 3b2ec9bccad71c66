//! Addresses written in configuration, and folders that module sources name.

use ecow::{EcoString, eco_format};

use super::lowering::Lowering;
use crate::model::{Address, Expr, ExprKind, Key, Number, Step, Value};

/// An address as `moved` and `removed` write it: a resource, an instance, a module or a module instance.
pub(super) fn address(low: &mut Lowering<'_>, value: &Expr) -> Option<Address> {
    let ExprKind::Reference { root, steps } = &value.kind else {
        if !matches!(value.kind, ExprKind::Unknown(_)) {
            low.error(value.span, "an address is expected here");
        }
        return None;
    };
    let Some(parts) = segments(root, steps) else {
        low.error_with_help(value.span, "this is no address", "write `type.name`, `module.name`, or either with `[0]` or `[\"key\"]`");
        return None;
    };
    let mut module = EcoString::new();
    let mut rest = parts.as_slice();
    while let [Segment { name: "module", key: Key::None }, Segment { name, key }, tail @ ..] = rest {
        let dot = if module.is_empty() { "" } else { "." };
        module = eco_format!("{module}{dot}module.{name}{key}");
        rest = tail;
    }
    match rest {
        [] if !module.is_empty() => Some(Address::plain(module)),
        [Segment { name: "data", key: Key::None }, Segment { name: kind, key: Key::None }, Segment { name, key }] => {
            Some(Address::terraform(&module, true, kind, name, key))
        }
        [Segment { name: kind, key: Key::None }, Segment { name, key }] => Some(Address::terraform(&module, false, kind, name, key)),
        _ => {
            low.error_with_help(value.span, "this is no address", "write `type.name`, `module.name`, or either with `[0]` or `[\"key\"]`");
            None
        }
    }
}

struct Segment<'e> {
    name: &'e str,
    key: Key,
}

/// Names, each with the key that follows it; `None` when a key is computed.
fn segments<'e>(root: &'e EcoString, steps: &'e [Step]) -> Option<Vec<Segment<'e>>> {
    let mut segments = vec![Segment { name: root, key: Key::None }];
    for step in steps {
        match step {
            Step::Name(name, _) => segments.push(Segment { name, key: Key::None }),
            Step::Index(index) => segments.last_mut()?.key = key(index)?,
            Step::Splat(_) | Step::LegacySplat(_) => return None,
        }
    }
    Some(segments)
}

fn key(index: &Expr) -> Option<Key> {
    match &index.kind {
        ExprKind::Literal(Value::Text(text)) => Some(Key::Name(text.clone())),
        ExprKind::Literal(Value::Number(number)) => Number::to_i64(*number).and_then(|number| u64::try_from(number).ok()).map(Key::Index),
        _ => None,
    }
}

/// The folder of a path, without trailing slash; empty for the top.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folder that a local module source names, seen from `folder`: `./x` and `../x`, normalised.
/// `None` for sources of any other kind. What leads above the top keeps its `..`.
pub fn local_source(folder: &str, source: &str) -> Option<EcoString> {
    let local = source == "." || source == ".." || source.starts_with("./") || source.starts_with("../");
    local.then(|| join(folder, source))
}

/// Joins two paths and resolves `.` and `..` in the result.
pub fn join(folder: &str, path: &str) -> EcoString {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let absolute = if folder.starts_with('/') { "/" } else { "" };
    eco_format!("{absolute}{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_folders_seen_from_their_module() {
        assert_eq!(local_source("infra/app", "../modules/vpc/"), Some("infra/modules/vpc".into()));
        assert_eq!(local_source("infra", "./a/../b"), Some("infra/b".into()));
        assert_eq!(local_source("infra", "../.."), Some("..".into()));
        assert_eq!(local_source("", "./network"), Some("network".into()));
        assert_eq!(local_source("/srv/infra", ".."), Some("/srv".into()));
        assert_eq!(local_source("infra", "terraform-aws-modules/vpc/aws"), None);
        assert_eq!(local_source("infra", "git::https://example.org/x.git"), None);
    }
}
