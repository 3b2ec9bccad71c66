//! Base64, URLs, CSV and text encodings.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use ecow::EcoString;

use super::argument::{fail, give, give_list, limit, text, unsupported};
use super::{Failure, Outcome, functions};
use crate::evaluate::limits;
use crate::model::{Kind, Object, Value};

functions! {
    whole "base64decode"(1) = base64decode;
    whole "base64encode"(1) = base64encode;
    whole "base64gunzip"(1) = base64gunzip;
    unsupported "base64gzip"(1);
    whole "csvdecode"(1) = csvdecode;
    whole "textdecodebase64"(2) = textdecodebase64;
    whole "textencodebase64"(2) = textencodebase64;
    whole "urldecode"(1) = urldecode;
    whole "urlencode"(1) = urlencode;
}

/// Padding is needed, as in the language.
const STRICT: GeneralPurpose =
    GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireCanonical));

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn bytes_of(args: &[Value]) -> Result<Vec<u8>, Failure> {
    // Line ends within are passed over.
    match STRICT.decode(text(args, 0)?.split(['\n', '\r']).collect::<String>()) {
        Ok(bytes) => Ok(bytes),
        Err(_) => fail("the text is not base64"),
    }
}

fn utf8(bytes: Vec<u8>) -> Outcome {
    match String::from_utf8(bytes) {
        Ok(text) => give(text),
        Err(_) => fail("the result is not UTF-8 text"),
    }
}

fn base64encode(args: &[Value]) -> Outcome {
    give(base64(text(args, 0)?.as_bytes()))
}

fn base64decode(args: &[Value]) -> Outcome {
    utf8(bytes_of(args)?)
}

fn base64gunzip(args: &[Value]) -> Outcome {
    let bytes = bytes_of(args)?;
    let Some(body) = gzip_body(&bytes) else { return fail("the data is not gzip") };
    match miniz_oxide::inflate::decompress_to_vec_with_limit(body, limits::TEXT) {
        Ok(bytes) => utf8(bytes),
        Err(error) if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
            limit("texts longer than 4 MiB are not evaluated")
        }
        Err(_) => fail("the data is not gzip"),
    }
}

/// What follows the header of a gzip member.
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    let [0x1f, 0x8b, 8, flags, ..] = bytes else { return None };
    let mut body = bytes.get(10..)?;
    if flags & 4 != 0 {
        let (length, rest) = body.split_at_checked(2)?;
        let length = length.iter().rev().fold(0, |total, byte| total * 256 + usize::from(*byte));
        body = rest.get(length..)?;
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = body.iter().position(|byte| *byte == 0)?;
            body = body.get(end + 1..)?;
        }
    }
    if flags & 2 != 0 { body.get(2..) } else { Some(body) }
}

/// Letters, digits and `-_.~` stay, a space is `+`, the rest is written as bytes.
fn urlencode(args: &[Value]) -> Outcome {
    let mut encoded = String::new();
    for byte in text(args, 0)?.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    give(encoded)
}

fn urldecode(args: &[Value]) -> Outcome {
    let source = text(args, 0)?;
    let mut bytes = Vec::with_capacity(source.len());
    let mut rest = source.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next(), rest.next()].map(|digit| digit.and_then(|digit| char::from(digit).to_digit(16)));
                match digits {
                    [Some(high), Some(low)] => (high * 16 + low) as u8,
                    _ => return fail("a % is not followed by two digits"),
                }
            }
            other => other,
        });
    }
    utf8(bytes)
}

fn textencodebase64(args: &[Value]) -> Outcome {
    let (source, encoding) = (text(args, 0)?, text(args, 1)?);
    let bytes: Vec<u8> = match encoding.to_ascii_uppercase().as_str() {
        "UTF-8" => source.bytes().collect(),
        "UTF-16LE" => source.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => source.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        other => return unsupported(format!("the encoding {other}")),
    };
    give(base64(&bytes))
}

fn textdecodebase64(args: &[Value]) -> Outcome {
    let (bytes, encoding) = (bytes_of(args)?, text(args, 1)?);
    let from_pair: fn([u8; 2]) -> u16 = match encoding.to_ascii_uppercase().as_str() {
        "UTF-8" => return utf8(bytes),
        "UTF-16LE" => u16::from_le_bytes,
        "UTF-16BE" => u16::from_be_bytes,
        other => return unsupported(format!("the encoding {other}")),
    };
    let mut units = Vec::with_capacity(bytes.len() / 2);
    let (pairs, rest) = bytes.as_chunks::<2>();
    units.extend(pairs.iter().map(|pair| from_pair(*pair)));
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => give(text),
        _ => fail("the data is not in this encoding"),
    }
}

/// The first line names the columns; every value is text.
fn csvdecode(args: &[Value]) -> Outcome {
    let source = text(args, 0)?;
    let mut rows = csv_rows(&source)?.into_iter();
    let Some(header) = rows.next() else { return fail("there is no header line") };
    if header.iter().enumerate().any(|(at, name)| header.get(..at).is_some_and(|before| before.contains(name))) {
        return fail("two columns have one name");
    }
    let mut items = Vec::new();
    for row in rows {
        if row.len() != header.len() {
            return fail("a line has another number of columns than the first");
        }
        let object: Object = header.iter().cloned().zip(row.into_iter().map(Value::Text)).collect();
        items.push(Value::object_of(Kind::Each, object));
    }
    give_list(items)
}

fn csv_rows(source: &str) -> Result<Vec<Vec<EcoString>>, Failure> {
    let mut rows = Vec::new();
    let mut row: Vec<EcoString> = Vec::new();
    let mut field = EcoString::new();
    let mut letters = source.chars().peekable();
    let mut quoted = false;
    let mut fresh = true;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                field.push('"');
                letters.next();
            }
            '"' if quoted && matches!(letters.peek(), None | Some(',' | '\n' | '\r')) => quoted = false,
            '"' if quoted => return fail("something stands behind a closed quotation mark"),
            '"' if fresh => (quoted, fresh) = (true, false),
            '"' => return fail("a quotation mark stands inside a plain field"),
            ',' if !quoted => {
                row.push(std::mem::take(&mut field));
                fresh = true;
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                // Empty lines are passed over.
                if !(row.is_empty() && field.is_empty() && fresh) {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                fresh = true;
            }
            other => {
                field.push(other);
                fresh = false;
            }
        }
    }
    if quoted {
        return fail("a quotation mark is not closed");
    }
    if !(row.is_empty() && field.is_empty() && fresh) {
        row.push(field);
        rows.push(row);
    }
    Ok(rows)
}
