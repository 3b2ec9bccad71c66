//! What a tool recorded of the infrastructure: a plan or a state, as resources and actions.

use ecow::{EcoString, eco_format};

use super::{Action, Address, OutputValue, Resource, Unmet};

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
    /// What does not hold of what the author demands, where the plan says anything of it.
    pub unmet: Option<Vec<Unmet>>,
    /// It holds what changes and nothing else: a change set.
    pub partial: bool,
    /// The project of Pulumi that it is of.
    pub project: Option<EcoString>,
}

impl Recorded {
    /// The same in one of several roots, whose path ends in `//`.
    pub fn inside(&self, root: &str) -> Recorded {
        let moved = |address: &Address| Address::in_stack(root, address.text());
        let resource = |resource: &Resource| {
            let mut resource = Resource { address: moved(&resource.address), ..resource.clone() };
            resource.references.make_mut().iter_mut().for_each(|reference| reference.target = moved(&reference.target));
            resource
        };
        let planned = |planned: &Planned| Planned {
            address: moved(&planned.address),
            previous: planned.previous.as_ref().map(moved),
            ..planned.clone()
        };
        Recorded {
            before: self.before.iter().map(resource).collect(),
            after: self.after.iter().map(resource).collect(),
            planned: self.planned.as_ref().map(|all| all.iter().map(planned).collect()),
            unmet: self.unmet.as_ref().map(|all| all.iter().map(|it| Unmet { address: moved(&it.address), ..it.clone() }).collect()),
            outputs: self.outputs.iter().map(|it| OutputValue { address: eco_format!("{root}{}", it.address), ..it.clone() }).collect(),
            ..self.clone()
        }
    }
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
