//! Python's built-in functions and the methods of its values.

mod builtins;
pub mod json;
pub mod library;
mod methods;

pub use builtins::global;
pub use library::library;
pub use methods::method;
