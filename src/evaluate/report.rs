//! What the evaluation has to say: diagnostics and questions, each once.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::instance::Target;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Dialect, Question, QuestionKind, Unknown, UnknownKind};
use crate::source::Span;

/// Problems that one evaluation lists. A text can name what is not there at every other character.
const MOST: usize = 10_000;

/// A question as one text: a set of texts is compiled anyway, one of pairs would be for this alone.
pub(super) fn key(kind: QuestionKind, subject: &EcoString) -> EcoString {
    eco_format!("{} {subject}", kind as u8)
}

impl Evaluator<'_> {
    pub(super) fn diagnose(&mut self, diagnostic: Diagnostic) {
        self.unkept();
        // An evaluation that was given up comes again and says it then.
        if self.suspended.is_some() {
            return;
        }
        if let Some(span) = diagnostic.span
            && !self.diagnosed.insert(eco_format!("{} {:?}", diagnostic.code, span))
        {
            return;
        }
        match self.diagnostics.len() {
            MOST => self.diagnostics.push(Diagnostic {
                level: Level::Note,
                code: "problems",
                message: "more than 10,000 problems: the rest is not listed".into(),
                ..diagnostic
            }),
            listed if listed < MOST => self.diagnostics.push(diagnostic),
            _ => {}
        }
    }

    /// A warning at a place. Never inlined: what is made here is large, and made in many places.
    #[inline(never)]
    pub(super) fn warn(&mut self, code: &'static str, span: Span, message: impl Into<EcoString>) {
        self.diagnose(Diagnostic::warning(code, span, message));
    }

    pub(super) fn ask(&mut self, kind: QuestionKind, subject: EcoString, why: impl Into<EcoString>, span: Span, sensitive: bool) {
        self.ask_for(kind, subject, why, span, sensitive, EcoString::new());
    }

    /// Asks for something that is looked for somewhere.
    pub(super) fn ask_for(
        &mut self,
        kind: QuestionKind,
        subject: EcoString,
        why: impl Into<EcoString>,
        span: Span,
        sensitive: bool,
        wants: EcoString,
    ) {
        if self.suspended.is_some() {
            return;
        }
        let question = Question { kind, subject, why: why.into(), span, sensitive, wants };
        // What else asks the same is not told by the results that ask it.
        if kind == QuestionKind::Variable && !self.asked.contains(&key(kind, &question.subject)) {
            self.depend_on_question(&question);
        } else {
            self.unkept();
        }
        if self.asked.insert(key(kind, &question.subject)) {
            self.questions.push(question);
        }
    }

    pub(super) fn ask_unsupported(&mut self, function: &EcoString, span: Span) {
        self.ask(
            QuestionKind::Unsupported,
            eco_format!("{function}()"),
            eco_format!("the function {function} is not evaluated"),
            span,
            false,
        );
    }

    /// Whether the reader has reported a reason, so that whoever reads such a value does not. Others decide that too.
    pub(super) fn is_told(&mut self, reason: &EcoString) -> bool {
        self.unkept();
        self.unreadable.contains(reason)
    }

    /// Tells of a circle among variables, locals and outputs and gives its reason.
    pub(super) fn circle(&mut self, target: Target) -> Unknown {
        self.unkept();
        let (name, span) = self.name_of(target);
        // Circles among resources are the graph's to tell, with all their members.
        let references = matches!(
            target,
            Target::VariableReferences(..)
                | Target::LocalReferences(..)
                | Target::OutputReferences(..)
                | Target::CallReferences(_)
                | Target::Inside(..)
        );
        // What refers in a circle has its values in one too, unless a branch not taken closes it.
        let told = references && self.diagnostics.iter().any(|told| told.code == "cycle");
        if let (Some(span), false) = (span, told || matches!(target, Target::Body(..))) {
            let message = self.way_around(target, &name);
            self.diagnose(Diagnostic::error("cycle", span, message));
        }
        Unknown::new(UnknownKind::Invalid, eco_format!("{name} depends on itself"))
    }

    /// The whole circle, from a name back to itself.
    fn way_around(&self, target: Target, name: &EcoString) -> EcoString {
        const SHOWN: usize = 30;
        let start = self.filling.iter().position(|it| *it == target).unwrap_or(self.filling.len());
        let mut names: Vec<EcoString> = Vec::new();
        for it in self.filling.iter().skip(start) {
            let name = self.path_of(*it);
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        if names.len() < 2 {
            return eco_format!("{name} depends on itself");
        }
        names.extend(names.first().cloned());
        if names.len() > SHOWN {
            let left_out = names.len() - SHOWN;
            names.splice(SHOWN / 2..SHOWN / 2 + left_out, [eco_format!("{left_out} more")]);
        }
        eco_format!("{name} depends on itself: {}", names.join(" → "))
    }

    /// A name with the module instance it stands in.
    fn path_of(&self, target: Target) -> EcoString {
        let (name, _) = self.name_of(target);
        match self.instance(target.module()).map(|instance| instance.path.as_str()) {
            Some(path) if !path.is_empty() && !path.ends_with("//") => eco_format!("{path}.{name}"),
            _ => name,
        }
    }

    fn name_of(&self, target: Target) -> (EcoString, Option<Span>) {
        let definition = self.definition_of(target.module()).map(|definition| definition.module);
        let stack = definition.is_some_and(|module| module.dialect == Dialect::CloudFormation);
        let found = definition.and_then(|module| match target {
            Target::Variable(_, at) | Target::VariableReferences(_, at) if stack => {
                module.variables.get(at as usize).map(|variable| (variable.name.clone(), variable.header))
            }
            Target::Local(_, at) | Target::LocalReferences(_, at) if stack => module.locals.get(at as usize).map(|local| {
                let name = local.name.split_once('.').map_or(local.name.as_str(), |(_, name)| name);
                (name.into(), local.name_span)
            }),
            Target::Resource(_, at) | Target::Body(_, at, _) if stack => {
                module.resources.get(at as usize).map(|declaration| (declaration.name.clone(), declaration.header))
            }
            Target::Variable(_, at) | Target::VariableReferences(_, at) => {
                module.variables.get(at as usize).map(|variable| (eco_format!("var.{}", variable.name), variable.header))
            }
            Target::Local(_, at) | Target::LocalReferences(_, at) => {
                module.locals.get(at as usize).map(|local| (eco_format!("local.{}", local.name), local.name_span))
            }
            Target::Output(_, at) | Target::OutputReferences(_, at) => {
                module.outputs.get(at as usize).map(|output| (eco_format!("output.{}", output.name), output.header))
            }
            Target::Resource(_, at) | Target::Body(_, at, _) => module
                .resources
                .get(at as usize)
                .map(|declaration| (eco_format!("{}.{}", declaration.native_type, declaration.name), declaration.header)),
            Target::Call(_, at) | Target::Inside(_, at) => {
                module.calls.get(at as usize).map(|call| (eco_format!("module.{}", call.name), call.header))
            }
            Target::CallReferences(_) => None,
        });
        match found {
            Some((name, span)) => (name, Some(span)),
            None => ("a module".into(), None),
        }
    }
}
