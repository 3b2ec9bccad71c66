//! Reports: one file each over one struct. A report computes nothing; it prints what the review says.

#[cfg(test)]
mod example;
pub mod html;
pub mod icons;
pub mod json;
pub mod markdown;
pub mod scene;
pub mod text;
mod words;

use crate::review::Review;
use crate::source::Sources;

/// Output formats of the command line and of the page's exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Json,
    Markdown,
    Text,
    Html,
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Json, Format::Markdown, Format::Text, Format::Html];

    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Html => "html",
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
        Format::Markdown => markdown::markdown(review),
        Format::Text => text::text(review),
        Format::Html => html::html(review),
    }
}
