//! Files: only those that were given can be read, and only paths are worked on.

use ecow::{EcoString, eco_format};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::argument::{give, give_kind, text};
use super::encoding::base64;
use super::hash::hex;
use super::{Failure, Outcome, functions, glob};
use crate::evaluate::Evaluator;
use crate::model::{Kind, Unknown, UnknownKind, Value};
use crate::order::Order as _;

functions! {
    whole "abspath"(1) = abspath;
    whole "basename"(1) = basename;
    whole "dirname"(1) = dirname;
    files "file"(1) = file;
    files "filebase64"(1) = filebase64;
    files "filebase64sha256"(1) = filebase64sha256;
    files "filebase64sha512"(1) = filebase64sha512;
    files "fileexists"(1) = fileexists;
    files "filemd5"(1) = filemd5;
    files "fileset"(2) = fileset;
    files "filesha1"(1) = filesha1;
    files "filesha256"(1) = filesha256;
    files "filesha512"(1) = filesha512;
    whole "pathexpand"(1) = pathexpand;
}

fn read<'e>(evaluator: &'e Evaluator<'_>, module: u32, args: &[Value]) -> Result<&'e str, Failure> {
    let path = text(args, 0)?;
    evaluator.given_text(&path, module).ok_or(Failure::File(path))
}

fn file(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(read(evaluator, module, args)?)
}

fn filebase64(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(base64(read(evaluator, module, args)?.as_bytes()))
}

fn filemd5(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(hex(&Md5::digest(read(evaluator, module, args)?.as_bytes())))
}

fn filesha1(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(hex(&Sha1::digest(read(evaluator, module, args)?.as_bytes())))
}

fn filesha256(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(hex(&Sha256::digest(read(evaluator, module, args)?.as_bytes())))
}

fn filesha512(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(hex(&Sha512::digest(read(evaluator, module, args)?.as_bytes())))
}

fn filebase64sha256(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(base64(&Sha256::digest(read(evaluator, module, args)?.as_bytes())))
}

fn filebase64sha512(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    give(base64(&Sha512::digest(read(evaluator, module, args)?.as_bytes())))
}

/// A file that was not given may still be there.
fn fileexists(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    read(evaluator, module, args).map(|_| Value::Bool(true))
}

/// The files of a folder whose names match. What was given of a folder is taken for all of it; when nothing of it
/// matches, nothing of it was given.
fn fileset(evaluator: &Evaluator<'_>, module: u32, args: &[Value]) -> Outcome {
    let (folder, pattern) = (text(args, 0)?, text(args, 1)?);
    let patterns = glob::alternatives(&pattern);
    let mut found: Vec<EcoString> = evaluator
        .given_below(&folder, module)
        .filter(|path| patterns.iter().any(|pattern| glob::matches(pattern, path)))
        .map(EcoString::from)
        .collect();
    if found.is_empty() {
        return Err(Failure::File(eco_format!("{folder}/{pattern}")));
    }
    found.order();
    found.dedup();
    give_kind(Kind::Set, found.into_iter().map(Value::Text).collect())
}

/// Absolute paths hang on the machine.
fn abspath(args: &[Value]) -> Outcome {
    let path = text(args, 0)?;
    if path.starts_with('/') { give(path) } else { Err(Failure::Unknown(Unknown::new(UnknownKind::Impure, "abspath()"))) }
}

fn pathexpand(args: &[Value]) -> Outcome {
    let path = text(args, 0)?;
    if path.starts_with('~') { Err(Failure::Unknown(Unknown::new(UnknownKind::Impure, "pathexpand()"))) } else { give(path) }
}

fn basename(args: &[Value]) -> Outcome {
    let path = text(args, 0)?;
    let trimmed = path.trim_end_matches('/');
    give(match (path.is_empty(), trimmed.is_empty()) {
        (true, _) => ".",
        (false, true) => "/",
        (false, false) => trimmed.rsplit('/').next().unwrap_or(trimmed),
    })
}

fn dirname(args: &[Value]) -> Outcome {
    let path = text(args, 0)?;
    let Some((folder, _)) = path.rsplit_once('/') else { return give(".") };
    give(cleaned(folder, path.starts_with('/')))
}

/// A path without `.`, `..` and doubled slashes, as far as that is possible.
fn cleaned(path: &str, absolute: bool) -> EcoString {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", None) if absolute => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")).into(),
        (false, true) => ".".into(),
        (false, false) => parts.join("/").into(),
    }
}
