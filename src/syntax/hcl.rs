//! HCL's node kinds, numbered by the generated parser.

#![allow(dead_code, reason = "the generated list names every symbol of the grammar")]

include!(concat!(env!("OUT_DIR"), "/hcl_kinds.rs"));

/// A piece of text that fits no rule.
pub const ERROR: u16 = u16::MAX;
