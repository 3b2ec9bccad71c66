//! References at one place of a value: `each.value` under the instance's key, and steps into maps that are
//! written out.

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashSet;

use super::Place;
use super::found::{Found, References, fits};
use super::mention::Mention;
use crate::evaluate::Evaluator;
use crate::evaluate::access::literal_index;
use crate::evaluate::limits;
use crate::evaluate::scope::Repetition;
use crate::model::{Expr, ExprKind, Reference, Step, Value};

impl Evaluator<'_> {
    /// Finds what a mention leads to. `each.value` is what `for_each` mentions under the instance's key, and so
    /// much of `for_each` is what an instance needs.
    pub(super) fn resolve_any(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Found)) {
        let each = mention.root == "each";
        let repeats = mention.argument == "for_each" && !mention.explicit;
        let Repetition::Each { key, .. } = place.scope.repetition else {
            if !each {
                self.resolve(mention, place, found);
            }
            return;
        };
        if !each && (!repeats || place.each.is_empty()) {
            return self.resolve(mention, place, found);
        }
        let step = Step::Index(Box::new(Expr::new(ExprKind::Literal(key.unmarked().clone()), mention.span)));
        let steps = if each { mention.steps.get(1..).unwrap_or_default() } else { &[] };
        let wanted: Vec<Step> = std::iter::once(step).chain(steps.iter().cloned()).collect();
        let way = self.segments(&wanted, mention, place);
        for inner in place.each {
            if (repeats && !each && inner.span != mention.span) || !fits(&inner.path, &way) {
                continue;
            }
            let rest = wanted.get(inner.path.len()..).filter(|_| inner.whole).unwrap_or_default();
            let steps: Vec<Step> = inner.steps.iter().chain(rest).cloned().collect();
            let inner =
                Mention { steps: &steps, argument: EcoString::new(), path: EcoVec::new(), bound: mention.bound, varies: true, ..*inner };
            self.resolve(&inner, place, found);
        }
    }

    /// Steps as keys of a value; `None` where the key is not known.
    pub(super) fn segments(&mut self, steps: &[Step], mention: &Mention<'_>, place: Place<'_>) -> Vec<Option<EcoString>> {
        let mut segments = Vec::with_capacity(steps.len());
        let off = self.off(place.module).is_some();
        for step in steps.iter().take(limits::PATH) {
            segments.push(match step {
                Step::Name(name, _) => Some(name.clone()),
                Step::Index(index) => match literal_index(index) {
                    Some(value) => key_text(value),
                    None if mention.bound || off => None,
                    None => key_text(self.eval(index, &place.scope).unmarked()),
                },
                Step::Splat(_) | Step::LegacySplat(_) => None,
            });
        }
        segments
    }

    /// What a value refers to: all of it, as the language orders by it, unless each instance of a block steps to a place
    /// of its own; then what stands at that place.
    pub(super) fn by_way(
        &mut self,
        references: &References,
        steps: &[Step],
        mention: &Mention<'_>,
        place: Place<'_>,
        found: &mut dyn FnMut(Found),
    ) {
        self.steps += references.len() as u64;
        let placed = mention.varies
            && !matches!(place.scope.repetition, Repetition::None)
            && references.iter().any(|indirect| !indirect.path.is_empty());
        let wanted = if placed { self.segments(steps, mention, place) } else { Vec::new() };
        for indirect in references.iter().filter(|indirect| fits(&indirect.path, &wanted)) {
            found(Found::of(indirect, wanted.len()));
        }
    }
}

/// What `for_each` refers to only for an argument to read it is told once, at the argument.
pub(super) fn without_doubles(references: &mut Vec<Reference>) {
    let key = |it: &Reference| eco_format!("{} {}", it.target, it.reads);
    let read: FxHashSet<EcoString> = references.iter().filter(|it| it.argument != "for_each").map(key).collect();
    references.retain(|it| it.argument != "for_each" || !read.contains(&key(it)));
}

/// A key as the text that it is in a value's path.
fn key_text(key: &Value) -> Option<EcoString> {
    match key {
        Value::Text(name) => Some(name.clone()),
        Value::Number(number) => Some(eco_format!("{number}")),
        _ => None,
    }
}
