//! What Terraform refuses once it looks at more than one block: moves and imports that contradict what is declared, or
//! each other.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashSet;

use super::Evaluator;
use super::access::step_name;
use crate::model::{Address, Dialect, ExprKind, Import, Mode, Resource, Snapshot};
use crate::source::Span;

impl Evaluator<'_> {
    /// Says what is wrong with the target of an import.
    pub(super) fn tell_import(&mut self, module: u32, import: &Import, taken: &[EcoString], before: &[EcoString]) {
        let ExprKind::Reference { root, steps } = &import.to.kind else { return };
        let name = steps.first().and_then(step_name).map(EcoString::as_str).unwrap_or_default();
        let declared = self.definition_of(module).is_none_or(|it| it.resources.contains_key(&(Mode::Managed, root.as_str(), name)));
        let message = match taken {
            _ if self.dialect(module) != Dialect::Terraform => return,
            _ if !declared && !matches!(root.as_str(), "module" | "data") => {
                eco_format!("{root}.{name} is declared in no file here; `plan -generate-config-out` writes it")
            }
            [one] if import.for_each.is_none() && before.iter().take(1_000).any(|it| it == one) => eco_format!("{one} is taken over twice"),
            _ => return,
        };
        self.warn("import", import.to.span, message);
    }

    /// Says which moves contradict what is declared, or an earlier one; of the first thousand.
    pub(super) fn tell_moves(&mut self, snapshot: &Snapshot, places: &[Option<Span>]) {
        let declared = Declared::of(&snapshot.resources, !snapshot.moved.is_empty());
        for (at, ((from, to), place)) in snapshot.moved.iter().zip(places).take(1_000).enumerate() {
            let Some(place) = *place else { continue };
            let other = || snapshot.moved.iter().take(at).find(|it| (it.0 == *from) != (it.1 == *to));
            let message = if declared.has(from, to.key().is_empty()) {
                eco_format!("{from} is still declared, and what is declared has not moved")
            } else if let Some((source, target)) = other() {
                eco_format!("this contradicts the move of {source} to {target}")
            } else {
                continue;
            };
            self.warn("moved", place, message);
        }
    }
}

/// What files declare, by the names that a move or a removal may give it.
pub(super) struct Declared<'s> {
    /// Instances, and the modules that they are in.
    exact: FxHashSet<&'s str>,
    /// Blocks as a whole.
    blocks: FxHashSet<&'s str>,
}

impl<'s> Declared<'s> {
    /// Nothing is gathered where nobody will ask.
    pub fn of(resources: &'s [Resource], is_asked: bool) -> Declared<'s> {
        let (mut exact, mut blocks) = (FxHashSet::default(), FxHashSet::default());
        for resource in resources.iter().filter(|it| is_asked && it.declaration.is_some()) {
            exact.insert(resource.address.as_str());
            exact.insert(resource.address.module());
            blocks.insert(resource.address.without_key());
        }
        Declared { exact, blocks }
    }

    /// Whether an address names something that is declared: an instance, a module, or all of a block where it is meant as
    /// a whole.
    pub fn has(&self, address: &Address, whole: bool) -> bool {
        self.exact.contains(address.as_str()) || whole && self.blocks.contains(address.as_str())
    }
}
