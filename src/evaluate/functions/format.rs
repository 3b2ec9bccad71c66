//! `format` and `formatlist`: values in a pattern.

use ecow::EcoString;

use super::argument::{any, fail, give, give_list, limit, list_in, text};
use super::number::float;
use super::{Failure, MANY, Outcome, functions, json};
use crate::evaluate::convert::{number_of, text_of, truth_of};
use crate::evaluate::limits;
use crate::model::Value;

functions! {
    whole "format"(1 ..= MANY) = format;
    whole "formatlist"(1 ..= MANY) = formatlist;
}

fn format(args: &[Value]) -> Outcome {
    give(formatted(&text(args, 0)?, args.get(1..).unwrap_or(&[]))?)
}

/// One result for each item of the lists among the arguments, which have one length.
fn formatlist(args: &[Value]) -> Outcome {
    let pattern = text(args, 0)?;
    let rest = args.get(1..).unwrap_or(&[]);
    let mut length = None;
    for arg in rest {
        if let Value::List(items) = arg {
            match length {
                None => length = Some(items.len()),
                Some(length) if length == items.len() => {}
                Some(_) => return fail("the lists have different lengths"),
            }
        }
    }
    let mut results = Vec::new();
    for at in 0..length.unwrap_or(1) {
        let mut row = Vec::with_capacity(rest.len());
        for arg in rest {
            row.push(match arg {
                Value::List(_) => any(list_in(arg)?, at)?.clone(),
                other => other.clone(),
            });
        }
        results.push(give(formatted(&pattern, &row)?)?);
    }
    give_list(results)
}

/// What stands between `%` and the verb.
#[derive(Default)]
struct Verb {
    plus: bool,
    minus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

fn formatted(pattern: &str, args: &[Value]) -> Result<String, Failure> {
    let mut out = String::new();
    let mut next = 0;
    let mut highest = 0;
    let mut explicit = false;
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let mut letters = after.get(1..).unwrap_or("").chars();
        let mut verb = Verb::default();
        let mut letter = letters.next();
        while let Some(flag) = letter {
            match flag {
                '+' => verb.plus = true,
                '-' => verb.minus = true,
                '#' => verb.sharp = true,
                ' ' => verb.space = true,
                '0' => verb.zero = true,
                _ => break,
            }
            letter = letters.next();
        }
        verb.width = digits(&mut letter, &mut letters)?;
        if letter == Some('.') {
            letter = letters.next();
            verb.precision = Some(digits(&mut letter, &mut letters)?.unwrap_or(0));
        }
        if letter == Some('[') {
            letter = letters.next();
            let Some(number) = digits(&mut letter, &mut letters)?.filter(|number| *number > 0) else {
                return fail("an argument's number is missing in [ ]");
            };
            if letter != Some(']') {
                return fail("a [ is not closed");
            }
            letter = letters.next();
            next = number - 1;
            explicit = true;
        }
        match letter {
            None => return fail("the pattern ends in a %"),
            Some('%') => out.push('%'),
            Some(kind) => {
                let Some(arg) = args.get(next) else { return fail("there are fewer arguments than the pattern needs") };
                next += 1;
                highest = highest.max(next);
                one(kind, &verb, arg, &mut out)?;
            }
        }
        if out.len() > limits::TEXT {
            return limit("texts longer than 4 MiB are not evaluated");
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    if highest < args.len() && !explicit {
        return fail("there are more arguments than the pattern needs");
    }
    Ok(out)
}

fn digits(letter: &mut Option<char>, letters: &mut std::str::Chars<'_>) -> Result<Option<usize>, Failure> {
    let mut number: Option<usize> = None;
    while let Some(digit) = letter.and_then(|letter| letter.to_digit(10)) {
        let next = number.unwrap_or(0) * 10 + digit as usize;
        if next > 10_000 {
            return limit("widths over 10,000 are not evaluated");
        }
        number = Some(next);
        *letter = letters.next();
    }
    Ok(number)
}

fn one(kind: char, verb: &Verb, arg: &Value, out: &mut String) -> Result<(), Failure> {
    let (body, numeric) = match kind {
        'v' if verb.sharp => (json_of(arg), false),
        'v' => match arg {
            Value::Null => ("null".into(), false),
            Value::Number(_) => (signed(text_of(arg)?.to_string(), verb), true),
            Value::List(_) | Value::Object(_) => (json_of(arg), false),
            other => (text_of(other)?.to_string(), false),
        },
        's' | 'q' => {
            if matches!(arg, Value::Null) {
                return fail("a null has no text");
            }
            let text = text_of(arg)?;
            let kept: EcoString = match verb.precision {
                Some(count) => super::letters::first_of(&text, count)?,
                None => text,
            };
            (if kind == 'q' { json_of(&Value::Text(kept)) } else { kept.to_string() }, false)
        }
        't' => (truth_of(arg)?.to_string(), false),
        'd' => {
            let number = number_of(arg)?;
            if !number.is_integer() {
                return fail("a whole number is needed");
            }
            (signed(number.to_string(), verb), true)
        }
        'b' | 'o' | 'x' | 'X' => {
            if let (Value::Text(text), 'x' | 'X') = (arg, kind)
                && number_of(arg).is_err()
            {
                let hex: String =
                    text.bytes().map(|byte| if kind == 'x' { format!("{byte:02x}") } else { format!("{byte:02X}") }).collect();
                (hex, false)
            } else {
                let Some(number) = number_of(arg)?.to_i64() else { return fail("a whole number is needed") };
                let size = number.unsigned_abs();
                let digits = match kind {
                    'b' => format!("{size:b}"),
                    'o' => format!("{size:o}"),
                    'x' => format!("{size:x}"),
                    _ => format!("{size:X}"),
                };
                (signed(if number < 0 { format!("-{digits}") } else { digits }, verb), true)
            }
        }
        'f' | 'F' => {
            let places = verb.precision.unwrap_or(6);
            // Printing alone cuts the rest off.
            let number = number_of(arg)?.decimal().round_dp(places.min(28) as u32);
            (signed(format!("{number:.places$}"), verb), true)
        }
        'e' | 'E' => (signed(scientific(float(number_of(arg)?), verb.precision.unwrap_or(6), kind), verb), true),
        'g' | 'G' => (signed(general(number_of(arg)?.to_string(), float(number_of(arg)?), verb.precision, kind), verb), true),
        other => return fail(format!("there is no verb %{other}")),
    };
    padded(&body, verb, numeric, out)
}

fn json_of(value: &Value) -> String {
    let mut out = String::new();
    json::write(value, &mut out);
    out
}

fn signed(number: String, verb: &Verb) -> String {
    match (number.starts_with('-'), verb.plus, verb.space) {
        (false, true, _) => format!("+{number}"),
        (false, false, true) => format!(" {number}"),
        _ => number,
    }
}

/// Go writes at least two digits of exponent, with its sign.
fn scientific(value: f64, places: usize, kind: char) -> String {
    let text = format!("{value:.places$e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}{kind}{sign}{digits:0>2}")
}

fn general(plain: String, value: f64, precision: Option<usize>, kind: char) -> String {
    let exponent = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let most = precision.map_or(6, |precision| precision.max(1) as i32);
    if exponent < -4 || exponent >= most {
        let letter = if kind == 'g' { 'e' } else { 'E' };
        let text = match precision {
            Some(precision) => format!("{value:.*e}", precision.max(1) - 1),
            None => format!("{value:e}"),
        };
        let Some((mantissa, exponent)) = text.split_once('e') else { return text };
        let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(digits) => ('-', digits),
            None => ('+', exponent),
        };
        return format!("{mantissa}{letter}{sign}{digits:0>2}");
    }
    match precision {
        Some(precision) => {
            let places = (precision.max(1) as i32 - 1 - exponent).max(0) as usize;
            let text = format!("{value:.places$}");
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
        }
        None => plain,
    }
}

fn padded(body: &str, verb: &Verb, numeric: bool, out: &mut String) -> Result<(), Failure> {
    let missing = match verb.width {
        Some(width) => width.saturating_sub(super::letters::letters(body)?.len()),
        None => 0,
    };
    if verb.minus {
        out.push_str(body);
        out.extend(std::iter::repeat_n(' ', missing));
    } else if verb.zero && numeric {
        let (sign, digits) = match body.chars().next() {
            Some(sign @ ('-' | '+' | ' ')) => (Some(sign), body.get(1..).unwrap_or("")),
            _ => (None, body),
        };
        out.extend(sign);
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
    } else {
        out.extend(std::iter::repeat_n(if verb.zero { '0' } else { ' ' }, missing));
        out.push_str(body);
    }
    Ok(())
}
