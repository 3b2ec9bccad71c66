//! Bytes to text: UTF-8, with or without a byte order mark. Anything else is named for what it is.

use ecow::{EcoString, eco_format};

use crate::diagnostic::{Diagnostic, Level};

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotText {
    Utf16,
    Compressed,
    Binary,
    /// Text in another encoding: the first line that is not UTF-8.
    Line(usize),
}

pub(super) fn decode(bytes: &[u8]) -> Result<&str, NotText> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        Ok(_) => Err(not_text(bytes).unwrap_or(NotText::Binary)),
        Err(error) => Err(not_text(bytes).unwrap_or_else(|| {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            NotText::Line(good.iter().filter(|byte| **byte == b'\n').count() + 1)
        })),
    }
}

fn not_text(bytes: &[u8]) -> Option<NotText> {
    const LOOKED_AT: usize = 4096;
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some(NotText::Utf16);
    }
    if bytes.starts_with(b"\x1F\x8B") || bytes.starts_with(b"BZh") || bytes.starts_with(b"\xFD7zXZ") || bytes.starts_with(b"7z\xBC\xAF") {
        return Some(NotText::Compressed);
    }
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd == 0 {
        return None;
    }
    // Latin text in UTF-16 has a zero in every other byte, and only there.
    let half = head.len() / 2;
    let utf16 = (odd * 10 >= half * 9 && even * 10 <= half) || (even * 10 >= half * 9 && odd * 10 <= half);
    Some(if utf16 && half > 1 { NotText::Utf16 } else { NotText::Binary })
}

impl NotText {
    pub(super) fn diagnostic(self, path: EcoString) -> Diagnostic {
        let (level, what, help) = match self {
            NotText::Utf16 => (Level::Error, EcoString::from("this is UTF-16 text"), Some("save it as UTF-8")),
            NotText::Compressed => (Level::Error, "this is a compressed file".into(), Some("unpack it, or give a zip archive")),
            NotText::Binary => (Level::Note, "this is not text".into(), None),
            NotText::Line(line) => (Level::Error, eco_format!("line {line} is not valid UTF-8"), Some("save it as UTF-8")),
        };
        let diagnostic = Diagnostic::about_path(level, "not-text", path, eco_format!("{what}; the file is left out"));
        match help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}
