//! What Terraform refuses once it looks at more than one block: moves and imports that contradict what is declared, or
//! each other.

use ecow::{EcoString, eco_format};

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
        for (at, ((from, to), place)) in snapshot.moved.iter().zip(places).take(1_000).enumerate() {
            let Some(place) = *place else { continue };
            let other = || snapshot.moved.iter().take(at).find(|it| (it.0 == *from) != (it.1 == *to));
            let message = if is_declared(&snapshot.resources, from, to.key().is_empty()) {
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

/// Whether files declare what an address names: an instance, a module's, or all of a block's where it is meant as a whole.
pub(super) fn is_declared(resources: &[Resource], address: &Address, whole: bool) -> bool {
    let name = address.as_str();
    let of = |it: &Address| it.as_str() == name || it.module() == name || whole && it.without_key() == name;
    resources.iter().any(|it| it.declaration.is_some() && of(&it.address))
}
