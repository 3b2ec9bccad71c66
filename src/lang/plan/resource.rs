//! Addresses and the frame of a resource, as entries of plans and states name them.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};

use crate::model::{Address, Key, Mode, Object, Resource};
use crate::syntax::document::{Node, Scalar};

/// A resource of an entry in `resource_changes`, still without arguments.
pub(super) fn shell(entry: &Node) -> Option<Resource> {
    shell_in(entry, entry.get("module_address").and_then(Node::text).unwrap_or_default())
}

/// A resource of an entry, in a module.
pub(super) fn shell_in(entry: &Node, module: &str) -> Option<Resource> {
    let text = |name: &str| entry.get(name).and_then(Node::text);
    let (native_type, name) = (text("type")?, text("name")?);
    let mode = if text("mode") == Some("data") { Mode::Data } else { Mode::Managed };
    let key = match entry.get("index").and_then(Node::scalar) {
        _ if entry.get("index_unknown").and_then(Node::text) == Some("true") => Key::Unknown,
        Some(Scalar::Integer(at)) => u64::try_from(at).map_or(Key::None, Key::Index),
        Some(Scalar::Text(key)) => Key::Name(key.into()),
        _ => Key::None,
    };
    let count_unknown = (key == Key::Unknown).then(EcoString::new);
    let address = Address::terraform(module, mode == Mode::Data, native_type, name, &key);
    let address = match text("deposed") {
        Some(deposed) => Address::plain(eco_format!("{address} (deposed {deposed})")),
        None => address,
    };
    let provider = text("provider_name").and_then(|name| name.rsplit('/').next());
    let provider = provider.unwrap_or_else(|| native_type.split('_').next().unwrap_or_default());
    Some(Resource {
        address,
        mode,
        native_type: native_type.into(),
        r#type: native_type.into(),
        name: name.into(),
        provider: provider.into(),
        region: None,
        count_unknown,
        attributes: Arc::new(Object::default()),
        references: EcoVec::new(),
        span: entry.get("address").map_or(entry.span, |address| address.span),
        declaration: None,
        prevent_destroy: false,
        create_before_destroy: false,
        ignore_changes: EcoVec::new(),
        replace_triggered_by: EcoVec::new(),
        replace_on_changes: EcoVec::new(),
        retained: false,
        native: None,
    })
}

/// An address as printed, of the type that an entry has.
pub(super) fn address(text: &str, entry: &Node) -> Address {
    let native_type = entry.get("type").and_then(Node::text).unwrap_or_default();
    let at = text.rfind(native_type).filter(|_| !native_type.is_empty());
    let (module, rest) = match at.and_then(|at| text.split_at_checked(at)) {
        Some((module, rest)) => (module.trim_end_matches("data.").trim_end_matches('.'), rest),
        None => return Address::plain(text),
    };
    let Some((_, named)) = rest.split_once('.') else { return Address::plain(text) };
    let (name, key) = named.split_once('[').map_or((named, None), |(name, key)| (name, key.strip_suffix(']')));
    let key = match key {
        None => Key::None,
        Some(key) => match (key.parse(), key.strip_prefix('"').and_then(|key| key.strip_suffix('"'))) {
            (Ok(at), _) => Key::Index(at),
            (_, Some(key)) => Key::Name(key.into()),
            _ => return Address::plain(text),
        },
    };
    let built = Address::terraform(module, text.contains("data."), native_type, name, &key);
    if built.as_str() == text { built } else { Address::plain(text) }
}

/// Steps of a module path, each with its instance key: `module.a["x"].module.b`.
pub(super) fn steps(module: &str) -> Vec<(&str, &str)> {
    let mut steps = Vec::new();
    let mut rest = module;
    while let Some(after) = rest.strip_prefix("module.") {
        let end = after.find(['.', '[']).unwrap_or(after.len());
        let (name, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        let close = if tail.starts_with("[\"") {
            tail.find("\"]").map(|at| at + 2)
        } else {
            tail.starts_with('[').then(|| tail.find(']').map_or(0, |at| at + 1))
        };
        let (key, tail) = tail.split_at_checked(close.unwrap_or(0)).unwrap_or(("", tail));
        steps.push((name, key));
        rest = tail.strip_prefix('.').unwrap_or("");
    }
    steps
}

/// The module path without instance keys.
pub(super) fn without_keys(module: &str) -> EcoString {
    let names: Vec<String> = steps(module).iter().map(|(name, _)| format!("module.{name}")).collect();
    names.join(".").into()
}

/// Whether something in one module instance can mean something in another: where both are in instances of the
/// same call, it is the same instance.
pub(super) fn together(left: &str, right: &str) -> bool {
    left == right || steps(left).iter().zip(&steps(right)).take_while(|(a, b)| a.0 == b.0).all(|(a, b)| a.1 == b.1)
}
