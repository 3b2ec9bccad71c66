//! Reports: one file each over one struct. A report computes nothing; it prints what the review says.

pub mod dot;
#[cfg(test)]
mod example;
pub mod html;
pub mod icons;
pub mod json;
pub mod markdown;
pub mod mermaid;
#[cfg(test)]
mod sample;
pub mod scene;
pub mod svg;
pub mod text;
pub mod update;
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
    Dot,
    Mermaid,
    Svg,
}

impl Format {
    pub const ALL: [Format; 7] = [Format::Json, Format::Markdown, Format::Text, Format::Html, Format::Dot, Format::Mermaid, Format::Svg];

    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Html => "html",
            Format::Dot => "dot",
            Format::Mermaid => "mermaid",
            Format::Svg => "svg",
        }
    }

    /// By its name. The browser's first core, which is small, has no report for terminals.
    pub fn of_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name && (FOR_TERMINALS || *format != Format::Text))
    }
}

const FOR_TERMINALS: bool = cfg!(any(feature = "cli", feature = "programs"));

/// Prints a review.
pub fn render(format: Format, review: &Review, sources: &Sources) -> String {
    let _ = sources;
    match format {
        Format::Json => json::json(review),
        Format::Text if FOR_TERMINALS => text::text(review),
        Format::Markdown | Format::Text => markdown::markdown(review),
        Format::Html => html::html(review),
        Format::Dot => dot::dot(review),
        Format::Mermaid => mermaid::mermaid(review),
        Format::Svg => svg::svg(review),
    }
}
