//! Exceptions: what is raised keeps its kind, so that the handler that takes it is the one that the program has for it.

use ecow::{EcoString, eco_format};

use super::access::native;
use super::text::{represented, shown};
use super::value::{Native, Value};
use super::{Interpreter, Stop};
use crate::source::Span;

/// How an exception of the language is marked; its kind follows.
const MARKED: &str = "error:";

/// Kinds with the kind they are one of, where that is not `Exception` itself.
const PARENTS: &[(&str, &str)] = &[
    ("BrokenPipeError", "ConnectionError"),
    ("ConnectionError", "OSError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("GeneratorExit", "BaseException"),
    ("IndexError", "LookupError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("JSONDecodeError", "ValueError"),
    ("KeyError", "LookupError"),
    ("KeyboardInterrupt", "BaseException"),
    ("ModuleNotFoundError", "ImportError"),
    ("NotADirectoryError", "OSError"),
    ("NotImplementedError", "RuntimeError"),
    ("OverflowError", "ArithmeticError"),
    ("PermissionError", "OSError"),
    ("RecursionError", "RuntimeError"),
    ("SystemExit", "BaseException"),
    ("TimeoutError", "OSError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UnicodeError", "ValueError"),
    ("ZeroDivisionError", "ArithmeticError"),
];

/// An exception as a value.
pub fn made(kind: &str, message: Value) -> Value {
    let message = if kind == "KeyError" { represented(&message) } else { message };
    native(&message, &eco_format!("{MARKED}{kind}"))
}

/// Raises an exception of the language.
pub fn raised(kind: &str, message: impl Into<EcoString>, span: Span) -> Stop {
    Stop::Raise(native(&Value::Text(message.into()), &eco_format!("{MARKED}{kind}")), span)
}

/// The kind of an exception of the language.
pub fn kind(native: &Native) -> Option<&str> {
    native.name.strip_prefix(MARKED)
}

/// A member of an exception: what it was made with.
pub fn member(of: &Native, name: &str) -> Option<Value> {
    kind(of)?;
    Some(match name {
        "args" => Value::list(vec![of.this.clone()]),
        "message" | "reason" | "strerror" | "msg" => of.this.clone(),
        "name" => Value::text(kind(of)?),
        "stack" => Value::text(""),
        "__cause__" | "__context__" => Value::Null,
        _ => return None,
    })
}

/// An exception for people.
pub fn said(value: &Value) -> EcoString {
    match value {
        Value::Native(native) => match kind(native) {
            Some(kind) if native.this.as_text().is_some_and(|text| !text.is_empty()) => eco_format!("{kind}: {}", shown(&native.this)),
            Some(kind) => kind.into(),
            None => shown(value),
        },
        other => shown(other),
    }
}

impl Interpreter<'_> {
    /// Whether a handler for `wanted` takes what was raised; `None` where that is not known.
    pub fn catches(&self, raised: &Value, wanted: &Value) -> Option<bool> {
        match (raised, wanted) {
            (_, Value::Tuple(all)) => {
                let mut sure = true;
                for wanted in all.iter() {
                    match self.catches(raised, wanted) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => sure = false,
                    }
                }
                sure.then_some(false)
            }
            (Value::Native(native), Value::Library(path)) => Some(is_one(kind(native)?, last(path))),
            (Value::Native(native), Value::Class(_)) => kind(native).map(|_| false),
            // Raised by its name, without a call.
            (Value::Library(kind), Value::Library(path)) => Some(is_one(last(kind), last(path))),
            (Value::Class(class), Value::Class(_) | Value::Library(_)) => Some(self.descends(class, wanted)),
            (Value::Instance(instance), Value::Class(_) | Value::Library(_)) => Some(self.descends(&instance.class, wanted)),
            _ => None,
        }
    }

    fn descends(&self, class: &crate::lang::pulumi::interpret::held::Rc<super::value::ClassValue>, wanted: &Value) -> bool {
        const HIGHEST: usize = 30;
        let mut waiting = vec![class.clone()];
        for _ in 0..HIGHEST {
            let Some(class) = waiting.pop() else { return false };
            if matches!(wanted, Value::Class(wanted) if crate::lang::pulumi::interpret::held::Rc::ptr_eq(wanted, &class)) {
                return true;
            }
            for base in &class.bases {
                match (base, wanted) {
                    (Value::Class(base), _) => waiting.push(base.clone()),
                    (Value::Library(base), Value::Library(wanted)) if is_one(last(base), last(wanted)) => return true,
                    _ => {}
                }
            }
        }
        false
    }
}

/// Whether one kind of exception is another or one of it.
fn is_one(kind: &str, wanted: &str) -> bool {
    let wanted = if matches!(wanted, "IOError" | "EnvironmentError") { "OSError" } else { wanted };
    let mut kind = if matches!(kind, "IOError" | "EnvironmentError") { "OSError" } else { kind };
    while kind != wanted {
        kind = match PARENTS.binary_search_by_key(&kind, |(name, _)| name) {
            Ok(at) => PARENTS.get(at).map_or("BaseException", |(_, parent)| parent),
            Err(_) if kind == "BaseException" => return false,
            Err(_) if kind == "Exception" => "BaseException",
            Err(_) => "Exception",
        };
    }
    true
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}
