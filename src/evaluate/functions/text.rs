//! Text.

use ecow::EcoString;

use super::argument::{give, give_list, limit, text, texts, whole};
use super::{MANY, Outcome, functions, letters};
use crate::evaluate::limits;
use crate::model::Value;

functions! {
    whole "chomp"(1) = chomp;
    whole "endswith"(2) = endswith;
    whole "indent"(2) = indent;
    whole "join"(2 ..= MANY) = join;
    whole "lower"(1) = lower;
    whole "split"(2) = split;
    whole "startswith"(2) = startswith;
    whole "strcontains"(2) = strcontains;
    whole "strrev"(1) = strrev;
    whole "substr"(3) = substr;
    whole "title"(1) = title;
    whole "trim"(2) = trim;
    whole "trimprefix"(2) = trimprefix;
    whole "trimspace"(1) = trimspace;
    whole "trimsuffix"(2) = trimsuffix;
    whole "upper"(1) = upper;
}

fn chomp(args: &[Value]) -> Outcome {
    give(text(args, 0)?.trim_end_matches(['\n', '\r']))
}

fn endswith(args: &[Value]) -> Outcome {
    Ok(Value::Bool(text(args, 0)?.ends_with(text(args, 1)?.as_str())))
}

fn startswith(args: &[Value]) -> Outcome {
    Ok(Value::Bool(text(args, 0)?.starts_with(text(args, 1)?.as_str())))
}

fn strcontains(args: &[Value]) -> Outcome {
    Ok(Value::Bool(text(args, 0)?.contains(text(args, 1)?.as_str())))
}

/// Every line but the first moves to the right.
fn indent(args: &[Value]) -> Outcome {
    let spaces = whole(args, 0)?.clamp(0, 1_000) as usize;
    let lines = text(args, 1)?;
    if lines.matches('\n').count().saturating_mul(spaces) > limits::TEXT {
        return limit("texts longer than 4 MiB are not evaluated");
    }
    give(lines.replace("\n", &format!("\n{}", " ".repeat(spaces))))
}

fn join(args: &[Value]) -> Outcome {
    let separator = text(args, 0)?;
    let mut joined = String::new();
    let mut first = true;
    for at in 1..args.len() {
        for item in texts(args, at)? {
            if !first {
                joined.push_str(&separator);
            }
            first = false;
            joined.push_str(&item);
            if joined.len() > limits::TEXT {
                return limit("texts longer than 4 MiB are not evaluated");
            }
        }
    }
    give(joined)
}

fn lower(args: &[Value]) -> Outcome {
    mapped(args, |letter| letter.to_lowercase().next().unwrap_or(letter))
}

fn upper(args: &[Value]) -> Outcome {
    mapped(args, upper_case)
}

/// Sign by sign, as the language has it: `ß` stays, and a sigma at the end of a word is like any other.
fn mapped(args: &[Value], map: fn(char) -> char) -> Outcome {
    give(text(args, 0)?.chars().map(map).collect::<EcoString>())
}

fn upper_case(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

/// Signs for two letters have a third form, of which only the first letter is large.
fn title_case(letter: char) -> char {
    match letter {
        '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}' => {
            let first = if letter < '\u{1f1}' { 0x1c4 } else { 0x1f1 };
            char::from_u32(first + (letter as u32 - first) / 3 * 3 + 1).unwrap_or(letter)
        }
        _ => upper_case(letter),
    }
}

fn split(args: &[Value]) -> Outcome {
    let (separator, whole) = (text(args, 0)?, text(args, 1)?);
    if separator.is_empty() {
        return give_list(whole.chars().map(|letter| Value::text(letter.to_string())).collect());
    }
    give_list(whole.split(separator.as_str()).map(Value::text).collect())
}

fn strrev(args: &[Value]) -> Outcome {
    give(letters::letters(&text(args, 0)?)?.into_iter().rev().collect::<EcoString>())
}

/// A negative offset counts from the end; a length of -1 takes all that is left, and so does none from there.
fn substr(args: &[Value]) -> Outcome {
    let (source, offset, length) = (text(args, 0)?, whole(args, 1)?, whole(args, 2)?);
    let letters = letters::letters(&source)?;
    let count = letters.len() as i64;
    let start = if offset < 0 { (offset + count).max(0) } else { offset };
    let kept = if length < 0 || length == 0 && offset < 0 { usize::MAX } else { length as usize };
    give(letters.into_iter().skip(start as usize).take(kept).collect::<EcoString>())
}

fn title(args: &[Value]) -> Outcome {
    let mut titled = EcoString::new();
    let mut inside = false;
    for letter in text(args, 0)?.chars() {
        if inside {
            titled.push(letter)
        } else {
            titled.push(title_case(letter))
        }
        inside = if letter.is_ascii() { letter.is_ascii_alphanumeric() || letter == '_' } else { !letter.is_whitespace() };
    }
    give(titled)
}

fn trim(args: &[Value]) -> Outcome {
    let cut = text(args, 1)?;
    give(text(args, 0)?.trim_matches(|letter| cut.contains(letter)))
}

fn trimprefix(args: &[Value]) -> Outcome {
    let (source, prefix) = (text(args, 0)?, text(args, 1)?);
    give(source.strip_prefix(prefix.as_str()).unwrap_or(&source))
}

fn trimsuffix(args: &[Value]) -> Outcome {
    let (source, suffix) = (text(args, 0)?, text(args, 1)?);
    give(source.strip_suffix(suffix.as_str()).unwrap_or(&source))
}

fn trimspace(args: &[Value]) -> Outcome {
    give(text(args, 0)?.trim())
}
