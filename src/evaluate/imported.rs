//! `import` blocks: which instances are taken over instead of made.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::instance::Keys;
use super::scope::{Repetition, Scope};
use crate::model::{ExprKind, Import, Key, Step, Value};

impl Evaluator<'_> {
    /// The addresses that an import block names, one for each of its instances that is known.
    pub(super) fn taken_over(&mut self, module: u32, import: &Import) -> Vec<EcoString> {
        let scope = Scope::of_module(module);
        let keys = match &import.for_each {
            Some(for_each) => self.keys(None, Some(for_each), &scope, import.span),
            None => Keys::One,
        };
        let path = self.instance(module).map(|instance| instance.path.clone()).unwrap_or_default();
        let dot = if path.is_empty() || path.ends_with("//") { "" } else { "." };
        let mut found = Vec::new();
        for position in 0..keys.len() {
            let repetition = if keys == Keys::One { Repetition::None } else { keys.repetition(position) };
            let scope = Scope { repetition: &repetition, ..scope };
            found.extend(self.address_at(import, &scope).map(|address| eco_format!("{path}{dot}{address}")));
        }
        found
    }

    /// The address in `to`, its keys evaluated; `None` when one is not known.
    fn address_at(&mut self, import: &Import, scope: &Scope<'_>) -> Option<EcoString> {
        let ExprKind::Reference { root, steps } = &import.to.kind else { return None };
        let mut address = root.clone();
        for step in steps {
            let key = match step {
                Step::Name(name, _) => {
                    address.push('.');
                    address.push_str(name);
                    continue;
                }
                Step::Index(index) => match self.eval(index, scope) {
                    Value::Text(name) => Key::Name(name),
                    Value::Number(number) => Key::Index(u64::try_from(number.to_i64()?).ok()?),
                    _ => return None,
                },
                Step::Splat(_) | Step::LegacySplat(_) => return None,
            };
            address.push_str(&eco_format!("{key}"));
        }
        Some(address)
    }
}
