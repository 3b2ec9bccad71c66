//! How much one evaluation may grow. Each limit that is reached is named in a diagnostic or in the value.

/// Instances of one block.
pub(super) const INSTANCES_OF_BLOCK: u64 = 10_000;
/// Instances of all blocks and modules together.
pub(super) const INSTANCES: usize = 200_000;
/// Instances of modules alone.
pub(super) const MODULES: usize = 50_000;
/// Blocks that all `dynamic` blocks together make.
pub(super) const DYNAMIC_BLOCKS: usize = 200_000;
/// Modules inside modules.
pub(super) const MODULE_DEPTH: u32 = 32;
/// Depth at which an evaluation gives up on a slot and fills that first.
pub(super) const SLOT_DEPTH: u32 = 96;
/// Depth at which an expression is not evaluated any further.
pub(super) const EXPRESSION_DEPTH: u32 = 320;
/// Expressions evaluated and references followed, in all.
pub(super) const STEPS: u64 = if cfg!(test) { 300_000 } else { 5_000_000 };
/// Bytes of one text.
pub(super) const TEXT: usize = 4 << 20;
/// Items of one list or object.
pub(super) const ITEMS: usize = 100_000;
/// Values inside one variable, local or output, at any depth.
pub(super) const WEIGHT: usize = 400_000;
/// Names in between that one reference tells of.
pub(super) const THROUGH: usize = 12;
/// Keys into a value by which references are told apart.
pub(super) const PATH: usize = 6;
/// References of one value that are told apart by their keys.
pub(super) const PLACED: usize = 1_000;
