//! Files as lines, and tables in them: `csv.reader` and `csv.DictReader`.

use ecow::EcoString;

use super::files::file_text;
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::value::{Dict, Native, Value, deps_of};
use crate::lang::pulumi::interpret::{Args, Interpreter};

/// Rows of one table.
const MOST: usize = 100_000;

/// What an open file, or a text that is read like one, holds.
pub fn content(interpreter: &Interpreter<'_>, file: &Native) -> Option<Value> {
    match file.name.as_str() {
        "file" => Some(file_text(interpreter, &file.this)),
        "StringIO" => Some(file.this.clone()),
        _ => None,
    }
}

/// The lines of a file, or the rows of a table that has names.
pub fn items(interpreter: &Interpreter<'_>, of: &Native) -> Option<Vec<Value>> {
    if of.name == "DictReader" {
        return match &of.this {
            Value::Tuple(parts) => match parts.get(1) {
                Some(Value::List(rows)) => Some(rows.borrow().clone()),
                _ => None,
            },
            _ => None,
        };
    }
    match content(interpreter, of)? {
        Value::Text(text) => Some(text.split_inclusive('\n').take(MOST).map(Value::text).collect()),
        _ => None,
    }
}

/// `reader.fieldnames`.
pub fn member(of: &Native, name: &str) -> Option<Value> {
    match (&of.this, of.name.as_str(), name) {
        (Value::Tuple(parts), "DictReader", "fieldnames") => parts.first().cloned(),
        _ => None,
    }
}

/// `csv.reader(file)` and `csv.DictReader(file)`.
pub fn library(interpreter: &mut Interpreter<'_>, path: &str, args: &Args) -> Option<Value> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    if path == "io.StringIO" {
        return Some(native(&if first.is_nothing() { Value::text("") } else { first }, "StringIO"));
    }
    let names = path == "csv.DictReader";
    if !names && path != "csv.reader" {
        return None;
    }
    let text = match &first {
        Value::Native(file) => content(interpreter, file)?,
        lines => {
            let lines = interpreter.items(lines)?;
            let lines: Option<Vec<EcoString>> = lines.iter().map(|line| line.as_text().cloned()).collect();
            let Some(lines) = lines else { return Some(Value::unsupported("a table that is not known", deps_of(&first))) };
            Value::text(lines.iter().map(|line| line.trim_end_matches('\n')).collect::<Vec<_>>().join("\n"))
        }
    };
    let Value::Text(text) = &text else { return Some(text) };
    let letter = |name: &str, usual: char| args.named(name).and_then(Value::as_text).and_then(|it| it.chars().next()).unwrap_or(usual);
    let mut rows = table(text, letter("delimiter", ','), letter("quotechar", '"')).into_iter();
    if !names {
        return Some(Value::list(rows.map(|row| Value::list(row.into_iter().map(Value::Text).collect())).collect()));
    }
    let given = args.get(1, "fieldnames").filter(|names| !names.is_nothing()).cloned();
    let columns: Vec<EcoString> = match given {
        Some(names) => interpreter.items_or_unknown(&names).iter().filter_map(|name| name.as_text().cloned()).collect(),
        None => rows.next().unwrap_or_default(),
    };
    let row = |row: Vec<EcoString>| {
        let mut cells = row.into_iter();
        let entries: Dict = columns.iter().map(|name| (name.clone(), cells.next().map_or(Value::Null, Value::Text))).collect();
        Value::dict(entries)
    };
    let rows: Vec<Value> = rows.map(row).collect();
    let columns = Value::list(columns.iter().cloned().map(Value::Text).collect());
    Some(native(&Value::Tuple(crate::lang::pulumi::interpret::held::Rc::new(vec![columns, Value::list(rows)])), "DictReader"))
}

/// The rows of a table; lines without anything are none.
fn table(text: &str, delimiter: char, quote: char) -> Vec<Vec<EcoString>> {
    let mut rows: Vec<Vec<EcoString>> = Vec::new();
    let mut row: Vec<EcoString> = Vec::new();
    let mut cell = EcoString::new();
    let mut quoted = false;
    let mut letters = text.chars().filter(|letter| *letter != '\r').peekable();
    while let Some(letter) = letters.next() {
        if rows.len() >= MOST {
            break;
        }
        match letter {
            letter if letter == quote && quoted && letters.peek() == Some(&quote) => {
                letters.next();
                cell.push(quote);
            }
            letter if letter == quote && (quoted || cell.is_empty()) => quoted = !quoted,
            letter if letter == delimiter && !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                if !row.is_empty() || !cell.is_empty() {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
            }
            letter => cell.push(letter),
        }
    }
    if !row.is_empty() || !cell.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
