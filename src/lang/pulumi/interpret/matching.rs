//! `switch` and `match`: which case takes a value, and what its names stand for.

use ecow::EcoString;

use super::statement::{Arm, Flow, OwnArm};
use super::value::{Scope, Value, key_of};
use super::{Interpreter, Result};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{self, Case, Expr, MatchPattern, Stmt};

/// Names that a pattern gives values, in order.
type Names = Vec<(EcoString, Value)>;

impl<'a> Interpreter<'a> {
    pub fn switch(&mut self, subject: &Expr, cases: &[Case], falls_through: bool, scope: &Rc<Scope>) -> Result<Flow> {
        let value = self.eval(subject, scope)?;
        let mut open: Vec<&Case> = Vec::new();
        let mut default = None;
        for (at, case) in cases.iter().enumerate() {
            if case.values.is_empty() && case.pattern.is_none() && case.guard.is_none() {
                default = Some(at);
                continue;
            }
            let mut names = Names::new();
            let mut fits = match &case.pattern {
                Some(pattern) => self.fits(pattern, &value, scope, &mut names)?,
                None => Some(case.values.is_empty()),
            };
            for wanted in &case.values {
                let wanted = self.eval(wanted, scope)?;
                match self.equal(&value, &wanted) {
                    Some(true) => fits = Some(true),
                    None if fits == Some(false) => fits = None,
                    _ => {}
                }
            }
            if fits == Some(false) {
                continue;
            }
            for (name, value) in names {
                scope.assign(&name, value);
            }
            if let Some(guard) = &case.guard {
                let guard = self.eval(guard, scope)?;
                fits = match (self.truth(&guard, scope.unit.language), fits) {
                    (Some(true), fits) => fits,
                    (known, Some(true)) => known,
                    (Some(false), _) => Some(false),
                    (None, _) => None,
                };
            }
            match fits {
                Some(true) if open.is_empty() => return self.cases_from(cases, at, falls_through, scope),
                Some(false) => {}
                Some(true) => {
                    open.push(case);
                    default = None;
                    break;
                }
                None => open.push(case),
            }
        }
        if open.is_empty() {
            return match default {
                Some(at) => self.cases_from(cases, at, falls_through, scope),
                None => Ok(Flow::Next),
            };
        }
        let last: &[Stmt] = default.and_then(|at| cases.get(at)).map_or(&[], |case| &case.body);
        let mut arms: Vec<OwnArm<'_, 'a>> = Vec::new();
        for body in open.iter().map(|case| case.body.as_slice()).chain([last]) {
            arms.push(Box::new(move |this: &mut Interpreter<'a>| this.inner_block(body, scope)));
        }
        let mut borrowed: Vec<Arm<'_, 'a>> = Vec::new();
        for arm in &mut arms {
            borrowed.push(arm);
        }
        self.undecided(subject.span, scope, &mut borrowed)
    }

    fn cases_from(&mut self, cases: &[Case], at: usize, falls_through: bool, scope: &Rc<Scope>) -> Result<Flow> {
        let inner = self.loop_scope(scope);
        for case in cases.iter().skip(at) {
            match self.block(&case.body, &inner)? {
                Flow::Next if falls_through => {}
                Flow::Break(None) if falls_through => return Ok(Flow::Next),
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    /// Whether a value has a pattern's shape; `None` where that is not known.
    fn fits(&mut self, pattern: &MatchPattern, value: &Value, scope: &Rc<Scope>, names: &mut Names) -> Result<Option<bool>> {
        self.step()?;
        Ok(match pattern {
            MatchPattern::Any => Some(true),
            MatchPattern::Name(name) => {
                names.push((name.clone(), value.clone()));
                Some(true)
            }
            MatchPattern::As(inner, name) => {
                let fits = self.fits(inner, value, scope, names)?;
                names.push((name.clone(), value.clone()));
                fits
            }
            MatchPattern::Value(wanted) => {
                let wanted_value = self.eval(wanted, scope)?;
                match wanted.kind {
                    // These are compared by what they are, not by what they equal.
                    ast::ExprKind::Bool(_) if matches!(value, Value::Int(_) | Value::Float(_)) => Some(false),
                    ast::ExprKind::Null => self.nothing(value),
                    _ => self.equal(value, &wanted_value),
                }
            }
            MatchPattern::Or(all) => {
                let mut fits = Some(false);
                for pattern in all {
                    let before = names.len();
                    match self.fits(pattern, value, scope, names)? {
                        Some(true) if fits == Some(false) => return Ok(Some(true)),
                        Some(false) => names.truncate(before),
                        _ => fits = None,
                    }
                }
                fits
            }
            MatchPattern::Sequence { parts, rest } => {
                let items = match value {
                    Value::List(items) => items.borrow().clone(),
                    Value::Tuple(items) => items.to_vec(),
                    Value::Symbol(_) | Value::Output(_) => return self.unmatched(parts.iter(), value, rest.iter(), scope, names),
                    _ => return Ok(Some(false)),
                };
                let (before, after) = match rest {
                    Some((at, _)) => (*at, parts.len().saturating_sub(*at)),
                    None => (parts.len(), 0),
                };
                if items.len() < parts.len() || (rest.is_none() && items.len() > parts.len()) {
                    return Ok(Some(false));
                }
                let end = items.len() - after;
                let taken = items.iter().take(before).chain(items.iter().skip(end));
                let mut fits = Some(true);
                for (pattern, item) in parts.iter().zip(taken) {
                    fits = both(fits, self.fits(pattern, item, scope, names)?);
                    if fits == Some(false) {
                        return Ok(fits);
                    }
                }
                if let Some((_, Some(name))) = rest {
                    names.push((name.clone(), Value::list(items.get(before..end).unwrap_or_default().to_vec())));
                }
                fits
            }
            MatchPattern::Mapping { entries, rest } => {
                let dict = match value {
                    Value::Dict(dict) => dict.borrow().clone(),
                    Value::Symbol(_) | Value::Output(_) => {
                        let patterns = entries.iter().map(|(_, pattern)| pattern);
                        return self.unmatched(patterns, value, std::iter::empty(), scope, names);
                    }
                    _ => return Ok(Some(false)),
                };
                let mut left = dict.clone();
                let mut fits = Some(true);
                for (key, pattern) in entries {
                    let key = self.eval(key, scope)?;
                    let Some(key) = key_of(&key) else { return Ok(None) };
                    let Some(item) = left.shift_remove(&key) else {
                        return Ok((!dict.keys().any(|key| key.starts_with("\0?"))).then_some(false));
                    };
                    fits = both(fits, self.fits(pattern, &item, scope, names)?);
                    if fits == Some(false) {
                        return Ok(fits);
                    }
                }
                if let Some(name) = rest {
                    names.push((name.clone(), Value::dict(left)));
                }
                fits
            }
            MatchPattern::Class { class, positional, named } => {
                let span = class.span;
                let class = self.eval(class, scope)?;
                let is = match (&class, value) {
                    (Value::Library(path), Value::Bool(_)) if path == "builtins.int" => Some(true),
                    (Value::Library(_), Value::Native(_)) => match self.catches(value, &class) {
                        None => self.is_instance(value, &class),
                        known => known,
                    },
                    (_, value) => self.is_instance(value, &class),
                };
                if is == Some(false) {
                    return Ok(is);
                }
                let mut fits = is;
                // The only argument of a type of the language is the value itself.
                let own = matches!(&class, Value::Library(path) if path.starts_with("builtins."));
                for (at, pattern) in positional.iter().enumerate() {
                    let part = if own { Some(value.clone()) } else { self.positional_part(&class, value, at, span)? };
                    let Some(part) = part else { return Ok(is.and(None)) };
                    fits = both(fits, self.fits(pattern, &part, scope, names)?);
                }
                for (name, pattern) in named {
                    let part = match value {
                        Value::Instance(instance) => {
                            let known = instance.fields.borrow().get(name).cloned();
                            match known {
                                Some(known) => known,
                                None => self.instance_member(value, name, span)?,
                            }
                        }
                        other => self.member(other, name, span, scope)?,
                    };
                    fits = both(fits, self.fits(pattern, &part, scope, names)?);
                }
                fits
            }
        })
    }

    /// What a class says its arguments in order are: `__match_args__`, or the fields of a record.
    fn positional_part(&mut self, class: &Value, value: &Value, at: usize, span: crate::source::Span) -> Result<Option<Value>> {
        let (Value::Class(class), Value::Instance(instance)) = (class, value) else { return Ok(None) };
        let name = match self.lookup(class, "__match_args__") {
            Some(names) => self.index(&names, &Value::Int(at as i64)).as_text().cloned(),
            None if class.record => instance.fields.borrow().get_index(at).map(|(name, _)| name.clone()),
            None => None,
        };
        match name {
            Some(name) => self.instance_member(value, &name, span).map(Some),
            None => Ok(None),
        }
    }

    /// The names of patterns in a value that is not known stand for what is not known.
    fn unmatched<'p>(
        &mut self,
        patterns: impl Iterator<Item = &'p MatchPattern>,
        value: &Value,
        rest: impl Iterator<Item = &'p (usize, Option<EcoString>)>,
        scope: &Rc<Scope>,
        names: &mut Names,
    ) -> Result<Option<bool>> {
        let part = self.element_of(value);
        for pattern in patterns {
            self.fits(pattern, &part, scope, names)?;
        }
        names.extend(rest.filter_map(|(_, name)| name.clone()).map(|name| (name, part.clone())));
        Ok(None)
    }
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), other) => other,
        (None, _) => None,
    }
}
