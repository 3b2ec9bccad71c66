//! Conditions that the author demands and that are known not to hold: `precondition`, `postcondition`, `assert`.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::convert::truth_of;
use super::instance::Keys;
use super::scope::Scope;
use crate::model::{Address, Condition, ConditionKind, Declaration, Unmet, Value};

/// Instances of one block of which a condition is told.
const TOLD: u32 = 20;

impl Evaluator<'_> {
    pub(super) fn demands_of_resource(&mut self, module: u32, at: u32, declaration: &Declaration, keys: &Keys, unmet: &mut Vec<Unmet>) {
        if declaration.lifecycle.conditions.is_empty() {
            return;
        }
        let first = unmet.len();
        for position in 0..keys.len() {
            let repetition = keys.repetition(position);
            let scope = Scope { repetition: &repetition, own: Some((at, position)), ..Scope::of_module(module) };
            for demanded in &declaration.lifecycle.conditions {
                if let Some(message) = self.refused(demanded, &scope) {
                    let address = self.instance_address(module, at, &keys.key(position));
                    unmet.push(Unmet { address, warns: false, message, span: demanded.condition.span });
                }
            }
            if unmet.len() - first >= TOLD as usize {
                return;
            }
        }
    }

    /// Of outputs and checks; nothing for a module that is switched off.
    pub(super) fn demands_of_module(&mut self, module: u32, path: &str, demanded: &[Condition], unmet: &mut Vec<Unmet>) {
        if self.off(module).is_some() {
            return;
        }
        let dot = if path.is_empty() || path.ends_with("//") { "" } else { "." };
        for demanded in demanded {
            let (name, warns) = match &demanded.kind {
                ConditionKind::Check(name) => (eco_format!("check.{name}"), true),
                ConditionKind::Output(name) => (eco_format!("output.{name}"), false),
                ConditionKind::Before | ConditionKind::After => continue,
            };
            if let Some(message) = self.refused(demanded, &Scope::of_module(module)) {
                let address = Address::plain(eco_format!("{path}{dot}{name}"));
                unmet.push(Unmet { address, warns, message, span: demanded.condition.span });
            }
        }
    }

    /// The author's words where a condition is known not to hold.
    fn refused(&mut self, demanded: &Condition, scope: &Scope<'_>) -> Option<EcoString> {
        let holds = self.settled(|evaluator| evaluator.eval(&demanded.condition, scope));
        if truth_of(&holds) != Ok(false) {
            return None;
        }
        let message = demanded.message.as_ref().map(|message| self.settled(|evaluator| evaluator.eval(message, scope)));
        Some(match message {
            Some(Value::Text(text)) => text.trim().into(),
            _ => EcoString::new(),
        })
    }
}
