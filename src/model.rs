//! The vocabulary every stage shares: expressions and declarations as read, values and resources as evaluated.
//!
//! Owns no behaviour beyond construction and access, and never looks at a format's syntax.

mod address;
mod expression;
mod given;
mod list;
mod module;
mod money;
mod number;
mod object;
mod recorded;
mod resource;
mod snapshot;
mod stack_policy;
mod value;
mod vocabulary;

pub use address::{Address, Key, ModulePath};
pub use expression::{BinaryOperator, Expr, ExprKind, ForList, ForObject, ObjectItem, Part, Step, UnaryOperator};
pub use given::Given;
pub use list::{Kind, List};
pub use module::{
    Attribute, Block, Body, Condition, ConditionKind, Declaration, Dialect, Dynamic, Import, Lifecycle, Local, Mode, Module, ModuleCall,
    Moved, Output, ProviderConfig, Removed, RootModule, Told, Variable,
};
pub use money::Range;
pub use number::Number;
pub use object::Object;
pub use recorded::{Planned, Recorded};
pub use resource::{Disabled, Names, Native, OutputValue, Question, QuestionKind, Reference, Resource, Setting, camel_path};
pub use snapshot::{Implied, ResourceId, Snapshot, Unmet};
pub use stack_policy::{StackPolicy, Statement};
pub use value::{Unknown, UnknownKind, Value};
pub use vocabulary::{
    Action, Certainty, Confidence, DataLoss, DeclaredBy, DependencyKind, Direction, Reversible, Severity, StepKind, Tier,
};
