//! Operators: arithmetic, comparison, truth, membership.

use std::cmp::Ordering;

use super::value::{self, Scope, SymbolKind, Value, deps_of, key_of, same, shallow_deps};
use super::{Interpreter, Result, text};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{Binary, Compare, Expr, Language, Unary};
use crate::model::{Unknown, UnknownKind};

/// Texts and lists longer than this are not made.
pub const LONGEST: usize = 1_000_000;

impl Interpreter<'_> {
    /// Whether a value counts as true; `None` when that is not known.
    pub fn truth(&self, value: &Value, language: Language) -> Option<bool> {
        let python = language == Language::Python;
        Some(match value {
            Value::Null | Value::Undefined => false,
            Value::Bool(flag) => *flag,
            Value::Int(number) => *number != 0,
            Value::Float(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::List(items) | Value::Set(items) => !python || !items.borrow().is_empty(),
            Value::Tuple(items) => !python || !items.is_empty(),
            Value::Dict(dict) => !python || dict.borrow().keys().any(|key| key.as_str() != super::registry::MARK),
            Value::Symbol(symbol) => match &symbol.kind {
                // A variable of the environment is read as one that is not set.
                SymbolKind::Either(parts) if super::python::is_environment(parts) => false,
                SymbolKind::Either(parts) => {
                    let mut truths = parts.iter().map(|part| self.truth(part, language));
                    let first = truths.next()??;
                    return truths.all(|truth| truth == Some(first)).then_some(first);
                }
                SymbolKind::Template(parts) => {
                    return parts.iter().any(|part| matches!(part, Value::Text(text) if !text.is_empty())).then_some(true);
                }
                _ => return None,
            },
            _ => true,
        })
    }

    /// Whether a value is null or undefined.
    pub fn nothing(&self, value: &Value) -> Option<bool> {
        match value {
            Value::Null | Value::Undefined => Some(true),
            Value::Symbol(symbol) => match &symbol.kind {
                SymbolKind::Either(parts) => {
                    let mut all = parts.iter().map(|part| self.nothing(part));
                    let first = all.next()??;
                    all.all(|nothing| nothing == Some(first)).then_some(first)
                }
                SymbolKind::Template(_) => Some(false),
                SymbolKind::Unknown(unknown) if unknown.kind == UnknownKind::Unsupported => None,
                _ => None,
            },
            _ => Some(false),
        }
    }

    /// Whether two values are equal; `None` when that is not known.
    pub fn equal(&self, left: &Value, right: &Value) -> Option<bool> {
        match (left, right) {
            (Value::Symbol(symbol), other) | (other, Value::Symbol(symbol)) => {
                if let SymbolKind::Either(parts) = &symbol.kind {
                    let mut all = parts.iter().map(|part| self.equal(part, other));
                    let first = all.next()??;
                    return all.all(|equal| equal == Some(first)).then_some(first);
                }
                // A text of any length is not null.
                if other.is_nothing() && matches!(symbol.kind, SymbolKind::Template(_)) {
                    return Some(false);
                }
                same(left, right).then_some(true)
            }
            (Value::Output(output), other) | (other, Value::Output(output)) if !other.is_nothing() => self.equal(&output.inner, other),
            (Value::Library(path), Value::Text(text)) | (Value::Text(text), Value::Library(path)) => {
                super::sdk::enum_value(path).map(|known| known == *text)
            }
            (Value::Instance(instance), other) | (other, Value::Instance(instance)) if instance.class.is_enum => {
                if same(left, right) {
                    return Some(true);
                }
                match (&*instance.inner.borrow(), other) {
                    (Some(Value::Text(inner)), Value::Text(text)) => Some(inner == text),
                    _ => Some(false),
                }
            }
            (Value::List(a), Value::List(b)) => self.equal_all(&a.borrow(), &b.borrow()),
            (Value::Tuple(a), Value::Tuple(b)) => self.equal_all(a, b),
            (Value::Dict(a), Value::Dict(b)) => {
                let (a, b) = (a.borrow(), b.borrow());
                if a.len() != b.len() || !a.keys().all(|key| b.contains_key(key)) {
                    return Some(false);
                }
                let mut sure = true;
                for (key, value) in a.iter() {
                    match b.get(key).map_or(Some(false), |other| self.equal(value, other)) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => sure = false,
                    }
                }
                sure.then_some(true)
            }
            (Value::Bool(flag), Value::Int(number)) | (Value::Int(number), Value::Bool(flag)) => Some(i64::from(*flag) == *number),
            _ => Some(same(left, right)),
        }
    }

    fn equal_all(&self, a: &[Value], b: &[Value]) -> Option<bool> {
        if a.len() != b.len() {
            return Some(false);
        }
        let mut sure = true;
        for (a, b) in a.iter().zip(b) {
            match self.equal(a, b) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => sure = false,
            }
        }
        sure.then_some(true)
    }

    pub fn comparison(&mut self, first: &Expr, rest: &[(Compare, Expr)], scope: &Rc<Scope>) -> Result<Value> {
        let mut left = self.eval(first, scope)?;
        let mut sure = true;
        let mut deps = shallow_deps(&left);
        for (operator, right) in rest {
            let span = right.span;
            let right = self.eval(right, scope)?;
            if matches!(operator, Compare::In | Compare::NotIn) && Interpreter::is_python(scope) {
                self.refuses(&right, "items", span)?;
            }
            deps.add(&shallow_deps(&right));
            let holds = match self.own_comparison(*operator, &left, &right, span)? {
                Some(own) => self.truth(&own, scope.unit.language),
                None => self.compare(*operator, &left, &right),
            };
            match holds {
                Some(true) => {}
                Some(false) => return Ok(Value::Bool(false)),
                None => sure = false,
            }
            left = right;
        }
        Ok(if sure {
            Value::Bool(true)
        } else {
            Value::unknown_of(Unknown::new(UnknownKind::Unsupported, "a comparison with what is not known"), deps)
        })
    }

    /// What a class of the program says of it: `__eq__`, `__contains__`.
    fn own_comparison(&mut self, operator: Compare, left: &Value, right: &Value, span: crate::source::Span) -> Result<Option<Value>> {
        let (of, other, name) = match operator {
            Compare::Equal | Compare::NotEqual => (left, right, "__eq__"),
            Compare::In | Compare::NotIn => (right, left, "__contains__"),
            Compare::Less => (left, right, "__lt__"),
            Compare::LessOrEqual => (left, right, "__le__"),
            Compare::Greater => (left, right, "__gt__"),
            Compare::GreaterOrEqual => (left, right, "__ge__"),
            _ => return Ok(None),
        };
        let Value::Instance(instance) = of else { return Ok(None) };
        let found = self.special(of, name, vec![other.clone()], span)?;
        Ok(match (found, operator) {
            (Some(value), Compare::NotEqual | Compare::NotIn) => match self.truth(&value, instance.class.language) {
                Some(truth) => Some(Value::Bool(!truth)),
                None => Some(value),
            },
            (found, _) => found,
        })
    }

    /// Calls a method that the language itself calls, where a class of the program has it.
    pub fn special(&mut self, of: &Value, name: &str, given: Vec<Value>, span: crate::source::Span) -> Result<Option<Value>> {
        let Value::Instance(instance) = of else { return Ok(None) };
        match self.lookup(&instance.class.clone(), name) {
            Some(method) => self.call_method(of, &method, super::Args::of(given), span).map(Some),
            None => Ok(None),
        }
    }

    /// An operator that a class of the program defines, or an address that is counted on.
    pub fn own_operator(&mut self, operator: Binary, left: &Value, right: &Value, span: crate::source::Span) -> Result<Option<Value>> {
        let name = match operator {
            Binary::Add => "add",
            Binary::Subtract => "sub",
            Binary::Multiply => "mul",
            Binary::Divide => "truediv",
            Binary::FloorDivide => "floordiv",
            Binary::Remainder => "mod",
            Binary::BitOr => "or",
            Binary::BitAnd => "and",
            Binary::ShiftRight => "rshift",
            Binary::ShiftLeft => "lshift",
            _ => return Ok(None),
        };
        match (left, right) {
            (Value::Instance(_), _) => self.special(left, &format!("__{name}__"), vec![right.clone()], span),
            (_, Value::Instance(_)) => self.special(right, &format!("__r{name}__"), vec![left.clone()], span),
            (Value::Native(address), Value::Int(by)) if operator == Binary::Add => Ok(super::python::networks::moved(address, *by)),
            (Value::Native(address), Value::Int(by)) if operator == Binary::Subtract => {
                Ok(super::python::networks::moved(address, by.saturating_neg()))
            }
            _ => Ok(None),
        }
    }

    fn compare(&self, operator: Compare, left: &Value, right: &Value) -> Option<bool> {
        let order = || self.order(left, right);
        match operator {
            Compare::Equal => self.equal(left, right),
            Compare::NotEqual => self.equal(left, right).map(|equal| !equal),
            Compare::LooseEqual | Compare::LooseNotEqual => {
                let equal = if left.is_nothing() || right.is_nothing() {
                    let other = if left.is_nothing() { right } else { left };
                    self.nothing(other)
                } else {
                    self.equal(left, right)
                };
                equal.map(|equal| equal == (operator == Compare::LooseEqual))
            }
            Compare::Is | Compare::IsNot => {
                let is = if left.is_nothing() || right.is_nothing() {
                    let other = if right.is_nothing() { left } else { right };
                    self.nothing(other)
                } else {
                    self.equal(left, right)
                };
                is.map(|is| is == (operator == Compare::Is))
            }
            Compare::Less => order().map(Ordering::is_lt),
            Compare::LessOrEqual => order().map(Ordering::is_le),
            Compare::Greater => order().map(Ordering::is_gt),
            Compare::GreaterOrEqual => order().map(Ordering::is_ge),
            Compare::In => self.contains(right, left),
            Compare::NotIn => self.contains(right, left).map(|contains| !contains),
            Compare::InstanceOf => self.is_instance(left, right),
        }
    }

    pub fn order(&self, left: &Value, right: &Value) -> Option<Ordering> {
        match (left, right) {
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Tuple(a), Value::Tuple(b)) => self.order_all(a, b),
            (Value::List(a), Value::List(b)) => self.order_all(&a.borrow(), &b.borrow()),
            _ => number(left)?.partial_cmp(&number(right)?),
        }
    }

    fn order_all(&self, a: &[Value], b: &[Value]) -> Option<Ordering> {
        for (a, b) in a.iter().zip(b) {
            match self.order(a, b)? {
                Ordering::Equal => {}
                other => return Some(other),
            }
        }
        Some(a.len().cmp(&b.len()))
    }

    /// Whether a collection has an element, a dict a key, a text a part.
    pub fn contains(&self, of: &Value, wanted: &Value) -> Option<bool> {
        match of {
            Value::List(items) | Value::Set(items) => self.any_equal(&items.borrow(), wanted),
            Value::Tuple(items) => self.any_equal(items, wanted),
            Value::Dict(dict) => {
                let key = key_of(wanted)?;
                let dict = dict.borrow();
                if dict.contains_key(&key) {
                    return Some(true);
                }
                (!dict.keys().any(|key| key.starts_with("\0?"))).then_some(false)
            }
            Value::Text(text) => Some(text.contains(wanted.as_text()?.as_str())),
            Value::Instance(instance) => Some(instance.fields.borrow().contains_key(wanted.as_text()?)),
            _ => None,
        }
    }

    fn any_equal(&self, items: &[Value], wanted: &Value) -> Option<bool> {
        let mut sure = true;
        for item in items {
            match self.equal(item, wanted) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => sure = false,
            }
        }
        sure.then_some(false)
    }

    /// Adds to a set what is not in it.
    pub fn insert(&self, set: &mut Vec<Value>, item: Value) {
        if self.any_equal(set, &item) != Some(true) {
            set.push(item);
        }
    }

    pub fn unary(&self, operator: Unary, operand: &Value, language: Language) -> Value {
        match operator {
            Unary::Not => match self.truth(operand, language) {
                Some(truth) => Value::Bool(!truth),
                None => Value::unsupported("not of what is not known", shallow_deps(operand)),
            },
            Unary::Negate => match operand {
                Value::Int(number) => Value::Int(number.wrapping_neg()),
                Value::Float(number) => Value::Float(-number),
                Value::Text(text) => text.trim().parse::<f64>().map_or(Value::Float(f64::NAN), |number| number_value(-number)),
                other => unknown_operation(&[other]),
            },
            Unary::Plus => match operand {
                Value::Text(text) => text.trim().parse::<f64>().map_or(Value::Float(f64::NAN), number_value),
                other => other.clone(),
            },
            Unary::BitNot => match operand {
                Value::Int(number) => Value::Int(!number),
                Value::Float(number) => Value::Int(!(*number as i64)),
                other => unknown_operation(&[other]),
            },
            Unary::TypeOf => super::javascript::type_of(operand),
            Unary::Void => Value::Undefined,
        }
    }

    pub fn binary(&self, operator: Binary, left: &Value, right: &Value, language: Language) -> Value {
        if let (Value::Output(_), _) | (_, Value::Output(_)) = (left, right)
            && operator == Binary::Add
        {
            return Value::template(vec![self.as_text(left, language), self.as_text(right, language)]);
        }
        // Each of the few values there may be.
        for (side, other, swapped) in [(left, right, false), (right, left, true)] {
            if let Value::Symbol(symbol) = side
                && let SymbolKind::Either(parts) = &symbol.kind
                && !matches!(other, Value::Symbol(_))
            {
                let each = |part: &Value| {
                    if swapped { self.binary(operator, other, part, language) } else { self.binary(operator, part, other, language) }
                };
                return Value::either(parts.iter().map(each).collect());
            }
        }
        match (operator, left, right) {
            (Binary::Add, ..) if length(left) + length(right) > LONGEST => Value::unknown(UnknownKind::Limit, "a very long value"),
            (Binary::Add, Value::List(a), Value::List(b)) => {
                let mut all = a.borrow().clone();
                all.extend(b.borrow().iter().cloned());
                all.truncate(LONGEST);
                Value::list(all)
            }
            (Binary::Add, Value::Tuple(a), Value::Tuple(b)) => Value::Tuple(Rc::new(a.iter().chain(b.iter()).cloned().collect())),
            (Binary::Add, Value::List(a), other) if language == Language::Python => {
                let mut all = a.borrow().clone();
                all.push(Value::unsupported("more items that are not known", deps_of(other)));
                Value::list(all)
            }
            (Binary::Add, a, b) if is_text(a) || is_text(b) => Value::template(vec![self.as_text(a, language), self.as_text(b, language)]),
            (Binary::BitOr, Value::Dict(a), Value::Dict(b)) => {
                let mut all = a.borrow().clone();
                all.extend(b.borrow().iter().map(|(key, value)| (key.clone(), value.clone())));
                Value::dict(all)
            }
            (Binary::BitOr | Binary::BitAnd | Binary::Subtract | Binary::BitXor, Value::Set(a), Value::Set(b)) => {
                let (a, b) = (a.borrow(), b.borrow());
                let has = |set: &[Value], item: &Value| self.any_equal(set, item) == Some(true);
                let mut all: Vec<Value> = match operator {
                    Binary::BitOr => a.clone(),
                    Binary::BitAnd => a.iter().filter(|item| has(&b, item)).cloned().collect(),
                    _ => a.iter().filter(|item| !has(&b, item)).cloned().collect(),
                };
                if matches!(operator, Binary::BitOr | Binary::BitXor) {
                    all.extend(b.iter().filter(|item| !has(&a, item)).cloned());
                }
                Value::Set(Rc::new(std::cell::RefCell::new(all)))
            }
            (Binary::Multiply, Value::Text(text), Value::Int(times)) | (Binary::Multiply, Value::Int(times), Value::Text(text)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                if text.len().saturating_mul(times) > LONGEST {
                    return Value::unknown(UnknownKind::Limit, "a very long text");
                }
                Value::Text(text.repeat(times))
            }
            (Binary::Multiply, Value::List(items), Value::Int(times)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                let items = items.borrow();
                if items.len().saturating_mul(times) > LONGEST {
                    return Value::unknown(UnknownKind::Limit, "a very long list");
                }
                Value::list(items.iter().cloned().cycle().take(items.len() * times).collect())
            }
            (Binary::Remainder, Value::Text(format), args) => text::percent(format, args),
            (Binary::Divide, _, _) if is_path(left) => text::joined_path(left, right),
            _ => arithmetic(operator, left, right, language),
        }
    }

    /// How a value reads inside a text.
    pub fn as_text(&self, value: &Value, language: Language) -> Value {
        match value {
            Value::Text(_) | Value::Output(_) | Value::Symbol(_) => value.clone(),
            Value::Library(path) => match super::sdk::enum_value(path) {
                Some(known) => Value::Text(known),
                None => Value::unsupported(path.clone(), value::Deps::default()),
            },
            Value::Resource(_) => Value::unsupported("a resource as text", shallow_deps(value)),
            Value::Instance(instance) if instance.resource.get().is_some() => Value::unsupported("a resource as text", shallow_deps(value)),
            Value::Instance(instance) => match &*instance.inner.borrow() {
                Some(inner) if !matches!(inner, Value::Instance(_)) => self.as_text(inner, language),
                _ => Value::unsupported("an object as text", deps_of(value)),
            },
            _ => text::written(value, language),
        }
    }
}

fn is_text(value: &Value) -> bool {
    match value {
        Value::Text(_) => true,
        Value::Symbol(symbol) => matches!(symbol.kind, SymbolKind::Template(_)),
        _ => false,
    }
}

/// A path of `pathlib` is kept as its text, marked.
fn is_path(value: &Value) -> bool {
    matches!(value, Value::Native(native) if native.name == "Path")
}

fn unknown_operation(values: &[&Value]) -> Value {
    let mut deps = value::Deps::default();
    values.iter().for_each(|value| deps.add(&deps_of(value)));
    Value::unsupported("arithmetic with what is not known", deps)
}

pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Bool(flag) => Some(f64::from(*flag)),
        Value::Instance(instance) => match &*instance.inner.borrow() {
            Some(Value::Int(number)) => Some(*number as f64),
            _ => None,
        },
        _ => None,
    }
}

/// A number without its fraction when it has none.
pub fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { Value::Int(number as i64) } else { Value::Float(number) }
}

fn arithmetic(operator: Binary, left: &Value, right: &Value, language: Language) -> Value {
    if let (Value::Int(a), Value::Int(b)) = (left, right) {
        let exact = match operator {
            Binary::Add => a.checked_add(*b),
            Binary::Subtract => a.checked_sub(*b),
            Binary::Multiply => a.checked_mul(*b),
            Binary::FloorDivide if *b != 0 => a.checked_div_euclid(*b).map(|floor| if *b < 0 && a % b != 0 { floor - 1 } else { floor }),
            Binary::Remainder if *b != 0 && language == Language::Python => {
                a.checked_rem(*b).map(|rest| if rest != 0 && (rest < 0) != (*b < 0) { rest + b } else { rest })
            }
            Binary::Remainder if *b != 0 => a.checked_rem(*b),
            Binary::Power => u32::try_from(*b).ok().and_then(|power| a.checked_pow(power)),
            Binary::BitAnd => Some(a & b),
            Binary::BitOr => Some(a | b),
            Binary::BitXor => Some(a ^ b),
            Binary::ShiftLeft => u32::try_from(*b).ok().filter(|shift| *shift < 63).and_then(|shift| a.checked_mul(1 << shift)),
            Binary::ShiftRight => u32::try_from(*b).ok().filter(|shift| *shift < 64).map(|shift| a >> shift),
            _ => None,
        };
        if let Some(exact) = exact {
            return Value::Int(exact);
        }
    }
    let (Some(a), Some(b)) = (number(left), number(right)) else { return unknown_operation(&[left, right]) };
    let result = match operator {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide if b != 0.0 => a / b,
        Binary::FloorDivide if b != 0.0 => (a / b).floor(),
        Binary::Remainder if b != 0.0 => a % b,
        Binary::Power => a.powf(b),
        _ => return unknown_operation(&[left, right]),
    };
    if language == Language::JavaScript { number_value(result) } else { Value::Float(result) }
}

fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.borrow().len(),
        Value::Tuple(items) => items.len(),
        _ => 0,
    }
}
