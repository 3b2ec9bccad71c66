//! `!Sub`, `!GetAtt` and the other short tags as the long forms that JSON has.

use ecow::{EcoString, eco_format};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::syntax::document::{Kind, Node};

const FUNCTIONS: &[&str] = &[
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "RefAll",
    "ValueOf",
    "ValueOfAll",
    "GetStackOutput",
];

/// The same document with every short tag as a mapping of one entry: `!Ref x` is `{Ref: x}`. The mapping and its
/// key have the place of the value.
pub fn long_forms(mut node: Node, out: &mut Diagnostics) -> Node {
    node.kind = match node.kind {
        Kind::Sequence(items) => Kind::Sequence(items.into_iter().map(|item| long_forms(item, out)).collect()),
        Kind::Mapping(mut entries) => {
            for entry in &mut entries {
                let value = std::mem::replace(&mut entry.value, Node::plain_at(entry.key.span, ""));
                entry.value = long_forms(value, out);
            }
            Kind::Mapping(entries)
        }
        scalar => scalar,
    };
    let Some(tag) = node.tag.take() else { return node };
    let name = tag.trim_start_matches('!');
    let key: EcoString = match name {
        "Ref" | "Condition" => name.into(),
        _ if FUNCTIONS.contains(&name) => eco_format!("Fn::{name}"),
        _ => {
            if tag.starts_with("!!") {
                node.tag = Some(tag);
            } else if !name.is_empty() {
                out.push(Diagnostic::warning(
                    "tag",
                    node.span,
                    eco_format!("CloudFormation has no tag {tag}; the value is taken without it"),
                ));
            }
            return node;
        }
    };
    let span = node.span;
    if name == "GetAtt"
        && let Some((id, attribute)) = node.text().and_then(|text| text.split_once('.'))
    {
        node = Node::sequence_at(span, [Node::text_at(span, id), Node::text_at(span, attribute)]);
    }
    Node::mapping_at(span, [(key, node)])
}
