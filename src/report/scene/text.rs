//! How wide a label is, and how it is cut to fit.
//!
//! No font is at hand where a scene is made, so widths are an estimate: advances of Liberation Sans Bold and
//! Regular (metric-compatible with Arial) in thousandths of the size, with [`ALLOWANCE`] for the wider faces of the
//! font stack (Noto Sans, Segoe UI). A face wider still may overrun by a few pixels; nothing is drawn under it.

use ecow::EcoString;

/// Part added to the estimate for wider faces.
const ALLOWANCE: f32 = 1.02;

/// Advances of U+0020 to U+007E in thousandths of the font size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333,
    333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611,
    611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// A face and size that labels are set in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    advances: &'static [u16; 95],
    size: f32,
}

/// Names on cards: 12 px, weight 600.
pub(super) const NAME: Face = Face { advances: &BOLD, size: 12.0 };
/// Types, amounts and group labels: 11 px.
pub(super) const SMALL: Face = Face { advances: &REGULAR, size: 11.0 };

impl Face {
    /// Estimated width of a text in pixels.
    pub fn width(self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// The text, cut in the middle when it is wider than `room`; the end stays, for it tells names apart.
    pub fn fit(self, text: &str, room: f32) -> EcoString {
        let clean = printable(text);
        if self.width(&clean) <= room {
            return clean;
        }
        let room = (room - self.advance('…')).max(0.0);
        let head = self.take(clean.chars(), room * 0.4);
        let used: f32 = clean.chars().take(head).map(|c| self.advance(c)).sum();
        let count = clean.chars().count();
        let tail = self.take(clean.chars().rev(), room - used).min(count - head);
        let start: String = clean.chars().take(head).collect();
        let mut cut = EcoString::from(start.trim_end());
        cut.push('…');
        cut.extend(clean.chars().skip(count - tail));
        cut
    }

    /// How many characters fit.
    fn take(self, characters: impl Iterator<Item = char>, room: f32) -> usize {
        let mut used = 0.0;
        characters
            .take_while(|c| {
                used += self.advance(*c);
                used <= room
            })
            .count()
    }

    fn advance(self, c: char) -> f32 {
        let thousandths = match c {
            ' '..='~' => self.advances.get(c as usize - 32).copied().unwrap_or(600),
            '…' => 1000,
            '−' => 584,
            '–' => 556,
            // Ideographs and their like are as wide as high; everything else is taken as a wide letter.
            '\u{1100}'.. => 1000,
            _ => 667,
        };
        f32::from(thousandths) / 1000.0 * self.size * ALLOWANCE
    }
}

/// The text without what a reader cannot see: control characters and marks that turn the direction of writing.
pub(super) fn printable(text: &str) -> EcoString {
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept_and_what_does_not_loses_its_middle() {
        assert_eq!(NAME.fit("primary", 92.0), "primary");
        let cut = NAME.fit("customer-orders-production-prod-db", 92.0);
        assert!(cut.starts_with("cust") && cut.ends_with("prod-db") && cut.contains('…'), "{cut}");
        assert!(NAME.width(&cut) <= 92.0);
        assert_eq!(NAME.fit("primary", 0.0), "…");
        assert_eq!(NAME.fit("", 10.0), "");
    }

    #[test]
    fn widths_are_the_sum_of_advances() {
        // W (944) and i (278) at 12 px with 2 % allowance.
        assert!((NAME.width("Wi") - (0.944 + 0.278) * 12.0 * 1.02).abs() < 0.001);
        assert!(SMALL.width("数据库") > SMALL.width("abc"));
    }

    #[test]
    fn invisible_characters_never_reach_a_label() {
        assert_eq!(printable("a\u{202e}b\nc\u{0}d"), "ab cd");
    }
}
