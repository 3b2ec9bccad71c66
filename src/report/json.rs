//! The Review JSON, compact; the shape is [`Review`]'s own.

use crate::review::Review;

pub fn json(review: &Review) -> String {
    // Serialising plain data to memory cannot fail; an empty object would still be valid JSON.
    serde_json::to_string(review).unwrap_or_else(|_| "{}".to_string())
}
