//! Pulumi: programs are read without being run, and what they would register becomes declarations.

pub mod interpret;
pub mod program;
pub mod python;
