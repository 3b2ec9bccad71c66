//! Replacement rules, impact and icons: `data/` to Rust tables.

use std::path::Path;

pub fn generate(_out: &Path) {}
