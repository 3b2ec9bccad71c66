//! `format` and `formatlist`: values in a pattern.

use ecow::EcoString;

use super::argument::{any, exact, fail, give, give_list, limit, list_in, text};
use super::{Failure, MANY, Outcome, functions, json};
use crate::evaluate::convert::{DIGITS, number_of, text_of, truth_of};
use crate::evaluate::limits;
use crate::model::{Number, Value};

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
        }
        match letter {
            Some('%') if letters.as_str().len() + 2 < after.len() => return fail("a % takes no width"),
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
    if highest < args.len() {
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
        'v' if verb.sharp => (json_of(exact(std::slice::from_ref(arg), 0)?), false),
        'v' => match arg {
            Value::Null => ("null".into(), false),
            Value::Number(number) => (negated(general(*number, None, 'g')?, *number), false),
            Value::List(_) | Value::Object(_) => (json_of(exact(std::slice::from_ref(arg), 0)?), false),
            other => (text_of(other)?.to_string(), false),
        },
        's' | 'q' => {
            if matches!(arg, Value::Null) {
                return fail("a null has no text");
            }
            let text = text_of(arg)?;
            let kept: EcoString = match verb.precision {
                Some(count @ 1..) => super::letters::first_of(&text, count)?,
                _ => text,
            };
            (if kind == 'q' { json_of(&Value::Text(kept)) } else { kept.to_string() }, false)
        }
        // A bool is never filled up.
        't' => {
            out.push_str(&truth_of(arg)?.to_string());
            return Ok(());
        }
        'b' | 'd' | 'o' | 'x' | 'X' => return integer(kind, verb, number_of(arg)?, out),
        'f' if !number_of(arg)?.is_exact() && verb.precision.is_some_and(|places| places > 16) => return limit(DIGITS),
        'f' => (signed(number_of(arg)?.with_places(verb.precision.unwrap_or(6)), verb), true),
        'e' | 'E' => {
            let (digits, point) = digits_of(number_of(arg)?, Some(verb.precision.unwrap_or(6) + 1))?;
            let text = scientific(&digits, point, verb.precision.unwrap_or(6), kind);
            (signed(negated(text, number_of(arg)?), verb), true)
        }
        'g' | 'G' => (signed(negated(general(number_of(arg)?, verb.precision, kind)?, number_of(arg)?), verb), true),
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

fn negated(text: String, number: Number) -> String {
    if number < Number::ZERO { format!("-{text}") } else { text }
}

/// A whole number: precision is its least number of digits, and then `0` does not fill.
fn integer(kind: char, verb: &Verb, number: Number, out: &mut String) -> Result<(), Failure> {
    if !number.is_integer() {
        return fail("a whole number is needed");
    }
    if !number.is_exact() {
        return limit(DIGITS);
    }
    let size = number.decimal().abs();
    let (prefix, digits) = match kind {
        'b' => ("0b", in_base(size.mantissa(), 1)),
        'o' => ("0", in_base(size.mantissa(), 3)),
        'x' => ("0x", in_base(size.mantissa(), 4)),
        'X' => ("0X", in_base(size.mantissa(), 4).to_ascii_uppercase()),
        _ => ("", size.to_string()),
    };
    if size.is_zero() && verb.precision == Some(0) {
        return Ok(());
    }
    let prefix = if verb.sharp { prefix } else { "" };
    let sign = signed(negated(String::new(), number), verb);
    let mut zeros = verb.precision.unwrap_or(0).saturating_sub(digits.len());
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + prefix.len() + zeros + digits.len());
    let fills = !verb.minus && verb.zero && verb.precision.is_none();
    if fills {
        zeros = missing;
    }
    let space = |wanted: bool| std::iter::repeat_n(' ', if wanted { missing } else { 0 });
    out.extend(space(!verb.minus && !fills));
    out.push_str(&sign);
    out.push_str(prefix);
    out.extend(std::iter::repeat_n('0', zeros));
    out.push_str(&digits);
    out.extend(space(verb.minus));
    Ok(())
}

/// The digits of a number of no sign, of so many bits each.
fn in_base(size: i128, bits: u32) -> String {
    let length = (128 - size.leading_zeros()).div_ceil(bits).max(1);
    (0..length).rev().filter_map(|at| char::from_digit((size >> (at * bits)) as u32 & ((1 << bits) - 1), 16)).collect()
}

/// The digits without zeros at either end, and how many of them stand before the point.
fn digits_of(number: Number, most: Option<usize>) -> Result<(String, i32), Failure> {
    let value = number.decimal();
    let value = match most {
        Some(most) => value.round_sf(u32::try_from(most).unwrap_or(28)).unwrap_or(value),
        None if !number.is_exact() => return limit(DIGITS),
        None => value,
    };
    let written = value.abs().to_string().replace('.', "");
    let all = written.trim_start_matches('0');
    let digits = all.trim_end_matches('0');
    Ok((digits.to_owned(), if digits.is_empty() { 1 } else { all.len() as i32 - value.scale() as i32 }))
}

/// At least two digits of exponent, with its sign.
fn scientific(digits: &str, point: i32, places: usize, kind: char) -> String {
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    let (dot, exponent) = (if places > 0 { "." } else { "" }, point - 1);
    format!("{first}{dot}{rest:0<places$}{kind}{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.unsigned_abs())
}

/// The shorter of both ways, as the language chooses.
fn general(number: Number, precision: Option<usize>, kind: char) -> Result<String, Failure> {
    let (digits, point) = digits_of(number, precision.map(|precision| precision.max(1)))?;
    let count = digits.len();
    let most = match precision {
        None => 6,
        Some(precision) if precision.max(1) > count && count as i32 >= point => count as i32,
        Some(precision) => precision.max(1) as i32,
    };
    if point - 1 < -4 || point > most {
        return Ok(scientific(&digits, point, count.saturating_sub(1), if kind == 'g' { 'e' } else { 'E' }));
    }
    let whole = usize::try_from(point).unwrap_or(0);
    Ok(match digits.split_at_checked(whole) {
        Some((before, after)) if !after.is_empty() => {
            let zeros = usize::try_from(-point).unwrap_or(0);
            format!("{}.{}{after}", if before.is_empty() { "0" } else { before }, "0".repeat(zeros))
        }
        _ => format!("{digits:0<whole$}"),
    })
}

fn padded(body: &str, verb: &Verb, numeric: bool, out: &mut String) -> Result<(), Failure> {
    let missing = match verb.width {
        Some(width) => width.saturating_sub(super::letters::letters(body)?.len()),
        None => 0,
    };
    let fill = if verb.zero { '0' } else { ' ' };
    if verb.zero && numeric {
        let (sign, digits) = match body.chars().next() {
            Some(sign @ ('-' | '+' | ' ')) => (Some(sign), body.get(1..).unwrap_or("")),
            _ => (None, body),
        };
        out.extend(sign);
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
    } else {
        let before = if verb.minus { 0 } else { missing };
        out.extend(std::iter::repeat_n(fill, before));
        out.push_str(body);
        out.extend(std::iter::repeat_n(fill, missing - before));
    }
    Ok(())
}
