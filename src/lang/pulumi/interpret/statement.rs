//! Statements: what runs, what may run, and what the names stand for after it.

use ecow::{EcoString, eco_format};

use super::operate::LONGEST;
use super::value::{Dict, Scope, ScopeKind, Value};
use super::{Interpreter, MOST_ROUNDS, Result, Stop, text, value};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{self, Binary, Handler, Pattern, Stmt, StmtKind};
use crate::model::UnknownKind;
use crate::source::Span;

/// Resources that one loop without a collection may make.
const MOST_MADE: usize = 5_000;

/// How a statement ends.
pub enum Flow {
    Next,
    Return(Value),
    /// With a label where it leaves more than the nearest loop.
    Break(Option<EcoString>),
    Continue(Option<EcoString>),
}

/// What the names of some scopes stand for.
type State = Vec<(Rc<Scope>, Rc<Dict>)>;

/// One way an undecided condition may go.
pub type Arm<'f, 'a> = &'f mut dyn FnMut(&mut Interpreter<'a>) -> Result<Flow>;

pub type OwnArm<'f, 'a> = Box<dyn FnMut(&mut Interpreter<'a>) -> Result<Flow> + 'f>;

impl<'a> Interpreter<'a> {
    pub fn block(&mut self, body: &[Stmt], scope: &Rc<Scope>) -> Result<Flow> {
        self.hoist(body, scope);
        for stmt in body {
            match self.statement(stmt, scope)? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    /// JavaScript's functions are there before their statement.
    pub fn hoist(&mut self, body: &[Stmt], scope: &Rc<Scope>) {
        if Interpreter::is_python(scope) {
            return;
        }
        for stmt in body {
            if let StmtKind::Function(function) = &stmt.kind
                && let Ok(value) = self.closure(function, scope)
            {
                scope.define(function.name.clone(), value);
            }
        }
    }

    /// A block with names of its own where the language has such.
    pub fn inner_block(&mut self, body: &[Stmt], scope: &Rc<Scope>) -> Result<Flow> {
        if Interpreter::is_python(scope) { self.block(body, scope) } else { self.block(body, &Scope::inside(scope, ScopeKind::Block)) }
    }

    pub fn statement(&mut self, stmt: &Stmt, scope: &Rc<Scope>) -> Result<Flow> {
        match self.deeper(|this| this.statement_inner(stmt, scope)) {
            Ok(Some(flow)) => Ok(flow),
            Ok(None) => {
                self.too_deep(stmt.span);
                Ok(Flow::Next)
            }
            // Nothing catches it: what follows is read as if it had not happened.
            Err(Stop::Raise(value, span)) if self.tries == 0 => {
                self.stopped(&value, span);
                Ok(Flow::Next)
            }
            Err(stop) => Err(stop),
        }
    }

    fn statement_inner(&mut self, stmt: &Stmt, scope: &Rc<Scope>) -> Result<Flow> {
        match &stmt.kind {
            StmtKind::Expr(expr) => {
                self.eval(expr, scope)?;
            }
            StmtKind::Assign { targets, value, declares } => {
                let value = self.eval(value, scope)?;
                for target in targets {
                    self.bind(target, value.clone(), scope, *declares)?;
                }
            }
            StmtKind::Update { target, operator, value } => self.update(target, *operator, value, scope)?,
            StmtKind::Declare(targets) => self.declare(targets, scope),
            StmtKind::Function(function) => {
                let value = self.closure(function, scope)?;
                let value = self.decorated(value, &function.decorators, scope)?;
                self.define(scope, function.name.clone(), value);
            }
            StmtKind::Class(class) => {
                let value = self.class(class, scope)?;
                let value = self.decorated(value, &class.decorators, scope)?;
                self.define(scope, class.name.clone(), value);
            }
            StmtKind::Enum { name, members } => self.enumeration(name, members, scope)?,
            StmtKind::Return(value) => {
                let value = match value {
                    Some(value) => self.eval(value, scope)?,
                    None if Interpreter::is_python(scope) => Value::Null,
                    None => Value::Undefined,
                };
                return Ok(Flow::Return(value));
            }
            StmtKind::If { condition, then, otherwise } => return self.branch(condition, then, otherwise, scope),
            StmtKind::For { target, iterable, body, otherwise, keys } => {
                let iterable_value = self.eval(iterable, scope)?;
                let iterable_value = if *keys { self.keys_of(&iterable_value) } else { iterable_value };
                return self.for_loop(target, &iterable_value, iterable.span, body, otherwise, scope);
            }
            StmtKind::While { condition, body, update, otherwise, body_first } => {
                return self.while_loop(condition, body, update.as_ref(), otherwise, *body_first, scope);
            }
            StmtKind::Try { body, handlers, otherwise, finally } => return self.attempt(body, handlers, otherwise, finally, scope),
            StmtKind::With { items, body } => {
                let mut suppresses = false;
                for (context, target) in items {
                    let value = self.eval(context, scope)?;
                    suppresses |= matches!(&value, Value::Native(native) if native.name == "suppress");
                    let value = self.entered(value, context.span)?;
                    if let Some(target) = target {
                        self.bind(target, value, scope, false)?;
                    }
                }
                self.tries += u32::from(suppresses);
                let flow = self.block(body, scope);
                self.tries -= u32::from(suppresses);
                return match flow {
                    Err(Stop::Raise(..)) if suppresses => Ok(Flow::Next),
                    other => other,
                };
            }
            StmtKind::Raise(value) => {
                let value = match value {
                    Some(value) => self.eval(value, scope)?,
                    // Once more what the handler around was given.
                    None => self.handling.last().cloned().unwrap_or(Value::Null),
                };
                return Err(Stop::Raise(value, stmt.span));
            }
            StmtKind::Switch { subject, cases, falls_through } => return self.switch(subject, cases, *falls_through, scope),
            StmtKind::Break(label) => return Ok(Flow::Break(label.clone())),
            StmtKind::Continue(label) => return Ok(Flow::Continue(label.clone())),
            StmtKind::Labelled { label, body } => {
                // A loop takes its labels; what is left of `for (;;)` is a block that ends in one.
                let labels = self.labels.len();
                let is_loop = |stmt: &Stmt| matches!(stmt.kind, StmtKind::For { .. } | StmtKind::While { .. } | StmtKind::Labelled { .. });
                if is_loop(body) || matches!(&body.kind, StmtKind::Block(all) if all.len() == 2 && all.last().is_some_and(is_loop)) {
                    self.labels.push(label.clone());
                }
                let flow = self.statement(body, scope);
                self.labels.truncate(labels);
                return Ok(match flow? {
                    Flow::Break(Some(left)) if left == *label => Flow::Next,
                    other => other,
                });
            }
            StmtKind::Block(body) => return self.inner_block(body, scope),
            StmtKind::Import(import) => self.import(import, stmt.span, scope)?,
            StmtKind::Export(export) => self.export(export, stmt.span, scope)?,
            StmtKind::Outer { names, global } => {
                scope.outer.borrow_mut().extend(names.iter().map(|name| (name.clone(), *global)));
            }
            StmtKind::Delete(targets) => self.delete(targets, scope)?,
            StmtKind::Unreadable => {}
        }
        Ok(Flow::Next)
    }

    fn define(&mut self, scope: &Rc<Scope>, name: EcoString, value: Value) {
        if Interpreter::is_python(scope) { scope.assign(&name, value) } else { scope.define(name, value) }
    }

    fn declare(&mut self, targets: &[Pattern], scope: &Rc<Scope>) {
        for target in targets {
            if let Pattern::Name(name, _) = target
                && !Interpreter::is_python(scope)
            {
                scope.define(name.clone(), Value::Undefined);
            }
        }
    }

    fn update(&mut self, target: &Pattern, operator: Binary, value: &ast::Expr, scope: &Rc<Scope>) -> Result<()> {
        let old = match target {
            Pattern::Name(name, _) => scope.get(name).unwrap_or(Value::Null),
            Pattern::Place(place) => self.eval(place, scope)?,
            _ => Value::Null,
        };
        let span = value.span;
        let value = self.eval(value, scope)?;
        // `items += more` changes the list itself.
        if operator == Binary::Add
            && Interpreter::is_python(scope)
            && let Value::List(items) = &old
        {
            let mut more = self.items_or_unknown(&value);
            if items.borrow().len() + more.len() <= LONGEST {
                items.borrow_mut().append(&mut more);
            }
            return Ok(());
        }
        let language = scope.unit.language;
        let new = match self.joined(operator, &old, &value, language, span)? {
            Some(joined) => joined,
            None => self.binary(operator, &old, &value, language),
        };
        self.bind(target, new, scope, false)
    }

    fn delete(&mut self, targets: &[Pattern], scope: &Rc<Scope>) -> Result<()> {
        for target in targets {
            let Pattern::Place(ast::Expr { kind: ast::ExprKind::Index { of, index, .. }, .. }) = target else { continue };
            let (of, index) = (self.eval(of, scope)?, self.eval(index, scope)?);
            if let (Value::Dict(dict), Some(key)) = (&of, value::key_of(&index)) {
                dict.borrow_mut().shift_remove(&key);
            }
        }
        Ok(())
    }

    fn branch(&mut self, condition: &ast::Expr, then: &[Stmt], otherwise: &[Stmt], scope: &Rc<Scope>) -> Result<Flow> {
        let value = self.eval(condition, scope)?;
        match self.truth(&value, scope.unit.language) {
            Some(true) => self.inner_block(then, scope),
            Some(false) => self.inner_block(otherwise, scope),
            None => self.undecided(
                condition.span,
                scope,
                &mut [&mut |this| this.inner_block(then, scope), &mut |this| this.inner_block(otherwise, scope)],
            ),
        }
    }

    /// Runs every arm from the same state, and joins what they leave behind.
    pub fn undecided(&mut self, span: Span, scope: &Rc<Scope>, arms: &mut [Arm<'_, 'a>]) -> Result<Flow> {
        let before = state_of(scope);
        let mut live: Vec<State> = Vec::new();
        let mut returned: Vec<Value> = Vec::new();
        let mut raised = None;
        for arm in arms {
            restore(&before);
            let conditions = self.conditions.len();
            self.conditions.push(span);
            self.tries += 1;
            let flow = arm(self);
            self.tries -= 1;
            self.conditions.truncate(conditions);
            match flow {
                Ok(Flow::Next) => live.push(state_of(scope)),
                Ok(Flow::Break(_) | Flow::Continue(_)) => {
                    self.may_leave = true;
                    live.push(state_of(scope));
                }
                Ok(Flow::Return(value)) => returned.push(value),
                Err(Stop::Raise(value, at)) => raised = Some((value, at)),
                Err(stop) => return Err(stop),
            }
        }
        if live.is_empty() {
            return match (returned.is_empty(), raised) {
                (true, Some((value, at))) => Err(Stop::Raise(value, at)),
                (true, None) => Ok(Flow::Next),
                (false, _) => Ok(Flow::Return(Value::either(returned))),
            };
        }
        if !returned.is_empty() {
            // What follows runs only where no arm has returned.
            self.may_leave = true;
            self.conditions.push(span);
            if let Some(maybe) = self.maybe.last_mut() {
                maybe.extend(returned);
            }
        }
        restore(&joined(live));
        Ok(Flow::Next)
    }

    fn for_loop(
        &mut self,
        target: &Pattern,
        iterable: &Value,
        span: Span,
        body: &[Stmt],
        otherwise: &[Stmt],
        scope: &Rc<Scope>,
    ) -> Result<Flow> {
        if Interpreter::is_python(scope) {
            self.refuses(iterable, "items", span)?;
        }
        let Some(items) = self.items(iterable) else {
            let element = self.element_of(iterable);
            return self.undecided(
                span,
                scope,
                &mut [
                    &mut |this| {
                        let inner = this.loop_scope(scope);
                        this.bind(target, element.clone(), &inner, true)?;
                        this.block(body, &inner)
                    },
                    &mut |_| Ok(Flow::Next),
                ],
            );
        };
        let labels = std::mem::take(&mut self.labels);
        let may_leave = self.may_leave;
        for item in items.into_iter().take(MOST_ROUNDS) {
            self.step()?;
            let inner = self.loop_scope(scope);
            self.bind(target, item, &inner, true)?;
            if let Some(left) = left(self.block(body, &inner)?, &labels) {
                return Ok(left);
            }
        }
        self.may_leave = may_leave;
        self.inner_block(otherwise, scope)
    }

    pub fn loop_scope(&self, scope: &Rc<Scope>) -> Rc<Scope> {
        if Interpreter::is_python(scope) { scope.clone() } else { Scope::inside(scope, ScopeKind::Block) }
    }

    fn while_loop(
        &mut self,
        condition: &ast::Expr,
        body: &[Stmt],
        update: Option<&ast::Expr>,
        otherwise: &[Stmt],
        body_first: bool,
        scope: &Rc<Scope>,
    ) -> Result<Flow> {
        let mut first = body_first;
        let labels = std::mem::take(&mut self.labels);
        let outside = self.may_leave;
        let made = self.resources.len();
        for _ in 0..MOST_ROUNDS {
            self.may_leave = false;
            if self.resources.len() > made + MOST_MADE {
                break;
            }
            self.step()?;
            if !first {
                let value = self.eval(condition, scope)?;
                match self.truth(&value, scope.unit.language) {
                    Some(true) => {}
                    Some(false) => return self.inner_block(otherwise, scope),
                    None => {
                        self.note("undecided-loop", condition.span, "how often this loop goes round is not known; it is read once");
                        return self.undecided(
                            condition.span,
                            scope,
                            &mut [&mut |this| this.inner_block(body, scope), &mut |_| Ok(Flow::Next)],
                        );
                    }
                }
            }
            first = false;
            let flow = self.inner_block(body, scope)?;
            let may_leave = std::mem::replace(&mut self.may_leave, outside);
            if let Some(left) = left(flow, &labels) {
                return Ok(left);
            }
            if may_leave {
                self.note("undecided-loop", condition.span, "whether this loop is left is not known; it is read no further");
                return Ok(Flow::Next);
            }
            if let Some(update) = update {
                self.eval(update, scope)?;
            }
        }
        let message = if self.resources.len() > made + MOST_MADE {
            eco_format!("this loop makes more than {MOST_MADE} resources; the rest is left out")
        } else {
            eco_format!("this loop goes round more than {MOST_ROUNDS} times; the rest is left out")
        };
        self.note("too-many-rounds", condition.span, message);
        Ok(Flow::Next)
    }

    fn attempt(&mut self, body: &[Stmt], handlers: &[Handler], otherwise: &[Stmt], finally: &[Stmt], scope: &Rc<Scope>) -> Result<Flow> {
        let catches = u32::from(!handlers.is_empty());
        self.tries += catches;
        self.caught += catches;
        let mut flow = self.inner_block(body, scope);
        self.tries -= catches;
        self.caught -= catches;
        if let Err(Stop::Raise(value, _)) = &flow {
            let value = value.clone();
            if let Some(handler) = self.handler(handlers, &value, scope)? {
                self.handling.push(value.clone());
                let handled = (|| {
                    if let Some(target) = &handler.target {
                        self.bind(target, value, scope, true)?;
                    }
                    self.inner_block(&handler.body, scope)
                })();
                self.handling.pop();
                flow = handled;
            }
        } else if let Ok(Flow::Next) = flow {
            flow = self.inner_block(otherwise, scope);
        }
        match self.inner_block(finally, scope)? {
            Flow::Next => flow,
            other => Ok(other),
        }
    }

    /// The first handler that takes what was raised, or may.
    fn handler<'h>(&mut self, handlers: &'h [Handler], raised: &Value, scope: &Rc<Scope>) -> Result<Option<&'h Handler>> {
        for handler in handlers {
            let wanted = match &handler.kind {
                Some(kind) => self.eval(kind, scope)?,
                None => return Ok(Some(handler)),
            };
            if self.catches(raised, &wanted) != Some(false) {
                return Ok(Some(handler));
            }
        }
        Ok(None)
    }

    /// Gives a pattern's names their values.
    pub fn bind(&mut self, pattern: &Pattern, value: Value, scope: &Rc<Scope>, declares: bool) -> Result<()> {
        match pattern {
            Pattern::Name(name, _) => {
                if declares && !Interpreter::is_python(scope) {
                    scope.define(name.clone(), value);
                } else {
                    scope.assign(name, value);
                }
            }
            Pattern::Place(place) => self.store(place, value, scope)?,
            Pattern::Default(inner, default) => {
                let value = if matches!(value, Value::Undefined) { self.eval(default, scope)? } else { value };
                self.bind(inner, value, scope, declares)?;
            }
            Pattern::List(parts) => self.bind_list(parts, &value, scope, declares)?,
            Pattern::Object(fields) => {
                let mut taken: Vec<EcoString> = Vec::new();
                for field in fields {
                    match field {
                        ast::PatternField::One { key, target } => {
                            let span = key.span;
                            let key = self.eval(key, scope)?;
                            let name = text::shown(&key);
                            let part = self.member(&value, &name, span, scope)?;
                            taken.push(name);
                            self.bind(target, part, scope, declares)?;
                        }
                        ast::PatternField::Rest(target) => {
                            let rest = match &value {
                                Value::Dict(dict) => {
                                    let kept = dict.borrow().iter().filter(|(key, _)| !taken.contains(key)).map(pair).collect();
                                    Value::dict(kept)
                                }
                                other => Value::unsupported("the rest of a value", value::deps_of(other)),
                            };
                            self.bind(target, rest, scope, declares)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn bind_list(&mut self, parts: &[ast::PatternItem], value: &Value, scope: &Rc<Scope>, declares: bool) -> Result<()> {
        let items = self.items(value);
        let after = parts.iter().rev().take_while(|part| !matches!(part, ast::PatternItem::Rest(_))).count();
        let mut at = 0;
        for part in parts {
            match part {
                ast::PatternItem::Hole => at += 1,
                ast::PatternItem::One(target) => {
                    let item = match &items {
                        Some(items) => items.get(at).cloned().unwrap_or(Value::Undefined),
                        None => self.index(value, &Value::Int(at as i64)),
                    };
                    at += 1;
                    self.bind(target, item, scope, declares)?;
                }
                ast::PatternItem::Rest(target) => {
                    let rest = match &items {
                        Some(items) => {
                            let end = items.len().saturating_sub(after).max(at);
                            let rest = items.get(at..end).unwrap_or_default().to_vec();
                            at = end;
                            Value::list(rest)
                        }
                        None => Value::unknown_of(
                            crate::model::Unknown::new(UnknownKind::Unsupported, "the rest of a value"),
                            value::deps_of(value),
                        ),
                    };
                    self.bind(target, rest, scope, declares)?;
                }
            }
        }
        Ok(())
    }
}

/// What a loop's round leads to behind the loop; nothing when the next round follows.
fn left(flow: Flow, labels: &[EcoString]) -> Option<Flow> {
    match flow {
        Flow::Next | Flow::Continue(None) => None,
        Flow::Continue(Some(label)) if labels.contains(&label) => None,
        Flow::Break(None) => Some(Flow::Next),
        Flow::Break(Some(label)) if labels.contains(&label) => Some(Flow::Next),
        other => Some(other),
    }
}

fn pair((key, value): (&EcoString, &Value)) -> (EcoString, Value) {
    (key.clone(), value.clone())
}

fn state_of(scope: &Rc<Scope>) -> State {
    let mut state = Vec::new();
    let mut next = Some(scope.clone());
    while let Some(scope) = next {
        let names = scope.names.borrow().clone();
        next = scope.parent.clone();
        state.push((scope, names));
    }
    state
}

fn restore(state: &State) {
    for (scope, names) in state {
        *scope.names.borrow_mut() = names.clone();
    }
}

/// One state of several: what differs may be either.
fn joined(states: Vec<State>) -> State {
    let mut states = states.into_iter();
    let Some(mut state) = states.next() else { return State::new() };
    for other in states {
        for ((_, mine), (_, theirs)) in state.iter_mut().zip(other) {
            if Rc::ptr_eq(mine, &theirs) {
                continue;
            }
            let mine = Rc::make_mut(mine);
            for (name, value) in theirs.iter() {
                match mine.get_mut(name) {
                    Some(known) if value::same(known, value) => {}
                    Some(known) => *known = Value::either(vec![known.clone(), value.clone()]),
                    None => {
                        mine.insert(name.clone(), value.clone());
                    }
                }
            }
        }
    }
    state
}
