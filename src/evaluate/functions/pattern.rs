//! Regular expressions, and replacement by them.

use std::sync::OnceLock;

use ecow::{EcoString, eco_format};
use regex_lite::{Captures, Regex, RegexBuilder};

use super::argument::{fail, give, give_list, text};
use super::{Failure, Outcome, functions, letters};
use crate::model::{Kind, Object, Value};

functions! {
    whole "regex"(2) = regex;
    whole "regexall"(2) = regexall;
    whole "replace"(3) = replace;
}

/// Bytes of a compiled expression, which bounds its time too.
const COMPILED: usize = 1 << 20;

/// Classes of signs in one expression.
const CLASSES: usize = 32;

/// Bytes of an expression as it is written.
const WRITTEN: usize = 64 << 10;

/// An expression; what it found, if that is asked for, is told by the names of all groups or of none.
fn compiled(pattern: &str, source: &str, found: bool) -> Result<Regex, Failure> {
    if pattern.len() > WRITTEN {
        return super::argument::limit("regular expressions longer than 64 KiB are not evaluated");
    }
    // The matcher knows the cases of ASCII alone.
    if !(pattern.is_ascii() && source.is_ascii()) && ignores_case(pattern) {
        return super::argument::unsupported("matching beyond ASCII without regard to case");
    }
    let strange = |class: &str| source.chars().any(|sign| !letters::is_known(sign, class));
    if !source.is_ascii() && named(pattern).any(strange) {
        return super::argument::unsupported(eco_format!("the character class in {pattern:?} for signs like these"));
    }
    match RegexBuilder::new(&classes(&unquoted(pattern))).size_limit(COMPILED).build() {
        Ok(regex) => {
            let names = regex.capture_names().skip(1).flatten().count();
            if found && (1..regex.captures_len() - 1).contains(&names) { fail("named and unnamed groups are mixed") } else { Ok(regex) }
        }
        Err(error) if error.to_string().contains("size limit") => {
            super::argument::limit("regular expressions of more than 1 MiB in memory are not evaluated")
        }
        // The matcher may know less of classes and names than the language.
        Err(error) if ["\\p", "\\P", "[[:", "[\\"].iter().any(|class| pattern.contains(class)) || error.to_string().contains("name") => {
            super::argument::unsupported(eco_format!("the class or name in {pattern:?}"))
        }
        Err(error) => fail(eco_format!("the expression is wrong: {error}")),
    }
}

fn ignores_case(pattern: &str) -> bool {
    let flags = pattern.split("(?").skip(1).filter_map(|rest| rest.split([')', ':', '-']).next());
    flags.into_iter().any(|flags| flags.len() < 5 && flags.contains('i') && !flags.starts_with(['P', '<']))
}

/// The names of the classes in an expression.
fn named(pattern: &str) -> impl Iterator<Item = &str> {
    let places = pattern.match_indices("\\p").chain(pattern.match_indices("\\P"));
    places.filter_map(|(at, _)| class(pattern.get(at..)?)).map(|(name, _, _)| name)
}

/// The expression with the classes of letters and numbers written as ranges: `\p{L}`, `\P{Lu}`, `\pN`.
fn classes(pattern: &str) -> std::borrow::Cow<'_, str> {
    if !(1..=CLASSES).contains(&(pattern.matches("\\p").count() + pattern.matches("\\P").count())) {
        return pattern.into();
    }
    let mut out = String::new();
    let mut rest = pattern;
    let mut inside = false;
    while let Some(sign) = rest.chars().next() {
        let mut width = sign.len_utf8();
        match sign {
            '[' => inside = true,
            ']' => inside = false,
            '\\' => match class(rest) {
                Some((name, negated, length)) => {
                    if let Some(ranges) = ranges(name, negated && inside) {
                        match (inside, negated) {
                            (true, _) => out.push_str(ranges),
                            (false, negated) => out.push_str(&format!("[{}{ranges}]", if negated { "^" } else { "" })),
                        }
                        rest = rest.get(length..).unwrap_or_default();
                        continue;
                    }
                    width = length;
                }
                None => width += rest.chars().nth(1).map_or(0, char::len_utf8),
            },
            _ => {}
        }
        let (kept, after) = rest.split_at_checked(width).unwrap_or((rest, ""));
        out.push_str(kept);
        rest = after;
    }
    out.into()
}

/// The name of a class at the start of a text, whether its opposite is meant, and the width.
fn class(text: &str) -> Option<(&str, bool, usize)> {
    let negated = text.starts_with("\\P");
    let rest = text.strip_prefix("\\p").or_else(|| text.strip_prefix("\\P"))?;
    match rest.strip_prefix('{') {
        Some(named) => {
            let (name, _) = named.split_once('}')?;
            let width = name.len() + 4;
            Some(match name.strip_prefix('^') {
                Some(name) => (name, !negated, width),
                None => (name, negated, width),
            })
        }
        None => Some((rest.get(..1)?, negated, 3)),
    }
}

/// The signs of a class as ranges; `None` for a class that is not known here.
fn ranges(name: &str, opposite: bool) -> Option<&'static str> {
    static FOUND: [OnceLock<String>; letters::CLASSES.len() * 2] = [const { OnceLock::new() }; letters::CLASSES.len() * 2];
    let at = letters::CLASSES.iter().position(|known| *known == name)?;
    let name = letters::CLASSES.get(at)?;
    FOUND.get(at * 2 + usize::from(opposite)).map(|found| found.get_or_init(|| ranges_of(name, opposite)).as_str())
}

fn ranges_of(class: &str, opposite: bool) -> String {
    let mut out = String::new();
    let mut begun: Option<(char, char)> = None;
    for sign in '\0'..=char::MAX {
        if (letters::is_plain(sign) && letters::belongs(sign, class)) == opposite {
            continue;
        }
        match &mut begun {
            Some((_, last)) if *last as u32 + 1 == sign as u32 => *last = sign,
            begun => {
                if let Some((first, last)) = begun.replace((sign, sign)) {
                    out.push_str(&format!("\\x{{{:x}}}-\\x{{{:x}}}", first as u32, last as u32));
                }
            }
        }
    }
    if let Some((first, last)) = begun {
        out.push_str(&format!("\\x{{{:x}}}-\\x{{{:x}}}", first as u32, last as u32));
    }
    out
}

/// The expression with `\Q…\E`, between which nothing has a meaning, written sign by sign.
fn unquoted(pattern: &str) -> std::borrow::Cow<'_, str> {
    if !pattern.contains("\\Q") {
        return pattern.into();
    }
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        match escape.strip_prefix("\\Q") {
            Some(quoted) => {
                let (literal, after) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                out.push_str(&regex_lite::escape(literal));
                rest = after;
            }
            None => {
                // The sign behind a backslash goes with it: `\\Q` is no quote.
                let width = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
                let (kept, after) = escape.split_at_checked(width).unwrap_or((escape, ""));
                out.push_str(kept);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// What a match gives: the text, the unnamed groups as a list, or the named groups as an object.
fn matched(regex: &Regex, found: &Captures<'_>) -> Outcome {
    if regex.captures_len() == 1 {
        return Ok(found.get(0).map_or(Value::Null, |whole| Value::text(whole.as_str())));
    }
    let group = |at: usize| found.get(at).map_or(Value::Null, |part| Value::text(part.as_str()));
    let names: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    if names.iter().all(Option::is_none) {
        return Ok(Value::list_of(Kind::Each, (1..=names.len()).map(group).collect()));
    }
    let mut object = Object::default();
    for (at, name) in names.into_iter().enumerate() {
        object.insert(EcoString::from(name.unwrap_or_default()), group(at + 1));
    }
    Ok(Value::object_of(Kind::Each, object))
}

fn regex(args: &[Value]) -> Outcome {
    let source = text(args, 1)?;
    let regex = compiled(&text(args, 0)?, &source, true)?;
    match regex.captures(&source) {
        Some(found) => matched(&regex, &found),
        None => fail("the text does not match"),
    }
}

fn regexall(args: &[Value]) -> Outcome {
    let source = text(args, 1)?;
    let regex = compiled(&text(args, 0)?, &source, true)?;
    give_list(regex.captures_iter(&source).map(|found| matched(&regex, &found)).collect::<Result<_, _>>()?)
}

/// A pattern between slashes is a regular expression.
fn replace(args: &[Value]) -> Outcome {
    let (source, pattern, with) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
    if pattern.len() > 1
        && let Some(inner) = pattern.strip_prefix('/').and_then(|pattern| pattern.strip_suffix('/'))
    {
        return give(compiled(inner, &source, false)?.replace_all(&source, with.as_str()).into_owned());
    }
    if pattern.is_empty() && source.len().saturating_mul(with.len()) > crate::evaluate::limits::TEXT {
        return super::argument::limit("texts longer than 4 MiB are not evaluated");
    }
    give(source.replace(pattern.as_str(), &with))
}
