//! YAML. Encoding is complete; decoding waits for a reader.

use super::argument::{any, give, text, unsupported};
use super::{Outcome, functions, json};
use crate::evaluate::functions::argument::sorted;
use crate::model::Value;

functions! {
    whole "yamldecode"(1) = yamldecode;
    whole "yamlencode"(1) = yamlencode;
}

fn yamldecode(args: &[Value]) -> Outcome {
    let source = text(args, 0)?;
    match json::parse(&source) {
        Some(value) => Ok(value),
        None => unsupported("yamldecode()"),
    }
}

fn yamlencode(args: &[Value]) -> Outcome {
    let mut out = String::new();
    block(any(args, 0)?, 0, &mut out);
    give(out)
}

/// A value on lines of its own, as the language writes it: keys and texts quoted, lists not indented.
fn block(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::List(items) if !items.is_empty() => {
            for item in items.iter() {
                pad(indent, out);
                out.push_str("- ");
                nested(item, indent + 2, out);
            }
        }
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in sorted(object) {
                pad(indent, out);
                entry(key, value, indent, out);
            }
        }
        scalar => {
            write_scalar(scalar, indent, out);
            out.push('\n');
        }
    }
}

fn entry(key: &str, value: &Value, indent: usize, out: &mut String) {
    json::write(&Value::text(key), out);
    out.push(':');
    match value {
        Value::List(items) if !items.is_empty() => {
            out.push('\n');
            block(value, indent, out);
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('\n');
            block(value, indent + 2, out);
        }
        scalar => {
            out.push(' ');
            write_scalar(scalar, indent + 2, out);
            out.push('\n');
        }
    }
}

/// A value after a dash: its first line goes on there.
fn nested(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (at, (key, value)) in sorted(object).into_iter().enumerate() {
                if at > 0 {
                    pad(indent, out);
                }
                entry(key, value, indent, out);
            }
        }
        Value::List(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    pad(indent, out);
                }
                out.push_str("- ");
                nested(item, indent + 2, out);
            }
        }
        scalar => {
            write_scalar(scalar, indent, out);
            out.push('\n');
        }
    }
}

fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Text(text) if text.contains('\n') => {
            // Several lines are a literal block; how its last line ends is told by the sign.
            out.push_str(match (text.ends_with("\n\n"), text.ends_with('\n')) {
                (true, _) => "|+",
                (false, true) => "|",
                (false, false) => "|-",
            });
            let body = text.strip_suffix('\n').unwrap_or(text);
            for line in body.split('\n') {
                out.push('\n');
                if !line.is_empty() {
                    pad(indent, out);
                    out.push_str(line);
                }
            }
        }
        Value::List(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
        scalar => json::write(scalar, out),
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
