//! Expressions: each gives a value, known or with the reason why not.

use std::cell::RefCell;

use ecow::{EcoString, eco_format};

use super::value::{self, Dict, Scope, ScopeKind, Value};
use super::{Interpreter, MOST_ROUNDS, Result, Stop, text};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{
    self, Clause, Comprehension, ComprehensionKind, Entry, Expr, ExprKind, Item, Language, Logic, Piece,
};
use crate::model::{Unknown, UnknownKind};
use crate::source::Span;

/// Values of one generator that are made.
const MOST_YIELDED: usize = 4096;

/// Items of one list that are kept.
const MOST_ITEMS: usize = 200_000;

impl<'a> Interpreter<'a> {
    pub fn eval(&mut self, expr: &Expr, scope: &Rc<Scope>) -> Result<Value> {
        // The commonest need no depth.
        match &expr.kind {
            ExprKind::Text(text) => return Ok(Value::Text(text.clone())),
            ExprKind::Int(number) => return Ok(Value::Int(*number)),
            ExprKind::Float(number) => return Ok(Value::Float(*number)),
            ExprKind::Bool(flag) => return Ok(Value::Bool(*flag)),
            ExprKind::Null => return Ok(Value::Null),
            ExprKind::Undefined => return Ok(Value::Undefined),
            _ => {}
        }
        match self.deeper(|this| this.eval_inner(expr, scope)) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Ok(self.too_deep(expr.span)),
            // The program may fail here for want of what only a deployment has: it is read as if it did not.
            Err(Stop::Raise(value, span)) if self.tries == 0 => {
                self.stopped(&value, span);
                Ok(Value::unsupported("what the program fails to compute", value::Deps::default()))
            }
            Err(stop) => Err(stop),
        }
    }

    fn eval_inner(&mut self, expr: &Expr, scope: &Rc<Scope>) -> Result<Value> {
        match &expr.kind {
            ExprKind::Name(name) => Ok(self.name(name, expr.span, scope)),
            ExprKind::This => Ok(scope.get("this").unwrap_or(Value::Undefined)),
            ExprKind::Super => Ok(scope.get("super").unwrap_or(Value::Undefined)),
            ExprKind::Template(pieces) => self.template(pieces, scope),
            ExprKind::List(items) => Ok(Value::list(self.all(items, scope)?)),
            ExprKind::Tuple(items) => Ok(Value::Tuple(Rc::new(self.all(items, scope)?))),
            ExprKind::Set(items) => {
                let mut set = Vec::new();
                for item in self.all(items, scope)? {
                    self.insert(&mut set, item);
                }
                Ok(Value::Set(Rc::new(RefCell::new(set))))
            }
            ExprKind::Dict(entries) => self.dict(entries, scope),
            ExprKind::Member { of, name, optional } => {
                let of = self.eval(of, scope)?;
                if *optional && of.is_nothing() {
                    return Ok(Value::Undefined);
                }
                self.member(&of, name, expr.span, scope)
            }
            ExprKind::Index { of, index, optional } => {
                let of = self.eval(of, scope)?;
                if *optional && of.is_nothing() {
                    return Ok(Value::Undefined);
                }
                let index = self.eval(index, scope)?;
                self.element(&of, &index, expr.span, scope)
            }
            ExprKind::Slice { of, bounds } => {
                let of = self.eval(of, scope)?;
                let mut values = [None, None, None];
                for (value, bound) in values.iter_mut().zip(bounds.iter()) {
                    *value = bound.as_ref().map(|bound| self.eval(bound, scope)).transpose()?;
                }
                Ok(self.slice(&of, values))
            }
            ExprKind::Call(call) => self.call_expr(call, expr.span, scope),
            ExprKind::Unary { operator, operand } => {
                let operand = self.eval(operand, scope)?;
                Ok(self.unary(*operator, &operand, scope.unit.language))
            }
            ExprKind::Binary { operator, left, right } => {
                let left = self.eval(left, scope)?;
                let right = self.eval(right, scope)?;
                if let Some(own) = self.own_operator(*operator, &left, &right, expr.span)? {
                    return Ok(own);
                }
                if let Some(joined) = self.joined(*operator, &left, &right, scope.unit.language, expr.span)? {
                    return Ok(joined);
                }
                Ok(self.binary(*operator, &left, &right, scope.unit.language))
            }
            ExprKind::Compare { first, rest } => self.comparison(first, rest, scope),
            ExprKind::Logic { operator, left, right } => self.logic(*operator, left, right, scope),
            ExprKind::Conditional { condition, then, otherwise } => {
                let value = self.eval(condition, scope)?;
                match self.truth(&value, scope.unit.language) {
                    Some(true) => self.eval(then, scope),
                    Some(false) => self.eval(otherwise, scope),
                    None => {
                        self.conditions.push(condition.span);
                        let then = self.eval(then, scope);
                        let otherwise = self.eval(otherwise, scope);
                        self.conditions.pop();
                        Ok(Value::either(vec![then?, otherwise?]))
                    }
                }
            }
            ExprKind::Function(function) => self.closure(function, scope),
            ExprKind::Class(class) => self.class(class, scope),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension, scope),
            ExprKind::Assign { target, operator, value, gives_old } => self.assignment(target, *operator, value, *gives_old, scope),
            ExprKind::Await(inner) => {
                let value = self.eval(inner, scope)?;
                Ok(value)
            }
            ExprKind::Yield { value, each } => {
                if let Some(value) = value {
                    let value = self.eval(value, scope)?;
                    let mut values = if *each { self.items_or_unknown(&value) } else { vec![value] };
                    if let Some(Value::List(yielded)) = scope.get("\0yield") {
                        // An endless generator is cut off where no one would read on.
                        if yielded.borrow().len() > MOST_YIELDED {
                            return Err(super::Stop::Enough);
                        }
                        yielded.borrow_mut().append(&mut values);
                    }
                }
                Ok(Value::Null)
            }
            ExprKind::Sequence(all) => {
                let mut last = Value::Undefined;
                for expr in all {
                    last = self.eval(expr, scope)?;
                }
                Ok(last)
            }
            ExprKind::Import(module) => self.import_value(module, 0, expr.span, scope),
            ExprKind::Unsupported(what) => {
                if what.starts_with("an import") {
                    self.note("module-not-at-hand", expr.span, "which module this brings in is not known");
                }
                Ok(Value::unsupported(what.clone(), value::Deps::default()))
            }
            // Taken care of before.
            ExprKind::Null | ExprKind::Undefined | ExprKind::Bool(_) | ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Text(_) => {
                Ok(Value::Null)
            }
        }
    }

    fn name(&mut self, name: &EcoString, span: Span, scope: &Rc<Scope>) -> Value {
        if let Some(value) = scope.get(name) {
            return value;
        }
        let known = match scope.unit.language {
            Language::Python => super::python::global(name),
            Language::JavaScript => super::javascript::global(name),
        };
        if let Some(value) = known {
            return value;
        }
        if name == "__name__" {
            return Value::text(if scope.unit.path == self.given.main { "__main__" } else { "module" });
        }
        if name == "__file__" || name == "__filename" {
            return Value::Text(scope.unit.path.clone());
        }
        if name == "__dirname" {
            return Value::text(super::modules::folder_of(&scope.unit.path));
        }
        if let Some(value) = self.star_member(name, scope) {
            return value;
        }
        self.note("unknown-name", span, eco_format!("`{name}` is not defined in the files at hand"));
        Value::unknown_of(Unknown::new(UnknownKind::Unresolved, name.clone()), value::Deps::default())
    }

    /// A name that only an import of everything can have brought in.
    fn star_member(&self, name: &str, scope: &Scope) -> Option<Value> {
        const PULUMI: &[&str] = &[
            "Alias",
            "AssetArchive",
            "ComponentResource",
            "Config",
            "CustomResource",
            "CustomTimeouts",
            "FileArchive",
            "FileAsset",
            "Input",
            "InvokeOptions",
            "Output",
            "RemoteArchive",
            "RemoteAsset",
            "ResourceOptions",
            "StackReference",
            "StringAsset",
            "export",
            "get_project",
            "get_stack",
            "log",
        ];
        let here: Vec<&EcoString> = self.stars.iter().filter(|(path, _)| *path == scope.unit.path).map(|(_, library)| library).collect();
        let of_pulumi = PULUMI.contains(&name);
        // A provider has more names than what is not at hand.
        let provider = here.iter().rev().find(|library| library.starts_with("pulumi_")).filter(|_| !of_pulumi);
        let found = provider.or_else(|| here.iter().rev().find(|library| (**library == "pulumi") == of_pulumi))?;
        Some(super::sdk::member(found, name))
    }

    fn template(&mut self, pieces: &[Piece], scope: &Rc<Scope>) -> Result<Value> {
        let mut parts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match piece {
                Piece::Text(text) => parts.push(Value::Text(text.clone())),
                Piece::Value { value, conversion, format } => {
                    let span = value.span;
                    let value = self.eval(value, scope)?;
                    let value = match self.special(&value, "__str__", Vec::new(), span)? {
                        Some(text) if conversion.is_none() => text,
                        _ => value,
                    };
                    let part = if format.is_empty() {
                        match conversion {
                            Some('r') if value::deps_of(&value).is_empty() => text::represented(&value),
                            _ => self.plain_text(&value, scope.unit.language, span),
                        }
                    } else {
                        let format = self.template(format, scope)?;
                        match format.as_text() {
                            Some(_) if super::plain::is_awaited(&value) => {
                                self.refuses(&value, "format", span)?;
                                self.plain_text(&value, scope.unit.language, span)
                            }
                            Some(format) => text::formatted(&value, format),
                            None => Value::unsupported("a format that is not known", value::deps_of(&value)),
                        }
                    };
                    parts.push(part);
                }
            }
        }
        Ok(Value::template(parts))
    }

    /// Items of a list or tuple display, spreads opened.
    pub fn all(&mut self, items: &[Item], scope: &Rc<Scope>) -> Result<Vec<Value>> {
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::One(expr) => all.push(self.eval(expr, scope)?),
                Item::Hole => all.push(Value::Undefined),
                Item::Spread(expr) => {
                    let value = self.eval(expr, scope)?;
                    all.append(&mut self.items_or_unknown(&value));
                    all.truncate(MOST_ITEMS);
                }
            }
        }
        Ok(all)
    }

    fn dict(&mut self, entries: &[Entry], scope: &Rc<Scope>) -> Result<Value> {
        let mut dict = Dict::default();
        let mut getters = Vec::new();
        for entry in entries {
            match entry {
                // A getter, which reads the object it is in: it runs when that is whole.
                Entry::Pair { key, value: Expr { kind: ExprKind::Call(call), span } }
                    if let ExprKind::Function(function) = &call.callee.kind
                        && !function.arrow
                        && call.args.is_empty()
                        && !Interpreter::is_python(scope) =>
                {
                    let key = self.eval(key, scope)?;
                    let key = self.key(&key, scope.unit.language, dict.len());
                    dict.insert(key.clone(), Value::Undefined);
                    getters.push((key, function, *span));
                }
                Entry::Pair { key, value } => {
                    let key = self.eval(key, scope)?;
                    let value = self.eval(value, scope)?;
                    let key = self.key(&key, scope.unit.language, dict.len());
                    dict.insert(key, value);
                }
                Entry::Spread(expr) => {
                    let value = self.eval(expr, scope)?;
                    self.spread_into(&mut dict, &value);
                }
            }
        }
        let object = Value::dict(dict);
        for (key, function, span) in getters {
            let closure = self.closure(function, scope)?;
            if let (Value::Function(closure), Value::Dict(dict)) = (&closure, &object) {
                let value = self.call_closure(closure, Some(object.clone()), super::Args::default(), span)?;
                dict.borrow_mut().insert(key, value);
            }
        }
        Ok(object)
    }

    /// The spelling of a key; one that is not known keeps its place without a name.
    pub fn key(&self, key: &Value, language: Language, at: usize) -> EcoString {
        match (language, key) {
            (_, Value::Text(text)) => text.clone(),
            (Language::JavaScript, known @ (Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null)) => text::shown(known),
            _ => value::key_of(key).unwrap_or_else(|| eco_format!("\0?{at}")),
        }
    }

    pub fn spread_into(&mut self, dict: &mut Dict, value: &Value) {
        match value {
            Value::Dict(more) => dict.extend(more.borrow().iter().map(|(key, value)| (key.clone(), value.clone()))),
            Value::Instance(instance) => {
                dict.extend(instance.fields.borrow().iter().map(|(key, value)| (key.clone(), value.clone())));
            }
            Value::Output(output) => self.spread_into(dict, &output.inner),
            Value::Symbol(symbol) if let value::SymbolKind::Either(parts) = &symbol.kind => {
                for part in parts {
                    self.spread_into(dict, part);
                }
            }
            value if value.is_nothing() => {}
            Value::Bool(_) | Value::Text(_) => {}
            other => {
                let unknown = Value::unsupported("entries that are not known", value::deps_of(other));
                dict.insert(eco_format!("\0?{}", dict.len()), unknown);
            }
        }
    }

    fn logic(&mut self, operator: Logic, left: &Expr, right: &Expr, scope: &Rc<Scope>) -> Result<Value> {
        let first = self.eval(left, scope)?;
        let decides = match operator {
            Logic::And => self.truth(&first, scope.unit.language).map(|truth| !truth),
            Logic::Or => self.truth(&first, scope.unit.language),
            Logic::Coalesce => self.nothing(&first).map(|nothing| !nothing),
        };
        match decides {
            Some(true) => Ok(first),
            Some(false) => self.eval(right, scope),
            // A variable of the environment that has a default is read as if it were not set.
            None if operator != Logic::And && is_environment(&first) => self.eval(right, scope),
            None => {
                self.conditions.push(left.span);
                let second = self.eval(right, scope);
                self.conditions.pop();
                Ok(Value::either(vec![first, second?]))
            }
        }
    }

    fn assignment(
        &mut self,
        target: &ast::Pattern,
        operator: Option<ast::Binary>,
        value: &Expr,
        gives_old: bool,
        scope: &Rc<Scope>,
    ) -> Result<Value> {
        let Some(operator) = operator else {
            let value = self.eval(value, scope)?;
            self.bind(target, value.clone(), scope, false)?;
            return Ok(value);
        };
        let old = match target {
            ast::Pattern::Name(name, _) => scope.get(name).unwrap_or(Value::Undefined),
            ast::Pattern::Place(place) => self.eval(place, scope)?,
            _ => Value::Undefined,
        };
        let keeps = match operator {
            ast::Binary::And => self.truth(&old, scope.unit.language) == Some(false),
            ast::Binary::Or => self.truth(&old, scope.unit.language) == Some(true),
            ast::Binary::Coalesce => !old.is_nothing(),
            _ => false,
        };
        if keeps {
            return Ok(old);
        }
        let span = value.span;
        let value = self.eval(value, scope)?;
        let new = match operator {
            ast::Binary::And | ast::Binary::Or | ast::Binary::Coalesce => value,
            operator => match self.joined(operator, &old, &value, scope.unit.language, span)? {
                Some(joined) => joined,
                None => self.binary(operator, &old, &value, scope.unit.language),
            },
        };
        self.bind(target, new.clone(), scope, false)?;
        Ok(if gives_old { old } else { new })
    }

    fn comprehension(&mut self, comprehension: &Comprehension, scope: &Rc<Scope>) -> Result<Value> {
        let inner = Scope::inside(scope, ScopeKind::Function);
        let mut found: Vec<(Value, Value)> = Vec::new();
        let mut rounds = MOST_ROUNDS;
        self.clause(comprehension, &comprehension.clauses, &inner, &mut found, &mut rounds)?;
        let keys = found.into_iter();
        Ok(match comprehension.kind {
            ComprehensionKind::List | ComprehensionKind::Generator => Value::list(keys.map(|(element, _)| element).collect()),
            ComprehensionKind::Set => {
                let mut set = Vec::new();
                for (element, _) in keys {
                    self.insert(&mut set, element);
                }
                Value::Set(Rc::new(RefCell::new(set)))
            }
            ComprehensionKind::Dict => {
                let mut dict = Dict::default();
                for (key, value) in keys {
                    let key = self.key(&key, scope.unit.language, dict.len());
                    dict.insert(key, value);
                }
                Value::dict(dict)
            }
        })
    }

    fn clause(
        &mut self,
        comprehension: &Comprehension,
        clauses: &[Clause],
        scope: &Rc<Scope>,
        found: &mut Vec<(Value, Value)>,
        rounds: &mut usize,
    ) -> Result<()> {
        let Some((clause, rest)) = clauses.split_first() else {
            let element = self.eval(&comprehension.element, scope)?;
            let value = match &comprehension.value {
                Some(value) => self.eval(value, scope)?,
                None => Value::Null,
            };
            found.push((element, value));
            return Ok(());
        };
        let iterable = self.eval(&clause.iterable, scope)?;
        let span = clause.iterable.span;
        if Interpreter::is_python(scope) {
            self.refuses(&iterable, "items", span)?;
        }
        let (items, decided) = match self.items(&iterable) {
            Some(items) => (items, true),
            None => (vec![self.element_of(&iterable)], false),
        };
        'items: for item in items {
            if *rounds == 0 {
                self.note("too-many-rounds", span, "this collection is longer than is read; the rest is left out");
                return Ok(());
            }
            *rounds -= 1;
            self.step()?;
            self.bind(&clause.target, item, scope, true)?;
            let conditions = self.conditions.len();
            if !decided {
                self.conditions.push(span);
            }
            for condition in &clause.conditions {
                let value = self.eval(condition, scope)?;
                match self.truth(&value, scope.unit.language) {
                    Some(true) => {}
                    Some(false) => {
                        self.conditions.truncate(conditions);
                        continue 'items;
                    }
                    None => self.conditions.push(condition.span),
                }
            }
            let result = self.clause(comprehension, rest, scope, found, rounds);
            self.conditions.truncate(conditions);
            result?;
        }
        Ok(())
    }
}

fn is_environment(value: &Value) -> bool {
    match value {
        Value::Symbol(symbol) => {
            matches!(&symbol.kind, value::SymbolKind::Unknown(unknown) if unknown.subject.starts_with("the environment's "))
        }
        _ => false,
    }
}
