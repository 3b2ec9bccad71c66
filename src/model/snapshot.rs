//! One version of the infrastructure, evaluated.

use ecow::EcoString;

use super::{Address, Disabled, OutputValue, Planned, Question, Removed, Resource, StackPolicy};
use crate::diagnostic::Diagnostics;
use crate::source::Span;

/// Index of a resource in its [`Snapshot`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

impl ResourceId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An edge that no reference says: one resource names the other, and the cloud finds it by that name.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied {
    pub from: Address,
    pub to: Address,
    /// The argument that holds the name.
    pub argument: EcoString,
    pub span: Span,
}

/// Everything one version declares, sorted by address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    pub resources: Vec<Resource>,
    pub disabled: Vec<Disabled>,
    pub outputs: Vec<OutputValue>,
    pub questions: Vec<Question>,
    /// What the author demands and does not hold.
    pub unmet: Vec<Unmet>,
    pub diagnostics: Diagnostics,
    /// What the author says was renamed or moved, from and to, of resources and modules.
    pub moved: Vec<(Address, Address)>,
    /// What the author says is no longer managed here.
    pub removed: Vec<Removed>,
    /// Addresses of what the author says exists already and is taken over.
    pub imported: Vec<EcoString>,
    /// What belongs together by name alone, in address order of what names the other.
    pub implied: Vec<Implied>,
    /// Which updates stacks refuse.
    pub stack_policies: Vec<StackPolicy>,
    /// What a plan says will happen; then nothing is worked out by comparing.
    pub planned: Option<Vec<Planned>>,
}

/// A condition that is known not to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// The resource instance, `check.NAME` or `output.NAME`.
    pub address: Address,
    /// It only warns: nothing stops.
    pub warns: bool,
    /// What the author says to that.
    pub message: EcoString,
    pub span: Span,
}

impl Snapshot {
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.index())
    }

    /// Every resource with its id, in address order.
    pub fn iter(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources.iter().enumerate().map(|(at, resource)| (ResourceId(at as u32), resource))
    }
}
