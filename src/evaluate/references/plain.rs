//! References where resources have names of their own: `resource.NAME.attribute`.

use ecow::{EcoString, EcoVec, eco_format};

use super::found::{Found, way};
use super::{Evaluator, Mention, Place, reads_of};
use crate::evaluate::access::step_name;
use crate::evaluate::scope::Scope;
use crate::model::{Address, Dialect, Expr, ExprKind, Part, Step, UnknownKind, Value};

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

    /// The value of another stack's export.
    pub(in crate::evaluate) fn imported(&mut self, steps: &[Step], scope: &Scope<'_>) -> Value {
        let Some(Step::Index(name)) = steps.first() else { return Value::unknown(UnknownKind::Unsupported, "import") };
        let value = self.eval(name, scope);
        let Value::Text(text) = value.unmarked() else {
            return match value {
                Value::Unknown(unknown) => Value::Unknown(unknown),
                _ => Value::unknown(UnknownKind::Invalid, "the name of an import is a text"),
            };
        };
        match self.export(text, None, scope.module) {
            Some((module, output)) => self.output(module, output),
            None => Value::unknown(UnknownKind::NotAtHand, eco_format!("the export {text}")),
        }
    }

    /// Finds what another stack's export leads to; without that stack, the import itself.
    pub(super) fn resolve_import(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Found)) {
        let Some(Step::Index(name)) = mention.steps.first() else { return };
        let text = match self.eval(name, &place.scope).unmarked() {
            Value::Text(text) => text.clone(),
            _ => EcoString::new(),
        };
        if let Some((module, output)) = self.export(&text, Some(name), place.module) {
            let references = self.output_references(module, output);
            let output = self.definition_of(module).and_then(|definition| definition.module.outputs.get(output as usize));
            let name = output.map(|output| output.name.clone()).unwrap_or_default();
            self.steps += references.len() as u64;
            references.iter().for_each(|indirect| found(Found { through: way(&name, &indirect.through), ..Found::of(indirect, 0) }));
            return;
        }
        let shown = if text.is_empty() { self.written_name(name) } else { text };
        let target = Address::plain(eco_format!("import {shown}"));
        self.external(target.clone(), &EcoString::from("import"), &shown, mention.span);
        found(Found::direct(target, EcoString::new()));
    }

    /// A name as it is written, without the marks around it.
    fn written_name(&self, name: &Expr) -> EcoString {
        let ExprKind::Template(parts) = &name.kind else { return self.sources.slice(name.span).into() };
        let mut text = EcoString::new();
        for part in parts {
            match part {
                Part::Text(written) => text.push_str(written),
                Part::Interpolation(inner) if inner.span == name.span => text.push('…'),
                Part::Interpolation(inner) => text.push_str(&eco_format!("${{{}}}", self.sources.slice(inner.span))),
                _ => {}
            }
        }
        text
    }

    /// The output that exports a name. A name that is not known, because it holds the name of a stack, still has its
    /// written parts: the one export with the same ones is meant. A stack cannot import what it exports itself.
    fn export(&mut self, name: &EcoString, written: Option<&Expr>, own: u32) -> Option<(u32, u32)> {
        let pattern = written.and_then(written_parts).filter(|_| name.is_empty());
        let mut alike = Vec::new();
        for module in (0..self.instances.len() as u32).filter(|module| *module != own) {
            let stack = self.definition_of(module).filter(|definition| definition.module.dialect == Dialect::CloudFormation);
            let Some(definition) = stack.map(|definition| definition.module) else { continue };
            for (at, local) in definition.locals.iter().enumerate() {
                let Some(output) = local.name.strip_prefix("Exports.") else { continue };
                let Some(output) = self.definition_of(module).and_then(|definition| definition.outputs.get(output).copied()) else {
                    continue;
                };
                if !name.is_empty() && matches!(self.local(module, at as u32).unmarked(), Value::Text(text) if text == name) {
                    return Some((module, output));
                }
                if pattern.is_some() && written_parts(&local.value) == pattern {
                    alike.push((module, output));
                }
            }
        }
        if alike.len() == 1 { alike.pop() } else { None }
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

/// The written parts of a template, a gap for each name; nothing for a text without any written part.
fn written_parts(expr: &Expr) -> Option<EcoString> {
    let ExprKind::Template(parts) = &expr.kind else { return None };
    let mut text = EcoString::new();
    let mut any = false;
    for part in parts {
        match part {
            Part::Text(written) => {
                any = true;
                text.push_str(written);
            }
            _ => text.push('\0'),
        }
    }
    any.then_some(text)
}
