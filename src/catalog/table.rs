//! Tables of types that are one sorted text: in the program where that has room; in a browser they come with the prices.

use std::sync::OnceLock;

/// The table that the build wrote as a text of this name, or none where it comes with the prices.
macro_rules! table {
    ($name:literal) => {
        $crate::catalog::table::Table::new(if cfg!(any(feature = "cli", test)) {
            include_str!(concat!(env!("OUT_DIR"), "/", $name))
        } else {
            ""
        })
    };
}

pub(super) use table;

/// A text of lines that begin with a type, sorted by it.
pub(super) struct Table {
    pub(super) text: &'static str,
    /// Found once: to look for line ends anew for each resource took longer than to compare its arguments.
    lines: OnceLock<Vec<&'static str>>,
}

impl Table {
    pub(super) const fn new(text: &'static str) -> Table {
        Table { text, lines: OnceLock::new() }
    }

    /// Gives the program its table, once, if it has none built in.
    pub(super) fn supply(&self, text: &str) {
        if self.text.is_empty() {
            self.lines.get_or_init(|| str::lines(Box::leak(Box::<str>::from(text))).collect());
        }
    }

    /// All lines; none while the table is not at hand.
    pub(super) fn lines(&self) -> &[&'static str] {
        if self.text.is_empty() {
            return self.lines.get().map_or(&[], Vec::as_slice);
        }
        self.lines.get_or_init(|| self.text.lines().collect())
    }

    /// The rest of the line of a type.
    pub(super) fn find(&self, kind: &str) -> Option<&'static str> {
        let lines = self.lines();
        let split = |line: &'static str| line.split_once(' ').unwrap_or((line, ""));
        let at = lines.binary_search_by(|line| split(line).0.cmp(kind)).ok()?;
        lines.get(at).map(|line| split(line).1)
    }
}
