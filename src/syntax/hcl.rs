//! HCL's node kinds, numbered by the generated parser.

#![allow(dead_code, reason = "the generated list names every symbol of the grammar")]

include!(concat!(env!("OUT_DIR"), "/hcl_kinds.rs"));

/// A piece of text that fits no rule.
pub const ERROR: u16 = u16::MAX;

/// The sign that ends a node of this kind.
pub const fn closing(kind: u16) -> Option<&'static str> {
    match kind {
        BLOCK | LOOSE_BLOCK | OBJECT | FOR_OBJECT | INTERPOLATION | DIRECTIVE => Some("}"),
        TUPLE | FOR_TUPLE | INDEX => Some("]"),
        CALL | PARENS => Some(")"),
        TEMPLATE => Some("\""),
        HEREDOC => Some("the closing marker"),
        _ => None,
    }
}
