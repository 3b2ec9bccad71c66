//! What a tool recorded of the infrastructure: a plan or a state, as resources and actions.

use ecow::EcoString;

use super::{Action, Address, OutputValue, Resource};

/// The content of a plan or of a state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    /// What there is: all of a state, or what a plan starts from.
    pub before: Vec<Resource>,
    /// What there will be; empty for a state.
    pub after: Vec<Resource>,
    /// What a plan does; `None` for a state.
    pub planned: Option<Vec<Planned>>,
    pub outputs: Vec<OutputValue>,
    /// It holds what changes and nothing else: a change set.
    pub partial: bool,
}

/// One action of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub address: Address,
    /// Its address before, where that was another.
    pub previous: Option<Address>,
    pub action: Action,
    /// Why, in the plan's own account.
    pub reason: Option<EcoString>,
    /// Dotted paths of the arguments that cannot change in place.
    pub replace_paths: Vec<EcoString>,
    /// The words of what has to hold for the action to be another.
    pub condition: Option<EcoString>,
}
