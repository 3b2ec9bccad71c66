//! Variables, locals and outputs of a module instance.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::convert::{Type, convert};
use super::definition::Definition;
use super::expression::{invalid, mark};
use super::instance::Target;
use super::limits;
use super::scope::Scope;
use super::twins::Part;
use crate::lang::terraform;
use crate::model::{Dialect, Local, Object, QuestionKind, UnknownKind, Value, Variable};
use crate::source::FileId;
use crate::unicode::composed;

impl<'p> Evaluator<'p> {
    pub(super) fn definition_of(&self, module: u32) -> Option<&Definition<'p>> {
        self.definitions.get(self.instance(module)?.definition as usize)
    }

    /// A local as it is written, for what its text alone tells; that goes into the present result, evaluated or not.
    pub(super) fn written_local(&mut self, module: u32, name: &str) -> Option<&'p Local> {
        let definition = self.definition_of(module)?;
        let local = definition.module.locals.get(*definition.locals.get(name)? as usize)?;
        self.depend_on_file(local.name_span.file);
        Some(local)
    }

    /// A variable as it is written; see [`Evaluator::written_local`].
    pub(super) fn written_variable(&mut self, module: u32, name: &str) -> Option<&'p Variable> {
        let definition = self.definition_of(module)?;
        let variable = definition.module.variables.get(*definition.variables.get(name)? as usize)?;
        self.depend_on_file(variable.header.file);
        Some(variable)
    }

    pub(super) fn dialect(&self, module: u32) -> Dialect {
        self.definition_of(module).map_or(Dialect::Terraform, |definition| definition.module.dialect)
    }

    pub(super) fn local(&mut self, module: u32, at: u32) -> Value {
        self.fill(
            Target::Local(module, at),
            |evaluator| evaluator.instance_mut(module)?.locals.get_mut(at as usize),
            |evaluator| {
                let Some(local) = evaluator.definition_of(module).and_then(|definition| definition.module.locals.get(at as usize)) else {
                    return Value::Null;
                };
                if let Some(twin) = evaluator.twin(module, Part::Local(at)) {
                    return evaluator.local(twin, at);
                }
                let value = evaluator.eval(&local.value, &Scope::of_module(module));
                evaluator.bounded(value, local.name_span)
            },
        )
    }

    pub(super) fn output(&mut self, module: u32, at: u32) -> Value {
        self.fill(
            Target::Output(module, at),
            |evaluator| evaluator.instance_mut(module)?.outputs.get_mut(at as usize),
            |evaluator| {
                let Some(output) = evaluator.definition_of(module).and_then(|definition| definition.module.outputs.get(at as usize)) else {
                    return Value::Null;
                };
                if let Some(twin) = evaluator.twin(module, Part::Output(at)) {
                    return evaluator.output(twin, at);
                }
                let value = match &output.value {
                    Some(value) => evaluator.eval(value, &Scope::of_module(module)),
                    None => {
                        let message = eco_format!("output `{}` has no `value`", output.name);
                        evaluator.warn("output", output.header, message);
                        Value::Null
                    }
                };
                let value = evaluator.bounded(value, output.header);
                mark(value, output.sensitive)
            },
        )
    }

    pub(super) fn variable(&mut self, module: u32, at: u32) -> Value {
        self.fill(
            Target::Variable(module, at),
            |evaluator| evaluator.instance_mut(module)?.variables.get_mut(at as usize),
            |evaluator| {
                let Some(variable) = evaluator.definition_of(module).and_then(|definition| definition.module.variables.get(at as usize))
                else {
                    return Value::Null;
                };
                let value = evaluator.variable_value(module, variable);
                let value = evaluator.bounded(value, variable.header);
                mark(value, variable.sensitive)
            },
        )
    }

    fn variable_value(&mut self, module: u32, variable: &'p Variable) -> Value {
        let constraint = variable.r#type.as_ref().map_or(Type::Any, |constraint| self.type_of(constraint, module, 32));
        let mut given = self.given_value(module, variable, &constraint);
        if matches!(given.as_ref().map(Value::unmarked), Some(Value::Null)) && !variable.nullable {
            given = None;
        }
        let value = match (given, &variable.default) {
            (Some(value), _) => value,
            (None, Some(default)) => self.eval(default, &Scope::of_module(module)),
            (None, None) => return self.without_value(module, variable),
        };
        match convert(value, &constraint) {
            Ok(value) => value,
            Err(unknown) => {
                let name = self.variable_name(module, &variable.name);
                let message = eco_format!("The value of {name} does not fit its type: {unknown}");
                if unknown.kind == UnknownKind::Invalid {
                    self.warn("type", variable.header, message.clone());
                    self.unreadable.insert(message.clone());
                    self.unkept();
                }
                invalid(message)
            }
        }
    }

    /// The value handed in: by the calling module, or from outside for a root.
    fn given_value(&mut self, module: u32, variable: &'p Variable, constraint: &Type) -> Option<Value> {
        match self.instance(module)?.caller.clone() {
            Some(caller) => {
                let input = *self.definition_of(caller.module)?.inputs.get(caller.call as usize)?.get(variable.name.as_str())?;
                let scope = Scope { repetition: &caller.repetition, ..Scope::of_module(caller.module) };
                Some(self.eval(&input.value, &scope))
            }
            None => {
                if let Some(text) = self.given.variables.get(&variable.name) {
                    // Without a type it is taken as it stands, like a simple one.
                    let simple = variable.r#type.is_none();
                    return Some(match constraint {
                        _ if simple => Value::Text(composed(text.clone())),
                        Type::List(_) if self.dialect(module) == Dialect::CloudFormation => {
                            Value::list(text.split(',').map(|item| Value::text(item.trim())).collect())
                        }
                        _ => self.outside_value(text, constraint),
                    });
                }
                if let Some(region) = self.given.region.as_ref().filter(|_| variable.name == "AWS::Region") {
                    return Some(Value::text(region));
                }
                let assignment = *self.definition_of(module)?.assignments.get(variable.name.as_str())?;
                Some(self.eval(&assignment.value, &Scope::of_module(module)))
            }
        }
    }

    /// What the user's own tool calls a variable.
    pub(super) fn variable_name(&self, module: u32, name: &EcoString) -> EcoString {
        if self.dialect(module).has_plain_names() { name.clone() } else { eco_format!("var.{name}") }
    }

    /// A value given as text: plain for the simple types, an expression for the others.
    fn outside_value(&mut self, text: &str, constraint: &Type) -> Value {
        match constraint {
            Type::Text => Value::Text(composed(text.into())),
            Type::Number | Type::Bool => Value::text(text.trim()),
            _ => {
                let (expr, problems) = terraform::expression(FileId(u32::MAX), text);
                if problems.is_empty() {
                    self.eval(&expr, &Scope { handed: Some(&Object::default()), ..Scope::of_module(0) })
                } else {
                    Value::text(text)
                }
            }
        }
    }

    fn without_value(&mut self, module: u32, variable: &'p Variable) -> Value {
        let subject = self.variable_name(module, &variable.name);
        match self.instance(module).and_then(|instance| instance.caller.clone()) {
            None => self.ask(
                QuestionKind::Variable,
                subject.clone(),
                match variable.name.as_str() {
                    "AWS::Region" => "it is chosen when the stack is deployed, and none was given",
                    _ => "it has no default, and no value was given",
                },
                variable.header,
                variable.sensitive,
            ),
            Some(caller) => {
                let call = self.definition_of(caller.module).and_then(|definition| definition.module.calls.get(caller.call as usize));
                if let Some(call) = call {
                    let name = match self.dialect(module) {
                        Dialect::CloudFormation => call.name.clone(),
                        _ => eco_format!("module.{}", call.name),
                    };
                    let message = eco_format!("{name} needs a value for {}", variable.name);
                    self.warn("missing-argument", call.header, message);
                }
            }
        }
        Value::unknown(UnknownKind::NoValue, subject)
    }

    /// Refuses values that would take for ever to walk, such as lists of lists of lists.
    fn bounded(&mut self, value: Value, span: crate::source::Span) -> Value {
        let mut left = limits::WEIGHT;
        if weigh(&value, &mut left, 0) { value } else { self.too_much(span, "values of more than 400,000 parts are not evaluated") }
    }
}

fn weigh(value: &Value, left: &mut usize, depth: u32) -> bool {
    if *left == 0 || depth > limits::EXPRESSION_DEPTH {
        return false;
    }
    *left -= 1;
    match value {
        Value::List(items) => items.iter().all(|item| weigh(item, left, depth + 1)),
        Value::Object(object) => object.values().all(|item| weigh(item, left, depth + 1)),
        Value::Sensitive(inner) => weigh(inner, left, depth + 1),
        _ => true,
    }
}
