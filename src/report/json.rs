//! The Review JSON, compact; the shape is [`Review`]'s own.

use std::io::{self, Write};

use serde::Serialize;

use crate::review::Review;

pub fn json(review: &Review) -> String {
    written(review, EXPECTED * (review.resources.len() + 1))
}

/// The same, piece by piece.
pub fn write(review: &Review, out: &mut impl Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, review)?)
}

/// As JSON, with memory for so many bytes at first.
pub(super) fn written(what: &impl Serialize, expected: usize) -> String {
    let mut text = Text(Vec::with_capacity(expected));
    // Serialising plain data to memory cannot fail; an empty object would still be valid JSON.
    match serde_json::to_writer(&mut text, what) {
        Ok(()) => text.into(),
        Err(_) => "{}".to_string(),
    }
}

/// Grows by pieces of mostly a few bytes: a quotation mark, a name. In WebAssembly, asking the engine to copy those takes
/// longer than putting down byte after byte.
struct Text(Vec<u8>);

/// Bytes that a resource takes, with its edges and what is said of it: half as much again as most do, so that the text
/// is rarely moved.
const EXPECTED: usize = 2_000;

/// Pieces up to this are put down byte after byte.
const FEW: usize = 12;

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline(always)]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match bytes {
            // Every second piece is one sign.
            [one] => self.0.push(*one),
            _ => self.put(bytes),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Text {
    #[inline(never)]
    fn put(&mut self, bytes: &[u8]) {
        if cfg!(target_arch = "wasm32") && bytes.len() <= FEW {
            bytes.iter().for_each(|byte| self.0.push(*byte));
        } else {
            self.0.extend_from_slice(bytes);
        }
    }
}

impl From<Text> for String {
    #[allow(unsafe_code, reason = "serde_json writes texts and ASCII, and looking at every byte again takes a tenth of the time")]
    fn from(text: Text) -> String {
        unsafe { String::from_utf8_unchecked(text.0) }
    }
}
