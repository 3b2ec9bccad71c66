//! Scalars: escapes, folding, and what a text without quotes means.

use ecow::EcoString;

use super::{Kind, Node, Reader, Scalar, Style};

/// What becomes of the line feeds that end a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chomp {
    Strip,
    Clip,
    Keep,
}

/// The text of a block's lines, already without their indentation.
pub(super) fn block_text(lines: &[&str], folded: bool, chomp: Chomp) -> EcoString {
    let last = lines.iter().rposition(|line| !line.is_empty());
    let Some(last) = last else {
        return if chomp == Chomp::Keep { "\n".repeat(lines.len()).into() } else { EcoString::new() };
    };
    let mut text = EcoString::new();
    let content = lines.get(..=last).unwrap_or_default();
    let indented = |line: &str| line.starts_with([' ', '\t']);
    let mut at = 0;
    while let Some(line) = content.get(at) {
        if line.is_empty() {
            text.push('\n');
            at += 1;
            continue;
        }
        text.push_str(line);
        let empty = content.iter().skip(at + 1).take_while(|line| line.is_empty()).count();
        let next = content.get(at + 1 + empty);
        match next {
            None => break,
            Some(next) if folded && !indented(line) && !indented(next) => {
                if empty == 0 {
                    text.push(' ');
                }
            }
            Some(_) => text.push('\n'),
        }
        at += 1;
    }
    match chomp {
        Chomp::Strip => {}
        Chomp::Clip => text.push('\n'),
        Chomp::Keep => (last..lines.len()).for_each(|_| text.push('\n')),
    }
    text
}

/// What a scalar without quotes means. Base-60 numbers and dates stay text.
pub(super) fn meaning(text: &str) -> Scalar<'_> {
    let first = text.bytes().next().unwrap_or(b'~');
    match first {
        b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O' => match text {
            "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
            "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Scalar::Bool(true),
            "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Scalar::Bool(false),
            _ => Scalar::Text(text),
        },
        b'0'..=b'9' | b'-' | b'+' | b'.' => number(text),
        _ => Scalar::Text(text),
    }
}

fn number(text: &str) -> Scalar<'_> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or("")),
        Some(b'+') => (false, text.get(1..).unwrap_or("")),
        _ => (false, text),
    };
    let signed = |value: i64| Scalar::Integer(if negative { -value } else { value });
    let radix = |digits: &str, radix: u32| i64::from_str_radix(&digits.replace('_', ""), radix).ok();
    if let Some(hex) = digits.strip_prefix("0x") {
        let valid = hex.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_');
        return radix(hex, 16).filter(|_| valid).map_or(Scalar::Text(text), signed);
    }
    if let Some(binary) = digits.strip_prefix("0b") {
        return radix(binary, 2)
            .filter(|_| binary.bytes().all(|byte| matches!(byte, b'0' | b'1' | b'_')))
            .map_or(Scalar::Text(text), signed);
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') && digits.starts_with(|first: char| first.is_ascii_digit()) {
        return match digits.strip_prefix('0') {
            None | Some("") => radix(digits, 10).map_or(Scalar::Number(text), signed),
            // A leading zero means base 8, and no number at all where that is not possible.
            Some(octal) if octal.bytes().all(|byte| matches!(byte, b'0'..=b'7' | b'_')) => {
                radix(octal, 8).map_or(Scalar::Text(text), signed)
            }
            Some(_) => Scalar::Text(text),
        };
    }
    if is_decimal(digits) { Scalar::Number(text) } else { Scalar::Text(text) }
}

/// `1.5`, `.5`, `1.`, `1.5e+3`, and as JSON has it `1e3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(part) && !(whole.is_empty() && part.is_empty()) && exponent_fits
}

impl Reader<'_, '_> {
    /// `'…'`, where two quotes mean one.
    pub(super) fn single_quoted(&mut self) -> Node {
        self.quoted(b'\'')
    }

    /// `"…"`, with escapes.
    pub(super) fn double_quoted(&mut self) -> Node {
        self.quoted(b'"')
    }

    fn quoted(&mut self, quote: u8) -> Node {
        let start = self.pos;
        self.pos += 1;
        let mut text = EcoString::new();
        let mut from = self.pos;
        loop {
            match self.byte() {
                b'\n' => {
                    text.push_str(self.slice(from, self.pos));
                    if self.ended() || self.json || self.next_line_is_a_key() {
                        return self.unclosed(start, text);
                    }
                    self.fold(&mut text);
                    from = self.pos;
                }
                b'\\' if quote == b'"' => {
                    text.push_str(self.slice(from, self.pos));
                    self.escape(&mut text);
                    from = self.pos;
                }
                byte if byte == quote => {
                    text.push_str(self.slice(from, self.pos));
                    self.pos += 1;
                    if quote == b'\'' && self.byte() == b'\'' {
                        from = self.pos;
                        self.pos += 1;
                        continue;
                    }
                    return Node::new(self.span(start, self.pos), Kind::Scalar { text, style: Style::Quoted });
                }
                _ => self.pos += 1,
            }
        }
    }

    fn unclosed(&mut self, start: usize, text: EcoString) -> Node {
        self.report("syntax", start, start + 1, "this quote is not closed; the text is taken to end with its line");
        let trimmed = text.trim_end_matches(['\r', ' ', '\t', ',']);
        Node::new(self.span(start, self.pos), Kind::Scalar { text: trimmed.into(), style: Style::Quoted })
    }

    /// Whether the line after this one is a key that stands too far left to be part of the text at hand.
    pub(super) fn next_line_is_a_key(&self) -> bool {
        let mut line = self.line_end(self.pos) + 1;
        while line < self.bytes.len() {
            let (column, first, _) = self.indent_of(line);
            if !matches!(self.byte_at(first), b'\n' | b'\r') {
                return self.marker_at(line)
                    || column <= self.parent && self.byte_at(first).is_ascii_alphabetic() && self.key_end(first).is_some();
            }
            line = self.line_end(first) + 1;
        }
        false
    }

    /// A line end within quotes or a flow: a space, or as many line feeds as there are empty lines.
    pub(super) fn fold(&mut self, text: &mut EcoString) {
        let kept = text.trim_end_matches([' ', '\t', '\r']).len();
        text.truncate(kept);
        let mut breaks = 0;
        loop {
            match self.byte() {
                b'\n' if !self.ended() => {
                    breaks += 1;
                    self.pos += 1;
                }
                b' ' | b'\t' | b'\r' => self.pos += 1,
                _ => break,
            }
        }
        if breaks <= 1 {
            text.push(' ');
        }
        (1..breaks).for_each(|_| text.push('\n'));
    }

    fn escape(&mut self, text: &mut EcoString) {
        let start = self.pos;
        self.pos += 1;
        let byte = self.byte();
        self.pos += 1;
        let letter = match byte {
            b'n' => '\n',
            b't' | b'\t' => '\t',
            b'r' => '\r',
            b'"' => '"',
            b'/' => '/',
            b'\\' => '\\',
            b' ' => ' ',
            b'0' => '\0',
            b'a' => '\u{7}',
            b'b' => '\u{8}',
            b'e' => '\u{1b}',
            b'f' => '\u{c}',
            b'v' => '\u{b}',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' => return self.code(start, 2, text),
            b'u' => return self.code(start, 4, text),
            b'U' => return self.code(start, 8, text),
            b'\r' | b'\n' => {
                // The line goes on as if it had not ended.
                self.pos -= 1;
                while matches!(self.byte(), b' ' | b'\t' | b'\r') {
                    self.pos += 1;
                }
                if !self.ended() {
                    self.pos += 1;
                }
                while matches!(self.byte(), b' ' | b'\t') {
                    self.pos += 1;
                }
                return;
            }
            _ => {
                self.pos -= 1;
                self.report("syntax", start, start + 2, "there is no such escape; the sign is taken as it stands");
                text.push('\\');
                return;
            }
        };
        text.push(letter);
    }

    /// `\xNN`, `\uNNNN`, `\UNNNNNNNN`, with JSON's pairs of surrogates.
    fn code(&mut self, start: usize, digits: usize, text: &mut EcoString) {
        let read = |from: usize, digits: usize| u32::from_str_radix(self.slice(from, from + digits), 16).ok();
        let Some(mut code) = read(self.pos, digits) else {
            self.report("syntax", start, start + 2, "this escape needs hexadecimal digits");
            return;
        };
        let mut end = self.pos + digits;
        if (0xd800..0xdc00).contains(&code)
            && self.slice(end, end + 2) == "\\u"
            && let Some(low) = read(end + 2, 4).filter(|low| (0xdc00..0xe000).contains(low))
        {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            end += 6;
        }
        self.pos = end;
        text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
    }
}
