//! Folders and paths of the program, as far as its files are at hand.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::modules::{folder_of, normal};
use crate::lang::pulumi::interpret::text::shown;
use crate::lang::pulumi::interpret::value::{SymbolKind, Value};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result, errors, sdk};
use crate::model::UnknownKind;
use crate::source::Span;

/// What a path may be asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Exists,
    IsFile,
    IsFolder,
}

/// Whether a file or a folder is at hand. One that is not may be there all the same.
pub fn exists(interpreter: &Interpreter<'_>, path: &Value, asked: Asked) -> Value {
    let Value::Text(path) = path else { return Value::unknown(UnknownKind::NotAtHand, "whether a path exists") };
    let path = located(interpreter, path);
    let given = interpreter.given;
    let is_file = given.texts.contains_key(&path) || given.files.contains_key(&path);
    if is_file || !below(interpreter, &path).is_empty() {
        Value::Bool(asked == Asked::Exists || (asked == Asked::IsFile) == is_file)
    } else {
        Value::unknown(UnknownKind::NotAtHand, eco_format!("whether {path} exists"))
    }
}

/// The names in a folder that the program lists; with what is in them, each as its path.
pub fn listed(interpreter: &Interpreter<'_>, path: &str, deep: bool) -> Vec<EcoString> {
    let folder = located(interpreter, path);
    if !deep {
        return names(interpreter, &folder);
    }
    let start = if folder.is_empty() || folder == "." { 0 } else { folder.len() + 1 };
    below(interpreter, &folder).into_iter().filter_map(|path| path.get(start..).map(EcoString::from)).collect()
}

/// The paths of the files below a folder, in order.
fn below(interpreter: &Interpreter<'_>, folder: &str) -> Vec<EcoString> {
    let folder = if folder.is_empty() || folder == "." { EcoString::new() } else { eco_format!("{folder}/") };
    let given = interpreter.given;
    let inside = |path: &&EcoString| path.starts_with(folder.as_str());
    let texts = given.texts.range(folder.clone()..).map(|(path, _)| path).take_while(inside);
    let mut paths: Vec<EcoString> =
        texts.chain(given.files.range(folder.clone()..).map(|(path, _)| path).take_while(inside)).cloned().collect();
    crate::order::Order::order(paths.as_mut_slice());
    paths
}

/// The names in a folder; nothing where none of its files is at hand.
fn names(interpreter: &Interpreter<'_>, folder: &str) -> Vec<EcoString> {
    let start = if folder.is_empty() || folder == "." { 0 } else { folder.len() + 1 };
    let mut names: Vec<EcoString> = Vec::new();
    for path in below(interpreter, folder) {
        let name = path.get(start..).unwrap_or_default().split('/').next().unwrap_or_default();
        if names.last().is_none_or(|last| last != name) {
            names.push(name.into());
        }
    }
    names
}

pub fn library(interpreter: &mut Interpreter<'_>, path: &str, args: &Args) -> Option<Value> {
    let first = args.first().cloned().unwrap_or_else(|| Value::text("."));
    let text = match &first {
        Value::Native(path) if path.name == "Path" => path.this.clone(),
        other => other.clone(),
    };
    let known = text.as_text().cloned();
    Some(match path {
        "os.listdir" | "glob.glob" | "os.walk" => {
            let Some(known) = known else { return Some(Value::unsupported("the files of a folder", args.deps())) };
            let found = match path {
                "os.walk" => return Some(walked(interpreter, &located(interpreter, &known))),
                "glob.glob" => globbed(interpreter, "", &known, matches!(args.named("recursive"), Some(Value::Bool(true)))),
                _ => names(interpreter, &located(interpreter, &known)),
            };
            if found.is_empty() {
                return Some(Value::unknown(UnknownKind::NotAtHand, eco_format!("the files of {known}")));
            }
            Value::list(found.into_iter().map(Value::Text).collect())
        }
        "os.path.exists" => exists(interpreter, &text, Asked::Exists),
        "os.path.isfile" => exists(interpreter, &text, Asked::IsFile),
        "os.path.isdir" => exists(interpreter, &text, Asked::IsFolder),
        "os.path.splitext" => {
            let known = known?;
            let name = known.rsplit('/').next().unwrap_or_default();
            let end = name.rfind('.').filter(|at| *at > 0).map_or(0, |at| name.len() - at);
            let (stem, end) = known.split_at_checked(known.len() - end)?;
            Value::Tuple(Rc::new(vec![Value::text(stem), Value::text(end)]))
        }
        "os.path.split" => {
            let known = known?;
            Value::Tuple(Rc::new(vec![Value::text(folder_of(&known)), Value::text(known.rsplit('/').next().unwrap_or_default())]))
        }
        "os.path.isabs" => Value::Bool(known?.starts_with('/')),
        _ => return None,
    })
}

fn walked(interpreter: &Interpreter<'_>, folder: &str) -> Value {
    let mut rows: Vec<(EcoString, Vec<Value>)> = Vec::new();
    for path in below(interpreter, folder) {
        let (at, name) = (EcoString::from(folder_of(&path)), Value::text(path.rsplit('/').next().unwrap_or_default()));
        match rows.iter_mut().find(|(folder, _)| *folder == at) {
            Some((_, names)) => names.push(name),
            None => rows.push((at, vec![name])),
        }
    }
    let row = |(folder, names): (EcoString, Vec<Value>)| {
        Value::Tuple(Rc::new(vec![Value::Text(folder), Value::list(Vec::new()), Value::list(names)]))
    };
    Value::list(rows.into_iter().map(row).collect())
}

/// The files that a pattern with `*` and `**` names, as the program would spell them.
fn globbed(interpreter: &Interpreter<'_>, folder: &str, pattern: &str, recursive: bool) -> Vec<EcoString> {
    let base = if folder.is_empty() { EcoString::new() } else { eco_format!("{}/", folder.trim_end_matches('/')) };
    let whole = eco_format!("{base}{pattern}");
    let start = located(interpreter, whole.split('*').next().map_or("", folder_of));
    let shown_start = whole.split('*').next().map_or("", folder_of).len();
    let rest = whole.get(shown_start..).unwrap_or_default().trim_start_matches('/');
    let mut expression = String::from("^");
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.peek() == Some(&'*') => {
                letters.next();
                if letters.peek() == Some(&'/') {
                    letters.next();
                }
                expression.push_str(if recursive { "(?:.*/)?" } else { "[^/]*/" });
            }
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            other => expression.push_str(&regex_lite::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    expression.push('$');
    let Ok(regex) = regex_lite::Regex::new(&expression) else { return Vec::new() };
    let skip = if start.is_empty() || start == "." { 0 } else { start.len() + 1 };
    let prefix = whole.get(..shown_start).unwrap_or_default();
    let spelled = |path: EcoString| {
        let rest = path.get(skip..)?;
        regex
            .is_match(rest)
            .then(|| if prefix.is_empty() { EcoString::from(rest) } else { eco_format!("{}/{rest}", prefix.trim_end_matches('/')) })
    };
    below(interpreter, &start).into_iter().filter_map(spelled).collect()
}

/// Methods of `pathlib.Path` that look into folders.
pub fn path_method(interpreter: &Interpreter<'_>, of: &Value, name: &str, args: &Args) -> Option<Value> {
    let folder = shown(of);
    let paths = match name {
        "exists" => return Some(exists(interpreter, of, Asked::Exists)),
        "is_file" => return Some(exists(interpreter, of, Asked::IsFile)),
        "is_dir" => return Some(exists(interpreter, of, Asked::IsFolder)),
        "iterdir" => names(interpreter, &located(interpreter, &folder)).into_iter().map(|name| eco_format!("{folder}/{name}")).collect(),
        "glob" => globbed(interpreter, &folder, args.first()?.as_text()?, true),
        "rglob" => globbed(interpreter, &folder, &eco_format!("**/{}", args.first()?.as_text()?), true),
        "with_suffix" => {
            let end = args.first()?.as_text()?;
            let stem = folder.rsplit_once('.').map_or(folder.as_str(), |(stem, _)| stem);
            return Some(native(&Value::Text(eco_format!("{stem}{end}")), "Path"));
        }
        "with_name" => return Some(native(&Value::Text(eco_format!("{}/{}", folder_of(&folder), args.first()?.as_text()?)), "Path")),
        _ => return None,
    };
    if paths.is_empty() {
        return Some(Value::unknown(UnknownKind::NotAtHand, eco_format!("the files of {folder}")));
    }
    Some(Value::list(paths.into_iter().map(|path| native(&Value::Text(path), "Path")).collect()))
}

/// A variable of the environment: its default where the program gives one.
pub fn environment(interpreter: &Interpreter<'_>, name: &Value, default: Option<&Value>) -> Value {
    if name.as_text().is_some_and(|name| sdk::names_region(name)) {
        return Value::Text(sdk::region(interpreter));
    }
    let unknown = Value::unknown(UnknownKind::NoValue, eco_format!("the environment's {}", shown(name)));
    match default {
        Some(default) if !default.is_nothing() => default.clone(),
        // Without a default nothing may be set; whether it is depends on the machine.
        _ => Value::either(vec![Value::Null, unknown]),
    }
}

/// Whether these are what a variable of the environment may be, which no default is given for.
pub fn is_environment(parts: &[Value]) -> bool {
    match parts {
        [Value::Null, Value::Symbol(symbol)] => {
            matches!(&symbol.kind, SymbolKind::Unknown(unknown) if unknown.kind == UnknownKind::NoValue && unknown.subject.starts_with("the environment's"))
        }
        _ => false,
    }
}

/// A path of the program as the files at hand are called.
pub fn located(interpreter: &Interpreter<'_>, path: &str) -> EcoString {
    let direct = normal(path);
    if interpreter.given.texts.contains_key(&direct) || interpreter.given.files.contains_key(&direct) {
        return direct;
    }
    normal(eco_format!("{}/{path}", interpreter.given.folder).trim_start_matches('/'))
}

/// The text of a file the program reads. One that is not at hand, and whose absence the program has an answer for, is absent.
pub fn read_file(interpreter: &mut Interpreter<'_>, path: &Value, span: Span) -> Result<Value> {
    let text = file_text(interpreter, path);
    if interpreter.caught == 0 || matches!(text, Value::Text(_)) {
        return Ok(text);
    }
    let known = match path {
        Value::Text(path) => path.clone(),
        Value::Native(native) if native.name == "Path" && native.this.as_text().is_some() => shown(&native.this),
        _ => return Ok(text),
    };
    // A file of another kind may lie there unread.
    if interpreter.given.files.contains_key(&located(interpreter, &known)) || known.starts_with('/') || known.contains('…') {
        return Ok(text);
    }
    interpreter.note(
        "file-not-at-hand",
        span,
        eco_format!("{known} is not at hand; it is taken not to exist, as the program expects that it may"),
    );
    Err(errors::raised("FileNotFoundError", eco_format!("{known} is not at hand"), span))
}

/// The text of a file, as far as it is at hand.
pub fn file_text(interpreter: &Interpreter<'_>, path: &Value) -> Value {
    let path = located(interpreter, &shown(path));
    if let Some(text) = interpreter.given.texts.get(&path) {
        return Value::text(text.as_ref());
    }
    Value::unknown(UnknownKind::NotAtHand, path)
}
