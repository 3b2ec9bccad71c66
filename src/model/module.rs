//! What a format's reader makes of its files: declarations with unevaluated expressions, spans on everything.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::{Address, Expr, Question, Recorded, StackPolicy};
use crate::source::Span;

/// Which language's names, functions and defaults apply to a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Dialect {
    /// Terraform and OpenTofu.
    #[default]
    Terraform,
    /// CloudFormation, with SAM and what CDK synthesises.
    CloudFormation,
    Pulumi,
}

impl Dialect {
    /// Resources have names of their own, without a type: a reference is `resource.NAME`, where NAME is what
    /// [`Dialect::plain_name`] gives.
    pub const fn has_plain_names(self) -> bool {
        !matches!(self, Dialect::Terraform)
    }

    /// What the user's own tool calls a resource: its logical id, or `TYPE::NAME` of Pulumi.
    pub fn plain_name(self, native_type: &str, name: &EcoString) -> EcoString {
        match self {
            Dialect::Pulumi if !native_type.is_empty() => eco_format!("{native_type}::{name}"),
            _ => name.clone(),
        }
    }
}

/// The declarations of one file, or of the files of one folder merged. Order is source order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Module {
    pub dialect: Dialect,
    pub resources: Vec<Arc<Declaration>>,
    pub variables: Vec<Variable>,
    pub locals: Vec<Local>,
    pub outputs: Vec<Output>,
    pub calls: Vec<ModuleCall>,
    pub providers: Vec<ProviderConfig>,
    pub moved: Vec<Moved>,
    pub removed: Vec<Removed>,
    pub imports: Vec<Import>,
    /// What outputs and `check` blocks demand.
    pub conditions: Vec<Condition>,
    /// Where the state is kept: the block `backend` or `cloud`.
    pub backend: Option<Block>,
    /// Variable values given by files (`*.tfvars`), in order of increasing precedence.
    pub assignments: Vec<Attribute>,
    /// What a program asked for in its configuration and nothing gives.
    pub questions: Vec<Question>,
    /// Which updates the stack refuses; such a file declares nothing.
    pub stack_policy: Option<StackPolicy>,
    /// What a plan or a state holds; such a file declares nothing.
    pub recorded: Option<Arc<Recorded>>,
}

/// The files of one folder read together, and where that folder is.
#[derive(Debug, Clone, PartialEq)]
pub struct RootModule {
    /// Folder path without trailing slash; empty for the top.
    pub path: EcoString,
    pub dialect: Dialect,
    pub module: Module,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    Managed,
    Data,
    /// Opened while the tool runs and never kept: no change, no state, no cost.
    Ephemeral,
    /// A module whose source is not at hand: an opaque node with its inputs.
    Module,
    /// A component of a program.
    Component,
    /// A thing referred to that no file declares.
    External,
}

impl Mode {
    /// What stands before the type in an address.
    pub const fn prefix(self) -> &'static str {
        match self {
            Mode::Data => "data.",
            Mode::Ephemeral => "ephemeral.",
            _ => "",
        }
    }
}

/// A resource or data source as written, before `count` and `for_each`.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    pub mode: Mode,
    pub native_type: EcoString,
    pub name: EcoString,
    /// The whole block.
    pub span: Span,
    /// The block's header, `resource "aws_vpc" "main"`.
    pub header: Span,
    pub count: Option<Expr>,
    pub for_each: Option<Expr>,
    /// A condition that switches the resource on: CloudFormation's `Condition`, OpenTofu's `enabled`.
    pub condition: Option<Expr>,
    pub depends_on: Vec<Expr>,
    /// `provider = aws.east`.
    pub provider: Option<Expr>,
    pub lifecycle: Lifecycle,
    /// Arguments and nested blocks, without the meta-arguments above.
    pub body: Body,
    /// The user spells arguments `likeThis`, as programs in TypeScript do; here they stand `like_this`.
    pub camel: bool,
    /// The calls that led to it, outermost first: where functions and components of a program were called.
    pub called_from: Vec<Span>,
}

/// What a `lifecycle` block says. Most resources have none, so that is one word; reading it gives what is said by
/// default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lifecycle(Option<Box<Told>>);

impl Lifecycle {
    pub fn is_told(&self) -> bool {
        self.0.is_some()
    }
}

static NOT_TOLD: Told = Told::NOTHING;

impl Deref for Lifecycle {
    type Target = Told;

    fn deref(&self) -> &Told {
        self.0.as_deref().unwrap_or(&NOT_TOLD)
    }
}

impl DerefMut for Lifecycle {
    fn deref_mut(&mut self) -> &mut Told {
        self.0.get_or_insert_default()
    }
}

impl From<Told> for Lifecycle {
    fn from(told: Told) -> Lifecycle {
        Lifecycle((told != NOT_TOLD).then(|| Box::new(told)))
    }
}

/// The settings of a `lifecycle` block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    pub prevent_destroy: Option<Expr>,
    pub create_before_destroy: Option<Expr>,
    /// Paths as written; the single name `all` means everything.
    pub ignore_changes: Vec<Expr>,
    pub replace_triggered_by: Vec<Expr>,
    /// Paths of arguments that replace it when they change, whatever its provider could do.
    pub replace_on_changes: Vec<Expr>,
    /// It stays where it is when it is no longer declared.
    pub retain: Option<Expr>,
    /// What `precondition` and `postcondition` blocks demand.
    pub conditions: Vec<Condition>,
}

impl Told {
    const NOTHING: Told = Told {
        prevent_destroy: None,
        create_before_destroy: None,
        ignore_changes: Vec::new(),
        replace_triggered_by: Vec::new(),
        replace_on_changes: Vec::new(),
        retain: None,
        conditions: Vec::new(),
    };
}

/// What the author says must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub kind: ConditionKind,
    pub condition: Expr,
    /// What to say when it does not.
    pub message: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ConditionKind {
    Before,
    After,
    /// Of the output of that name: nothing is applied without it.
    Output(EcoString),
    /// An assertion of the check of that name: it only warns.
    Check(EcoString),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    pub attributes: Vec<Attribute>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    pub name: EcoString,
    pub name_span: Span,
    pub value: Expr,
}

impl Attribute {
    /// From the name to the end of the value.
    pub fn span(&self) -> Span {
        self.name_span.to(self.value.span)
    }
}

/// A nested block, or with `dynamic` a pattern for any number of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub name: EcoString,
    pub span: Span,
    pub header: Span,
    pub labels: Vec<EcoString>,
    pub body: Body,
    pub dynamic: Option<Box<Dynamic>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Dynamic {
    pub for_each: Expr,
    /// The iterator's name; the block's name unless given.
    pub iterator: EcoString,
    pub labels: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub name: EcoString,
    pub span: Span,
    pub header: Span,
    pub default: Option<Expr>,
    /// The type constraint as written: names, calls such as `list(string)`, objects.
    pub r#type: Option<Expr>,
    pub sensitive: bool,
    pub nullable: bool,
    pub ephemeral: bool,
    /// Conditions that a value must meet, each with its message.
    pub validations: Vec<(Expr, Option<Expr>)>,
    pub description: Option<EcoString>,
}

impl Variable {
    /// Without a default, of any type, and nothing said of it.
    pub fn new(name: EcoString, span: Span, header: Span) -> Variable {
        Variable {
            name,
            span,
            header,
            default: None,
            r#type: None,
            sensitive: false,
            nullable: true,
            ephemeral: false,
            validations: Vec::new(),
            description: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    pub name: EcoString,
    pub name_span: Span,
    pub value: Expr,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub name: EcoString,
    pub span: Span,
    pub header: Span,
    pub value: Option<Expr>,
    pub sensitive: bool,
    pub depends_on: Vec<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ModuleCall {
    pub name: EcoString,
    pub span: Span,
    pub header: Span,
    /// As a literal; the source that is worked out of variables and locals stands in `body`.
    pub source: Option<EcoString>,
    pub count: Option<Expr>,
    pub for_each: Option<Expr>,
    pub depends_on: Vec<Expr>,
    /// `providers = { aws = aws.east }`.
    pub providers: Option<Expr>,
    /// Inputs, without the meta-arguments above.
    pub body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ProviderConfig {
    pub name: EcoString,
    pub alias: Option<EcoString>,
    pub span: Span,
    pub header: Span,
    pub body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub from: Address,
    pub to: Address,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    pub from: Address,
    /// `lifecycle { destroy = false }`: forgotten, not destroyed.
    pub destroy: bool,
    pub span: Span,
}

/// `import { to = …, id = … }`: taken over, not created.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The address, as a reference; with `for_each` its key may use `each`.
    pub to: Expr,
    /// `id`, or the object `identity`.
    pub id: Option<Expr>,
    pub for_each: Option<Expr>,
    pub span: Span,
}

impl ModuleCall {
    /// The source where it is worked out of variables and locals.
    pub fn worked_out_source(&self) -> Option<&Expr> {
        self.body.attribute("source").filter(|_| self.source.is_none()).map(|it| &it.value)
    }

    /// OpenTofu's `lifecycle { enabled = … }`.
    pub fn enabled(&self) -> Option<&Expr> {
        self.body.blocks("lifecycle").find_map(|lifecycle| Some(&lifecycle.body.attribute("enabled")?.value))
    }
}

impl Body {
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    pub fn blocks<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| block.name == name)
    }

    /// The span of what a dotted path names (`scaling_config.min_size`, `ingress.1.cidr_blocks`): the
    /// innermost attribute, object entry or block that the path reaches as written; `None` when not even its
    /// first step is written here.
    pub fn span_of(&self, path: &str) -> Option<Span> {
        let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
        if let Some(attribute) = self.attribute(first) {
            return Some(span_in_expr(&attribute.value, rest).unwrap_or_else(|| attribute.span()));
        }
        let (at, inner) = match rest.split_once('.') {
            Some((index, inner)) if index.parse::<usize>().is_ok() => (index.parse().unwrap_or(0), inner),
            None if rest.parse::<usize>().is_ok() => (rest.parse().unwrap_or(0), ""),
            _ => (0, rest),
        };
        let block = self.blocks(first).nth(at).or_else(|| self.blocks(first).last())?;
        if inner.is_empty() {
            return Some(block.header);
        }
        Some(block.body.span_of(inner).unwrap_or(block.header))
    }
}

fn span_in_expr(expr: &Expr, path: &str) -> Option<Span> {
    use super::{ExprKind, Value};
    if path.is_empty() {
        return None;
    }
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    let inner = match &expr.kind {
        ExprKind::Call { function, args, .. } if function == "jsonencode" => return span_in_expr(args.first()?, path),
        ExprKind::Object(items) => {
            let item = items.iter().find(|item| matches!(&item.key.kind, ExprKind::Literal(Value::Text(key)) if key == first))?;
            return Some(span_in_expr(&item.value, rest).unwrap_or_else(|| item.key.span.to(item.value.span)));
        }
        ExprKind::List(items) => items.get(first.parse::<usize>().ok()?)?,
        _ => return None,
    };
    Some(span_in_expr(inner, rest).unwrap_or(inner.span))
}
