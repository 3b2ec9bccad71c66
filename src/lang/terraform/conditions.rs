//! What the author says must hold: `precondition`, `postcondition` and `assert`, in both spellings.

use crate::model::{Block, Condition, ConditionKind};

/// The condition that a block demands.
pub(super) fn of(block: &Block, kind: ConditionKind) -> Option<Condition> {
    let of = |name: &str| block.body.attribute(name).map(|attribute| attribute.value.clone());
    Some(Condition { kind, condition: of("condition")?, message: of("error_message") })
}
