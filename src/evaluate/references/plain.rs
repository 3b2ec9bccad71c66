//! References where resources have names of their own: `resource.NAME.attribute`.

use ecow::{EcoString, EcoVec};

use super::found::Found;
use super::{Evaluator, Mention, Place, reads_of};
use crate::evaluate::access::step_name;
use crate::evaluate::scope::Scope;
use crate::model::{Address, Step, UnknownKind, Value};

/// The attribute of a stack that holds its outputs.
const OUTPUTS: &str = "Outputs";

impl Evaluator<'_> {
    /// The value of `resource.NAME...`.
    pub(in crate::evaluate) fn plain_reference(&mut self, steps: &[Step], scope: &Scope<'_>) -> Value {
        let Some((name, rest)) = steps.split_first().and_then(|(first, rest)| Some((step_name(first)?, rest))) else {
            return Value::unknown(UnknownKind::Unsupported, "resource as a whole");
        };
        if let Some(output) = self.nested_output(scope.module, name, rest) {
            return self.module_reference(&output, scope);
        }
        match self.definition_of(scope.module).and_then(|definition| definition.plain.get(name).copied()) {
            Some(at) => self.resource_value(scope.module, at, rest, scope),
            None => Value::unknown(UnknownKind::Unresolved, name.clone()),
        }
    }

    /// Finds the resource that `resource.NAME...` leads to; through a nested stack's output also what that reads.
    pub(super) fn resolve_plain(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Found)) {
        let Some((name, rest)) = mention.steps.split_first().and_then(|(first, rest)| Some((step_name(first)?, rest))) else { return };
        if let Some(output) = self.nested_output(place.module, name, rest) {
            let root = EcoString::from("module");
            let inner = Mention { root: &root, steps: &output, argument: mention.argument.clone(), path: EcoVec::new(), ..*mention };
            self.resolve_module(&inner, place, found);
        }
        let reads = if mention.explicit { EcoString::new() } else { reads_of(rest) };
        let at = self.definition_of(place.module).and_then(|definition| definition.plain.get(name).copied());
        let target = match at {
            Some(at) => self.block_address(place.module, at),
            None => {
                let path = self.instance(place.module).map(|instance| instance.path.clone()).unwrap_or_default();
                let target = Address::in_stack(&path, name);
                self.undeclared(mention.span, target.text());
                self.external(target.clone(), &EcoString::new(), name, mention.span);
                target
            }
        };
        found(Found::direct(target, reads));
    }

    /// `STACK.Outputs.NAME` as the steps of a module's output, where the stack's template is at hand.
    fn nested_output(&self, module: u32, name: &EcoString, rest: &[Step]) -> Option<Vec<Step>> {
        self.definition_of(module)?.calls.get(name.as_str())?;
        let (first, output) = rest.split_first()?;
        let Step::Name(_, span) = first else { return None };
        let named = step_name(first)? == OUTPUTS && !output.is_empty();
        named.then(|| std::iter::once(Step::Name(name.clone(), *span)).chain(output.iter().cloned()).collect())
    }
}
