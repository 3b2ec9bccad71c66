//! Instances of one module whose inputs are equal: what follows from the inputs alone is worked out for the first of
//! them, and the others take it over. References, which name each instance's own resources, are not shared.

use std::fmt::Write as _;
use std::rc::Rc;

use ecow::{EcoString, EcoVec};
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::access::step_name;
use super::definition::Definition;
use super::references::Mentions;
use crate::model::{Kind, Value};
use crate::order::Order as _;

/// How many locals may stand between a part and an input.
const LONGEST_WAY: u32 = 64;

/// A part of a module that may follow from its inputs.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Local(u32),
    Output(u32),
    Body(u32),
}

/// The inputs a part follows from, by the position of the variable; `None` where something else goes into it.
type Inputs = Option<Rc<[u32]>>;

/// What is known of the parts of one definition.
#[derive(Default)]
pub(super) struct Parts {
    /// How many instances the definition has.
    pub instances: u32,
    inputs: FxHashMap<u32, Inputs>,
}

#[derive(Default)]
pub(super) struct Twins {
    /// Numbers of the values met as inputs, which are written out with all that tells them apart.
    values: FxHashMap<EcoString, u32>,
    /// The instance that worked a part out, by definition, root, part and the numbers of its inputs.
    first: FxHashMap<EcoVec<u32>, u32>,
}

impl Evaluator<'_> {
    /// The instance that has worked this part out of equal inputs, if it is another one.
    pub(super) fn twin(&mut self, module: u32, part: Part) -> Option<u32> {
        let number = self.instance(module)?.definition;
        let definition = self.definitions.get_mut(number as usize)?;
        if definition.parts.instances < 2 || definition.module.dialect.has_plain_names() {
            return None;
        }
        let inputs = definition.inputs_of(part, LONGEST_WAY)?;
        // What a path or a workspace is depends on the root.
        let root = self.instance(module)?.root;
        let mut key = EcoVec::from([number, *self.folders.get(root)?, definition_part(self.definitions.get(number as usize)?, part)]);
        for at in inputs.iter() {
            key.push(self.input_number(module, *at)?);
        }
        match self.twins.first.get(&key) {
            Some(first) => Some(*first).filter(|first| *first != module),
            None => {
                self.twins.first.insert(key, module);
                None
            }
        }
    }

    /// The same number for the same value.
    fn input_number(&mut self, module: u32, at: u32) -> Option<u32> {
        // Asked for each time: whatever goes into it goes into the part.
        let value = self.variable(module, at);
        if self.suspended.is_some() {
            return None;
        }
        if let Some(known) = self.instance(module)?.input_numbers.get(at as usize).filter(|known| **known > 0) {
            return Some(*known);
        }
        let mut written = EcoString::new();
        write(&value, &mut written);
        let next = self.twins.values.len() as u32 + 1;
        let number = *self.twins.values.entry(written).or_insert(next);
        let numbers = &mut self.instance_mut(module)?.input_numbers;
        if numbers.len() <= at as usize {
            numbers.resize(at as usize + 1, 0);
        }
        *numbers.get_mut(at as usize)? = number;
        Some(number)
    }
}

impl Definition<'_> {
    fn inputs_of(&mut self, part: Part, further: u32) -> Inputs {
        let number = definition_part(self, part);
        if let Some(known) = self.parts.inputs.get(&number) {
            return known.clone();
        }
        // Until it is known, and for a part that needs itself.
        self.parts.inputs.insert(number, None);
        let inputs = self.found_inputs(part, further.checked_sub(1)?);
        self.parts.inputs.insert(number, inputs.clone());
        inputs
    }

    fn found_inputs(&mut self, part: Part, further: u32) -> Inputs {
        let module = self.module;
        let mut mentions = Mentions::default();
        match part {
            Part::Local(at) => mentions.value(&module.locals.get(at as usize)?.value),
            Part::Output(at) => mentions.value(module.outputs.get(at as usize)?.value.as_ref()?),
            Part::Body(at) => mentions.body(&module.resources.get(at as usize)?.body),
        }
        let mut inputs = Vec::new();
        for mention in &mentions.found {
            let name = step_name(mention.steps.first()?)?.as_str();
            match mention.root.as_str() {
                "var" => inputs.push(*self.variables.get(name)?),
                "local" => inputs.extend_from_slice(&self.inputs_of(Part::Local(*self.locals.get(name)?), further)?),
                _ => return None,
            }
        }
        inputs.order();
        inputs.dedup();
        Some(inputs.into())
    }
}

/// A number for each part of a definition.
fn definition_part(definition: &Definition<'_>, part: Part) -> u32 {
    let module = definition.module;
    match part {
        Part::Local(at) => at,
        Part::Output(at) => module.locals.len() as u32 + at,
        Part::Body(at) => (module.locals.len() + module.outputs.len()) as u32 + at,
    }
}

/// A value with all that tells it apart from others, order and kind too.
fn write(value: &Value, text: &mut EcoString) {
    // Writing to a text does not fail.
    let _ = match value {
        Value::Null => write!(text, "n"),
        Value::Bool(truth) => write!(text, "{truth}"),
        Value::Number(number) => write!(text, "{number:?}"),
        Value::Text(inner) => write!(text, "{}:{inner}", inner.len()),
        Value::Unknown(unknown) => write!(text, "?{}.{}.{}:{}", unknown.kind as u8, unknown.beside, unknown.subject.len(), unknown.subject),
        Value::Sensitive(inner) => {
            text.push('!');
            return write(inner, text);
        }
        Value::List(items) => {
            opened(items.kind, items.len(), text);
            return items.iter().for_each(|item| write(item, text));
        }
        Value::Object(object) => {
            opened(object.kind, object.len(), text);
            text.push('=');
            return object.iter().for_each(|(name, item)| {
                let _ = write!(text, "{}:{name}", name.len());
                write(item, text);
            });
        }
    };
    text.push(',');
}

fn opened(kind: Kind, parts: usize, text: &mut EcoString) {
    let _ = write!(text, "[{}.{parts}", kind as u8);
}

#[cfg(test)]
mod tests {
    use super::super::tests::{arguments, diagnostics, outputs, resource, snapshot};
    use std::sync::Arc;

    const MODULE: &str = r#"
        //// part/main.tf
        variable "size" { default = 1 }
        variable "on"   { default = true }
        locals {
          all  = [for at in range(1000) : at * var.size]
          text = join(",", [for at in local.all : at % 1000 == 0 ? at : 0])
          sum  = sum(local.all)
        }
        resource "aws_sqs_queue" "q" {
          name          = "q${local.sum}"
          delay_seconds = var.size
        }
        resource "aws_sqs_queue" "counted" {
          count = var.on ? 1 : 0
          name  = "q${count.index}-${local.sum}"
        }
        output "sum" { value = local.sum }
        output "queue" { value = aws_sqs_queue.q.name }
    "#;

    #[test]
    fn equal_inputs_are_evaluated_once() {
        // Some 10,000 steps for each of 1,000 instances would be more than are evaluated.
        let text = r#"
            module "a" {
              count  = 1000
              source = "./part"
              size   = count.index % 2 == 0 ? 2 : 3
            }
            output "sums" { value = [module.a[0].sum, module.a[1].sum, module.a[998].sum, module.a[999].queue] }
        "#;
        let found = snapshot(&format!("{text}{MODULE}"));
        assert_eq!(diagnostics(&found), [] as [&str; 0]);
        // 2 and 3 times the sum of 0 to 999.
        assert_eq!(outputs(&found), "sums = [999000, 1498500, 999000, \"q1498500\"]");
        let name = |at: u32| resource(&found, &format!("module.a[{at}].aws_sqs_queue.q")).attributes.clone();
        assert!(Arc::ptr_eq(&name(0), &name(998)), "one set of arguments for all of them");
        assert_eq!(arguments(&found, "module.a[999].aws_sqs_queue.counted[0]"), r#"{ name = "q0-1498500" }"#);
    }

    #[test]
    fn what_looks_alike_is_not_equal() {
        let found = snapshot(
            r#"
            locals { calls = { text = "1", number = 1, tuple = ["b", "a"], other = ["a", "b"] } }
            module "m" {
              for_each = toset(["text", "number", "tuple", "other"])
              source   = "./m"
              any      = local.calls[each.key]
            }
            module "set" {
              source = "./m"
              any    = toset(["b", "a"])
            }
            module "unknown" {
              for_each = { a = aws_vpc.a.id, b = aws_vpc.b.id, c = aws_vpc.a.id }
              source   = "./m"
              any      = each.value
            }
            resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
            resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }
            output "all" { value = [for key in ["number", "other", "text", "tuple"] : module.m[key].json] }
            output "set" { value = module.set.json }
            output "unknown" { value = [for key in ["a", "b", "c"] : module.unknown[key].json] }
            //// m/main.tf
            variable "any" { type = any }
            locals { json = jsonencode(var.any) }
            output "json" { value = local.json }
            "#,
        );
        assert_eq!(
            outputs(&found),
            r#"all = ["1", "[\"a\",\"b\"]", "\"1\"", "[\"b\",\"a\"]"]
set = "[\"a\",\"b\"]"
unknown = [(aws_vpc.a.id is known after apply), (aws_vpc.b.id is known after apply), (aws_vpc.a.id is known after apply)]"#
        );
    }
}
