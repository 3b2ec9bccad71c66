//! What people see as one letter, which is what the language counts, and the categories of signs. Tables of all signs
//! would be larger than everything that reads them: what lies outside of the common blocks is said to be unknown.

use ecow::EcoString;

use super::Failure;
use super::argument::unsupported;

/// Blocks in which each sign is one letter by itself: no marks, joiners, halves of flags or syllables in parts.
const PLAIN: [(u32, u32); 25] = [
    (0, 0x2FF),
    (0x370, 0x482),
    (0x48A, 0x590),
    (0x10A0, 0x10FF),
    (0x1D00, 0x1DBF),
    (0x1E00, 0x200A),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x20CF),
    (0x2100, 0x2BFF),
    (0x2C00, 0x2CEE),
    (0x2E80, 0x3029),
    (0x3030, 0x3098),
    (0x309B, 0xA48F),
    (0xAC00, 0xD7A3),
    (0xE000, 0xFAFF),
    (0xFF01, 0xFF9D),
    (0xFFE0, 0xFFEE),
    (0x1D400, 0x1D7FF),
    (0x1F000, 0x1F1E5),
    (0x1F200, 0x1F3FA),
    (0x1F400, 0x1FAFF),
    (0x20000, 0x2FFFF),
    (0x30000, 0x323AF),
    (0xF0000, 0x10FFFD),
];

fn within(sign: char, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&(sign as u32)))
}

pub(super) fn is_plain(sign: char) -> bool {
    sign.is_ascii() || within(sign, &PLAIN)
}

/// The letters of a text; a line's end of two signs is one.
pub(super) fn letters(text: &str) -> Result<Vec<&str>, Failure> {
    if let Some(joined) = text.chars().find(|sign| !is_plain(*sign)) {
        return unsupported(ecow::eco_format!("counting letters beside U+{:04X}", joined as u32));
    }
    let mut letters = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let width = if rest.starts_with("\r\n") { 2 } else { sign.len_utf8() };
        let (letter, after) = rest.split_at_checked(width).unwrap_or((rest, ""));
        letters.push(letter);
        rest = after;
    }
    Ok(letters)
}

/// The first letters of a text.
pub(super) fn first_of(text: &str, count: usize) -> Result<EcoString, Failure> {
    Ok(letters(text)?.into_iter().take(count).collect())
}

const LATIN: [(u32, u32); 24] = [
    (0x41, 0x5A),
    (0x61, 0x7A),
    (0xAA, 0xAA),
    (0xBA, 0xBA),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2B8),
    (0x2E0, 0x2E4),
    (0x1D00, 0x1D25),
    (0x1D2C, 0x1D5C),
    (0x1D62, 0x1D65),
    (0x1D6B, 0x1D77),
    (0x1D79, 0x1DBE),
    (0x1E00, 0x1EFF),
    (0x2071, 0x2071),
    (0x207F, 0x207F),
    (0x2090, 0x209C),
    (0x212A, 0x212B),
    (0x2132, 0x2132),
    (0x214E, 0x214E),
    (0x2160, 0x2188),
    (0x2C60, 0x2C7F),
    (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A),
];
const GREEK: [(u32, u32); 16] = [
    (0x370, 0x373),
    (0x375, 0x377),
    (0x37A, 0x37D),
    (0x37F, 0x37F),
    (0x384, 0x384),
    (0x386, 0x386),
    (0x388, 0x38A),
    (0x38C, 0x3A1),
    (0x3A3, 0x3E1),
    (0x3F0, 0x3FF),
    (0x1D26, 0x1D2A),
    (0x1D5D, 0x1D61),
    (0x1D66, 0x1D6A),
    (0x1DBF, 0x1DBF),
    (0x1F00, 0x1FFE),
    (0x2126, 0x2126),
];
const CYRILLIC: [(u32, u32); 4] = [(0x400, 0x482), (0x48A, 0x52F), (0x1D2B, 0x1D2B), (0x1D78, 0x1D78)];
const HAN: [(u32, u32); 12] = [
    (0x2E80, 0x2E99),
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAD9),
    (0x20000, 0x2FFFF),
    (0x30000, 0x323AF),
];
const TITLE: [(u32, u32); 10] = [
    (0x1C5, 0x1C5),
    (0x1C8, 0x1C8),
    (0x1CB, 0x1CB),
    (0x1F2, 0x1F2),
    (0x1F88, 0x1F8F),
    (0x1F98, 0x1F9F),
    (0x1FA8, 0x1FAF),
    (0x1FBC, 0x1FBC),
    (0x1FCC, 0x1FCC),
    (0x1FFC, 0x1FFC),
];
const MODIFIER: [(u32, u32); 23] = [
    (0x2B0, 0x2C1),
    (0x2C6, 0x2D1),
    (0x2E0, 0x2E4),
    (0x2EC, 0x2EC),
    (0x2EE, 0x2EE),
    (0x374, 0x374),
    (0x37A, 0x37A),
    (0x559, 0x559),
    (0x10FC, 0x10FC),
    (0x1D2C, 0x1D6A),
    (0x1D78, 0x1D78),
    (0x1D9B, 0x1DBF),
    (0x2071, 0x2071),
    (0x207F, 0x207F),
    (0x2090, 0x209C),
    (0x2C7C, 0x2C7D),
    (0x3005, 0x3005),
    (0x3031, 0x3035),
    (0x303B, 0x303B),
    (0x309D, 0x309E),
    (0x30FC, 0x30FE),
    (0xA015, 0xA015),
    (0xFF70, 0xFF70),
];
/// Letters in circles and squares, which are symbols.
const CIRCLED: [(u32, u32); 4] = [(0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)];
const DIGITS: [(u32, u32); 3] = [(0x30, 0x39), (0xFF10, 0xFF19), (0x1D7CE, 0x1D7FF)];
const LETTER_NUMBERS: [(u32, u32); 5] = [(0x2160, 0x2182), (0x2185, 0x2188), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303A)];
/// Punctuation and symbols of Latin texts.
const SIGNS: [(&str, &str); 11] = [
    ("Pc", "_"),
    ("Pd", "-"),
    ("Ps", "([{"),
    ("Pe", ")]}"),
    ("Pi", "«"),
    ("Pf", "»"),
    ("Po", "!\"#%&'*,./:;?@\\¡§¶·¿"),
    ("Sm", "+<=>|~¬±×÷"),
    ("Sc", "$¢£¤¥"),
    ("So", "¦©®°"),
    ("Sk", "^`¨¯´¸"),
];

/// The names of classes that are known, in the order in which they are kept.
pub(super) const CLASSES: [&str; 38] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "N", "Nd", "Nl", "No", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "M", "Mn", "Mc", "Me", "Latin", "Greek", "Cyrillic", "Han",
];

/// Whether a plain sign belongs to a class of [`CLASSES`].
pub(super) fn belongs(sign: char, class: &str) -> bool {
    match class {
        "Latin" => within(sign, &LATIN),
        "Greek" => within(sign, &GREEK),
        "Cyrillic" => within(sign, &CYRILLIC),
        "Han" => within(sign, &HAN),
        _ => category(sign).starts_with(class),
    }
}

/// Whether the class of this sign is known where `class` is asked for.
pub(super) fn is_known(sign: char, class: &str) -> bool {
    if class.starts_with(['P', 'S', 'M']) { (sign as u32) < 0x300 } else { is_plain(sign) }
}

fn category(sign: char) -> &'static str {
    if sign.is_control() {
        "Cc"
    } else if sign == '\u{AD}' {
        "Cf"
    } else if sign.is_whitespace() {
        "Zs"
    } else if sign.is_numeric() {
        if within(sign, &DIGITS) {
            "Nd"
        } else if within(sign, &LETTER_NUMBERS) {
            "Nl"
        } else {
            "No"
        }
    } else if sign.is_alphabetic() && !within(sign, &CIRCLED) {
        if within(sign, &TITLE) {
            "Lt"
        } else if within(sign, &MODIFIER) {
            "Lm"
        } else if sign.is_uppercase() {
            "Lu"
        } else if sign.is_lowercase() && !matches!(sign, 'ª' | 'º') {
            "Ll"
        } else {
            "Lo"
        }
    } else {
        SIGNS.iter().find(|(_, signs)| signs.contains(sign)).map_or("Sk", |(name, _)| name)
    }
}
