//! The composed form of text (NFC), in which the language of Terraform keeps every text. The tables behind it are larger than
//! all that reads them: in a browser they are the browser's.

use ecow::EcoString;

/// `e` with a combining accent is `é`. Nothing before U+0300 changes or joins what stands before it.
pub fn composed(text: EcoString) -> EcoString {
    if needs_care(&text) { normalize(&text) } else { text }
}

/// Whether a sign of U+0300 or after is in the text: their first bytes are 0xCC and above.
fn needs_care(text: &str) -> bool {
    text.bytes().any(|byte| byte >= 0xcc)
}

#[cfg(target_arch = "wasm32")]
fn normalize(text: &str) -> EcoString {
    String::from(js_sys::JsString::from(text).normalize("NFC")).into()
}

#[cfg(not(target_arch = "wasm32"))]
fn normalize(text: &str) -> EcoString {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the examples of Unicode Standard Annex #15.
    #[test]
    fn signs_are_composed_in_their_order() {
        for (written, kept) in [
            ("plain \u{e9}", "plain \u{e9}"),
            ("e\u{301}", "\u{e9}"),
            ("\u{212b}", "\u{c5}"),
            ("q\u{307}\u{323}", "q\u{323}\u{307}"),
            ("\u{1e9b}\u{323}", "\u{1e9b}\u{323}"),
            ("\u{1100}\u{1161}\u{11a8}", "\u{ac01}"),
            ("\u{fb01} \u{1f9d1}\u{200d}\u{1f680}", "\u{fb01} \u{1f9d1}\u{200d}\u{1f680}"),
        ] {
            assert_eq!(composed(written.into()), kept, "{written}");
        }
    }
}
