//! What the transform knows as data: policy templates, connectors, where managed policies lie. `data/sam/`, packed.

use std::sync::LazyLock;

use super::json;
use super::map::Map;
use super::value::Value;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sam.bin"));

static TABLES: LazyLock<Map> = LazyLock::new(|| {
    let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
    let value = std::str::from_utf8(&bytes).ok().and_then(json::parse);
    value.as_ref().and_then(Value::map).cloned().unwrap_or_default()
});

/// The parameters and statements of a policy template.
pub fn policy_template(name: &str) -> Option<&'static Value> {
    TABLES.get("policies")?.get(name)
}

/// What a connector from one type to another makes.
pub fn connector(source: &str, destination: &str) -> Option<&'static Value> {
    TABLES.get("connectors")?.get(source)?.get(destination)
}

/// The path of a managed policy of AWS: most lie at the top.
pub fn managed_policy_path(name: &str) -> &'static str {
    let lies_in = |path: &str| {
        let names = TABLES.get("managed").and_then(|managed| managed.get(path)).and_then(Value::text);
        names.is_some_and(|names| names.split(' ').any(|own| own == name))
    };
    ["service-role/", "job-function/"].into_iter().find(|path| lies_in(path)).unwrap_or("")
}
