//! Python's built-in functions and the methods of its values.

mod builtins;
pub mod csv;
pub mod files;
mod iterate;
pub mod json;
pub mod library;
mod methods;
mod more;
pub mod networks;
mod patterns;

pub use builtins::global;
pub use files::is_environment;
pub use library::library;
pub use methods::{digest, method};
pub use more::yaml;
