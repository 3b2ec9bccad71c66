//! What names mean at one place: the module instance, `each` and `count`, and the names that `for` expressions
//! and dynamic blocks bind. Borrowed, so that entering a scope costs nothing.

use ecow::EcoString;

use crate::model::{Object, Value};

#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    /// Index of the module instance.
    pub module: u32,
    pub repetition: &'s Repetition,
    /// The declaration and instance that `self` means.
    pub own: Option<(u32, u32)>,
    pub names: Option<&'s Binding<'s>>,
    /// The values handed to a template file: there, nothing else means anything.
    pub handed: Option<&'s Object>,
}

/// What `each` and `count` mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Repetition {
    #[default]
    None,
    Count(Value),
    Each {
        key: Value,
        value: Value,
    },
}

/// A name bound inside an expression or a dynamic block.
pub(super) struct Binding<'s> {
    pub name: &'s str,
    pub value: Value,
    pub outer: Option<&'s Binding<'s>>,
}

pub(super) const NOT_REPEATED: &Repetition = &Repetition::None;

impl<'s> Scope<'s> {
    /// The scope of a module's variables, locals and outputs.
    pub const fn of_module(module: u32) -> Scope<'s> {
        Scope { module, repetition: NOT_REPEATED, own: None, names: None, handed: None }
    }

    pub fn with<'b>(self, names: &'b Binding<'b>) -> Scope<'b>
    where
        's: 'b,
    {
        Scope { names: Some(names), ..self }
    }

    pub fn bound(&self, name: &EcoString) -> Option<&'s Value> {
        let mut next = self.names;
        while let Some(binding) = next {
            if binding.name == name.as_str() {
                return Some(&binding.value);
            }
            next = binding.outer;
        }
        self.handed?.get(name)
    }
}
