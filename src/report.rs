//! Reports: one file each over one struct. A report computes nothing; it prints what the review says.

pub mod json;
pub mod scene;

use crate::review::Review;
use crate::source::Sources;

/// Output formats of the command line and of the page's exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Json,
}

impl Format {
    pub const ALL: [Format; 1] = [Format::Json];

    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
        }
    }

    pub fn of_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Prints a review.
pub fn render(format: Format, review: &Review, sources: &Sources) -> String {
    let _ = sources;
    match format {
        Format::Json => json::json(review),
    }
}
