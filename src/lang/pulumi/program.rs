//! Programs as data: one small tree for every programming language Pulumi is written in.
//!
//! A language's reader makes it ([`ast`]); the interpreter of `interpret` gives it meaning.

pub mod ast;
