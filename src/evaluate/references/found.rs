//! What a mention was found to lead to, and what a value refers to, each reference with its place in the value.

use std::rc::Rc;

use ecow::{EcoString, EcoVec};
use rustc_hash::FxHashSet;

use crate::evaluate::limits;
use crate::model::{Address, Reference};
use crate::source::Span;

/// What a variable, local, output or configuration refers to, each target once per attribute read and place.
pub(in crate::evaluate) type References = Rc<Vec<Indirect>>;

#[derive(Debug, Clone, PartialEq)]
pub(in crate::evaluate) struct Indirect {
    pub target: Address,
    pub reads: EcoString,
    /// The names in between, nearest first, that of the value itself included.
    pub through: EcoVec<EcoString>,
    /// The keys under which it stands in the value, as far as the value is written out.
    pub path: EcoVec<EcoString>,
    /// Its way leads through what is switched off.
    pub idle: bool,
    /// Where it is written.
    pub span: Span,
}

/// One target of a mention.
pub(super) struct Found {
    pub target: Address,
    pub reads: EcoString,
    pub through: EcoVec<EcoString>,
    /// Its place in the value, behind the steps that led there.
    pub rest: EcoVec<EcoString>,
    /// It has a place in a value, where the same target may stand more than once.
    pub placed: bool,
    /// Its way leads through what is switched off.
    pub idle: bool,
}

impl Found {
    pub fn direct(target: Address, reads: EcoString) -> Found {
        Found { target, reads, through: EcoVec::new(), rest: EcoVec::new(), placed: false, idle: false }
    }

    /// Reached by so many steps into the value.
    pub fn of(indirect: &Indirect, steps: usize) -> Found {
        let rest = match steps {
            0 => indirect.path.clone(),
            steps => indirect.path.iter().skip(steps).cloned().collect(),
        };
        let placed = !indirect.path.is_empty();
        Found {
            target: indirect.target.clone(),
            reads: indirect.reads.clone(),
            through: indirect.through.clone(),
            rest,
            placed,
            idle: indirect.idle,
        }
    }
}

impl Indirect {
    pub fn to(target: Address, span: Span) -> Indirect {
        Indirect { target, reads: EcoString::new(), through: EcoVec::new(), path: EcoVec::new(), idle: false, span }
    }

    /// The same reference, seen from one name further away.
    pub fn by_way_of(self, name: &EcoString) -> Indirect {
        Indirect { through: way(name, &self.through), ..self }
    }

    pub fn ordering(&self, argument: &str, span: Span) -> Reference {
        Reference {
            target: self.target.clone(),
            argument: argument.into(),
            reads: self.reads.clone(),
            through: self.through.clone(),
            explicit: true,
            idle: self.idle,
            span,
        }
    }
}

/// The names in between, with one more before them.
pub(super) fn way(name: &EcoString, rest: &[EcoString]) -> EcoVec<EcoString> {
    let mut through = EcoVec::with_capacity(rest.len() + 1);
    through.push(name.clone());
    through.extend(rest.iter().take(limits::THROUGH - 1).cloned());
    through
}

/// Whether what stands at a place is read by a way, or reads through it: one leads into the other. A key that is
/// not known may be any.
pub(super) fn fits(path: &[EcoString], way: &[Option<EcoString>]) -> bool {
    path.iter().zip(way).all(|(key, wanted)| wanted.as_ref().is_none_or(|wanted| wanted == key))
}

/// Each target, attribute and place once.
pub(super) fn merged<const N: usize>(parts: [&[Indirect]; N]) -> Vec<Indirect> {
    let mut seen: FxHashSet<(Address, EcoString, EcoVec<EcoString>, bool)> = FxHashSet::default();
    let mut found = Vec::new();
    for indirect in parts.into_iter().flatten() {
        if seen.insert((indirect.target.clone(), indirect.reads.clone(), indirect.path.clone(), indirect.idle)) {
            found.push(indirect.clone());
        }
    }
    found
}
