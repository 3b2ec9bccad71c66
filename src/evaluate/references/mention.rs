//! The places where expressions mention another declaration.

use ecow::{EcoString, EcoVec, eco_format};

use crate::evaluate::limits;
use crate::model::{Body, Declaration, Expr, ExprKind, ModuleCall, ObjectItem, Part, Step, Value};
use crate::order::Order as _;
use crate::source::Span;

/// One mention, not yet followed.
pub(in crate::evaluate) struct Mention<'e> {
    pub root: &'e EcoString,
    pub steps: &'e [Step],
    pub argument: EcoString,
    pub explicit: bool,
    /// An index in it uses a name that the expression binds.
    pub bound: bool,
    /// The keys at which it stands in the value, where objects and lists are written out.
    pub path: EcoVec<EcoString>,
    /// It is all that stands there: a longer way into the value goes on in what is mentioned.
    pub whole: bool,
    /// The instances of one block may mean different things by it.
    pub varies: bool,
    pub span: Span,
}

enum Segment<'e> {
    Name(&'e str),
    Index(usize),
}

/// Collects mentions in source order.
#[derive(Default)]
pub(in crate::evaluate) struct Mentions<'e> {
    pub found: Vec<Mention<'e>>,
    /// References as text, from before 0.12, read to steps: `depends_on = ["aws_x.y"]`.
    path: Vec<Segment<'e>>,
    names: Vec<&'e str>,
    explicit: bool,
    /// The paths are those of a value, not of arguments.
    of_value: bool,
    depth: u32,
}

impl<'e> Mentions<'e> {
    pub fn declaration(&mut self, declaration: &'e Declaration) {
        for (argument, expr) in
            [("count", &declaration.count), ("for_each", &declaration.for_each), ("lifecycle.enabled", &declaration.condition)]
        {
            if let Some(expr) = expr {
                self.expression(expr, argument, false);
            }
        }
        self.body(&declaration.body);
        for expr in &declaration.depends_on {
            self.expression(expr, "", true);
        }
        for expr in &declaration.lifecycle.replace_triggered_by {
            self.expression(expr, "lifecycle.replace_triggered_by", true);
        }
        for demanded in &declaration.lifecycle.conditions {
            for expr in std::iter::once(&demanded.condition).chain(&demanded.message) {
                self.expression(expr, "lifecycle.condition", false);
            }
        }
        // The reader keeps meta-arguments apart; the places tell the order.
        self.found.order_by_key(|mention| mention.span.start);
    }

    pub fn call(&mut self, call: &'e ModuleCall) {
        for (argument, expr) in [("count", &call.count), ("for_each", &call.for_each)] {
            if let Some(expr) = expr {
                self.expression(expr, argument, false);
            }
        }
        self.body(&call.body);
        for expr in &call.depends_on {
            self.expression(expr, "", true);
        }
        self.found.order_by_key(|mention| mention.span.start);
    }

    pub fn body(&mut self, body: &'e Body) {
        for attribute in &body.attributes {
            self.path.push(Segment::Name(&attribute.name));
            self.expr(&attribute.value, true);
            self.path.pop();
        }
        for (at, block) in body.blocks.iter().enumerate() {
            if self.depth >= limits::EXPRESSION_DEPTH {
                return;
            }
            self.depth += 1;
            let nth = body.blocks.get(..at).unwrap_or(&[]).iter().rev().take(256).filter(|before| before.name == block.name).count();
            self.path.push(Segment::Name(&block.name));
            self.path.push(Segment::Index(nth));
            let bound = self.names.len();
            if let Some(dynamic) = &block.dynamic {
                self.expr(&dynamic.for_each, false);
                self.names.push(&dynamic.iterator);
                if let Some(labels) = &dynamic.labels {
                    self.expr(labels, false);
                }
            }
            self.body(&block.body);
            self.names.truncate(bound);
            self.path.pop();
            self.path.pop();
            self.depth -= 1;
        }
    }

    pub fn expression(&mut self, expr: &'e Expr, argument: &'e str, explicit: bool) {
        if !argument.is_empty() {
            self.path.push(Segment::Name(argument));
        }
        self.explicit = explicit;
        self.expr(expr, false);
        self.explicit = false;
        self.path.clear();
    }

    /// Mentions in the value of a variable, a local or an output, each with its place in the value.
    pub fn value(&mut self, expr: &'e Expr) {
        self.of_value = true;
        self.expr(expr, true);
        self.of_value = false;
        self.path.clear();
    }

    /// `built`: the argument's value is built here, so that the path goes on into objects and lists.
    fn expr(&mut self, expr: &'e Expr, built: bool) {
        if self.depth >= limits::EXPRESSION_DEPTH {
            return;
        }
        self.depth += 1;
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Unknown(_) => {}
            ExprKind::Template(parts) => self.parts(parts),
            ExprKind::Reference { root, steps } => self.reference(root, steps, expr.span, built),
            ExprKind::Access { of, steps } => {
                self.expr(of, false);
                self.indexes(steps);
            }
            ExprKind::Call { args, .. } => args.iter().for_each(|arg| self.expr(arg, false)),
            ExprKind::Unary { operand, .. } => self.expr(operand, false),
            ExprKind::Binary { left, right, .. } => {
                self.expr(left, false);
                self.expr(right, false);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.expr(condition, false);
                self.expr(then, built);
                self.expr(otherwise, built);
            }
            ExprKind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.inner(built.then_some(Segment::Index(at)), item);
                }
            }
            ExprKind::Object(items) => items.iter().for_each(|item| self.item(item, built)),
            ExprKind::ForList(over) => {
                self.expr(&over.collection, false);
                let bound = self.bind(over.key.as_ref(), &over.value);
                self.expr(&over.body, false);
                over.condition.iter().for_each(|condition| self.expr(condition, false));
                self.names.truncate(bound);
            }
            ExprKind::ForObject(over) => {
                self.expr(&over.collection, false);
                let bound = self.bind(over.key.as_ref(), &over.value);
                self.expr(&over.body_key, false);
                self.expr(&over.body, false);
                over.condition.iter().for_each(|condition| self.expr(condition, false));
                self.names.truncate(bound);
            }
        }
        self.depth -= 1;
    }

    fn inner(&mut self, segment: Option<Segment<'e>>, expr: &'e Expr) {
        let known = segment.is_some();
        self.path.extend(segment);
        self.expr(expr, known);
        if known {
            self.path.pop();
        }
    }

    fn item(&mut self, item: &'e ObjectItem, built: bool) {
        let name = match &item.key.kind {
            ExprKind::Literal(Value::Text(name)) => Some(name.as_str()),
            _ => {
                self.expr(&item.key, false);
                None
            }
        };
        self.inner(name.filter(|_| built).map(Segment::Name), &item.value);
    }

    fn bind(&mut self, key: Option<&'e EcoString>, value: &'e EcoString) -> usize {
        let bound = self.names.len();
        self.names.extend(key.map(EcoString::as_str));
        self.names.push(value);
        bound
    }

    fn parts(&mut self, parts: &'e [Part]) {
        for part in parts {
            match part {
                Part::Text(_) => {}
                Part::Interpolation(expr) => self.expr(expr, false),
                Part::If { condition, then, otherwise } => {
                    self.expr(condition, false);
                    self.nested(then);
                    self.nested(otherwise);
                }
                Part::For { key, value, collection, body } => {
                    self.expr(collection, false);
                    let bound = self.bind(key.as_ref(), value);
                    self.nested(body);
                    self.names.truncate(bound);
                }
            }
        }
    }

    fn nested(&mut self, parts: &'e [Part]) {
        if self.depth < limits::EXPRESSION_DEPTH {
            self.depth += 1;
            self.parts(parts);
            self.depth -= 1;
        }
    }

    fn indexes(&mut self, steps: &'e [Step]) {
        for step in steps {
            if let Step::Index(index) = step {
                self.expr(index, false);
            }
        }
    }

    fn reference(&mut self, root: &'e EcoString, steps: &'e [Step], span: Span, built: bool) {
        self.indexes(steps);
        if self.names.contains(&root.as_str()) || steps.is_empty() {
            return;
        }
        // What `each.value` refers to depends on the instance; its key is a text.
        if root == "each" && !matches!(steps.first(), Some(Step::Name(name, _)) if name == "value") {
            return;
        }
        if matches!(root.as_str(), "count" | "self" | "path" | "terraform") {
            return;
        }
        let bound = !self.names.is_empty()
            && steps.iter().any(|step| match step {
                Step::Index(index) => self.uses_bound(index),
                _ => false,
            });
        let (argument, path) = match self.of_value {
            true => (EcoString::new(), self.place()),
            false => (self.argument(), EcoVec::new()),
        };
        let whole = built && self.of_value && self.path.len() == path.len();
        let computed = |step: &Step| matches!(step, Step::Index(index) if !matches!(index.kind, ExprKind::Literal(_)));
        let varies = root == "each" || !bound && steps.iter().any(computed);
        self.found.push(Mention { root, steps, argument, explicit: self.explicit, bound, path, whole, varies, span });
    }

    fn place(&self) -> EcoVec<EcoString> {
        let segments = self.path.iter().take(limits::PATH);
        let texts = segments.map(|segment| match segment {
            Segment::Name(name) => EcoString::from(*name),
            Segment::Index(at) => eco_format!("{at}"),
        });
        texts.collect()
    }

    fn uses_bound(&self, expr: &Expr) -> bool {
        let mut uses = false;
        expr.walk(&mut |inner| {
            if let ExprKind::Reference { root, .. } = &inner.kind {
                uses |= self.names.contains(&root.as_str());
            }
        });
        uses
    }

    fn argument(&self) -> EcoString {
        match self.path.as_slice() {
            [] => EcoString::new(),
            [Segment::Name(name)] => EcoString::from(*name),
            path => {
                let mut text = EcoString::new();
                for segment in path {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    match segment {
                        Segment::Name(name) => text.push_str(name),
                        Segment::Index(at) => text.push_str(&eco_format!("{at}")),
                    }
                }
                text
            }
        }
    }
}
