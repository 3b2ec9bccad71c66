//! What the transform cannot accept: which resource, and why.

use ecow::EcoString;

/// A template that the service would refuse, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The resource, or the event while its resource is not yet known; empty for the template as a whole.
    pub id: EcoString,
    pub message: EcoString,
    /// The message is about an event: whoever knows the resource puts its id.
    pub event: bool,
}

pub type Made<T> = Result<T, Reject>;

impl Reject {
    pub fn resource(id: &str, message: impl Into<EcoString>) -> Reject {
        Reject { id: id.into(), message: message.into(), event: false }
    }

    pub fn event(id: &str, message: impl Into<EcoString>) -> Reject {
        Reject { id: id.into(), message: message.into(), event: true }
    }

    pub fn template(message: impl Into<EcoString>) -> Reject {
        Reject { id: EcoString::new(), message: message.into(), event: false }
    }

    /// An error of an event becomes one of the resource that has it.
    pub fn of(self, resource: &str) -> Reject {
        if !self.event {
            return self;
        }
        let message = ecow::eco_format!("event '{}': {}", self.id, self.message);
        Reject { id: resource.into(), message, event: false }
    }
}

impl Reject {
    /// What stops the transform is already noted.
    pub fn stop() -> Reject {
        Reject { id: EcoString::new(), message: EcoString::new(), event: false }
    }

    pub fn is_stop(&self) -> bool {
        self.message.is_empty()
    }
}
