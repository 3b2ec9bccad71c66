//! Resources after evaluation: one per instance, with values, references and their places.

use std::borrow::Cow;
use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};

use super::{Address, Declaration, Mode, Object, Unknown, Value};
use crate::source::Span;

/// One resource instance as the language would create it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    pub address: Address,
    pub mode: Mode,
    /// The type in the user's own language.
    pub native_type: EcoString,
    /// The canonical type: the Terraform provider's name.
    pub r#type: EcoString,
    pub name: EcoString,
    /// `aws`, or with alias `aws.east`.
    pub provider: EcoString,
    /// The region its provider configuration names, if it is known.
    pub region: Option<EcoString>,
    /// `count` or `for_each` is not known: this stands for any number of instances.
    pub count_unknown: Option<EcoString>,
    /// Arguments in canonical names; nested blocks are lists of objects. Absent arguments are absent.
    pub attributes: Arc<Object>,
    /// What it refers to, in source order.
    pub references: EcoVec<Reference>,
    /// The block's header, which is where the resource is cited.
    pub span: Span,
    /// As written, for the places of its arguments.
    pub declaration: Option<Arc<Declaration>>,
    pub prevent_destroy: bool,
    pub create_before_destroy: bool,
    /// Argument paths whose changes are ignored; `all` for every one.
    pub ignore_changes: EcoVec<EcoString>,
    /// Addresses whose replacement replaces this.
    pub replace_triggered_by: EcoVec<Address>,
    /// Argument paths whose changes replace it because the author says so; `all` for every one.
    pub replace_on_changes: EcoVec<EcoString>,
    /// It is let go of, not deleted, when it is no longer declared.
    pub retained: bool,
    /// What it is in the user's own language, where that has other names than the canonical ones.
    pub native: Option<Arc<Native>>,
}

/// A resource in a language that has names of its own: what changes and what is shown is in these names, what facts
/// are about in the canonical ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Native {
    /// The arguments as written.
    pub attributes: Arc<Object>,
    pub names: Names,
}

/// Translates names; the first text is the type in the user's own language, the second a dotted path.
#[derive(Clone, Copy)]
pub struct Names {
    pub canonical: fn(&str, &str) -> EcoString,
    pub own: fn(&str, &str) -> EcoString,
}

/// A language has one way to translate.
impl PartialEq for Names {
    fn eq(&self, _: &Names) -> bool {
        true
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

/// A reference from an argument to another declaration, with the way it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Address of the instance, or of the block (without key) when the instance is not determined.
    pub target: Address,
    /// Path of the argument that holds the reference, `environment.0.DB_HOST`; empty for `depends_on`.
    pub argument: EcoString,
    /// What is read of the target, `address`; empty for the whole.
    pub reads: EcoString,
    /// The names in between, `local.db_host`, `module.db.endpoint`.
    pub through: EcoVec<EcoString>,
    /// Whether it only orders: `depends_on`, a provider's configuration.
    pub explicit: bool,
    /// Its way leads through what is switched off: it is listed, and nothing follows from it.
    pub idle: bool,
    /// Where the reference is written in the referring resource.
    pub span: Span,
}

/// An argument read in the only way there is: unknown cannot be mistaken for absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting<'a> {
    /// Not written, or null.
    Absent,
    /// Known at its top; deeper parts may be unknown.
    Known(&'a Value),
    Unknown(&'a Unknown),
}

/// A resource that is declared but switched off.
#[derive(Debug, Clone, PartialEq)]
pub struct Disabled {
    pub address: Address,
    pub native_type: EcoString,
    pub span: Span,
    /// `count = 0`, with the expression that did it where that says more.
    pub reason: EcoString,
    /// What it would refer to.
    pub references: Vec<Reference>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OutputValue {
    pub address: EcoString,
    pub value: Value,
    pub sensitive: bool,
    pub span: Span,
}

/// Something that could not be known and that a person may be able to supply.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub kind: QuestionKind,
    /// `var.db_password`, `module.vpc`, `templates/user-data.sh`.
    pub subject: EcoString,
    /// Why it is not known, as a sentence.
    pub why: EcoString,
    pub span: Span,
    /// Whether its value must stay hidden.
    pub sensitive: bool,
    /// Where it is looked for: a module's source, a file's path. Empty for the others.
    pub wants: EcoString,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionKind {
    /// A variable without a value.
    Variable,
    /// A module whose source is not at hand.
    Module,
    /// A file that an expression reads.
    File,
    /// A construct that is not evaluated; nothing can be supplied.
    Unsupported,
}

impl Resource {
    /// Reads an argument by dotted path; list steps may be numbers, and a step into a list of blocks without
    /// a number means its first.
    pub fn setting(&self, path: &str) -> Setting<'_> {
        setting_in(&self.attributes, path)
    }

    pub fn is(&self, canonical: &str) -> bool {
        self.r#type == canonical
    }

    /// Where an argument, by its canonical path, is written; the block's header when it is not.
    pub fn span_of(&self, path: &str) -> Span {
        self.declaration.as_ref().and_then(|declaration| declaration.body.span_of(&self.own_path(path))).unwrap_or(self.span)
    }

    /// The arguments in the user's own names.
    pub fn own_attributes(&self) -> &Arc<Object> {
        self.native.as_ref().map_or(&self.attributes, |native| &native.attributes)
    }

    /// The canonical path of an argument that the user's own language names.
    pub fn canonical_path<'a>(&self, path: &'a str) -> Cow<'a, str> {
        match &self.native {
            Some(native) => Cow::Owned((native.names.canonical)(&self.native_type, path).into()),
            None => Cow::Borrowed(path),
        }
    }

    /// The path of a canonical argument in the user's own names.
    pub fn own_path<'a>(&self, path: &'a str) -> Cow<'a, str> {
        match &self.native {
            Some(native) => Cow::Owned((native.names.own)(&self.native_type, path).into()),
            None => Cow::Borrowed(path),
        }
    }

    /// Whether its arguments are shown `likeThis`, as its program spells them.
    pub fn is_camel(&self) -> bool {
        self.declaration.as_ref().is_some_and(|declaration| declaration.camel)
    }

    /// The path of a canonical argument as it is shown to the user.
    pub fn shown_path<'a>(&self, path: &'a str) -> Cow<'a, str> {
        if self.is_camel() { Cow::Owned(camel_path(path).into()) } else { self.own_path(path) }
    }

    /// A sentence about it whose arguments, between backticks, are put in the user's own names: `a_b = c` becomes
    /// `AB: c`, and `a_b { c = d }` becomes `AB: {C: d}`.
    pub fn own_words(&self, text: EcoString) -> EcoString {
        if (self.native.is_none() && !self.is_camel()) || !text.contains('`') {
            return text;
        }
        let mut out = EcoString::with_capacity(text.len());
        for (at, part) in text.split('`').enumerate() {
            if at > 0 {
                out.push('`');
            }
            let name = |word: &str| word.contains('_') && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.'));
            if let Some((block, inside)) = part.strip_suffix(" }").and_then(|part| part.split_once(" { "))
                && let Some((word, value)) = inside.split_once(" = ")
                && at % 2 == 1
            {
                let path = eco_format!("{block}.{word}");
                let path = self.shown_path(&path);
                out.push_str(&path.replace(".", ": {"));
                out.push_str(": ");
                out.push_str(value);
                path.matches('.').for_each(|_| out.push('}'));
                continue;
            }
            let (word, rest) = part.split_once(" = ").map_or((part, None), |(word, rest)| (word, Some(rest)));
            match (at % 2 == 1 && name(word), rest) {
                (false, _) => out.push_str(part),
                (true, None) => out.push_str(&self.shown_path(word)),
                (true, Some(rest)) => {
                    out.push_str(&self.shown_path(word));
                    out.push_str(": ");
                    out.push_str(rest);
                }
            }
        }
        out
    }

    /// A remark about it in which arguments stand bare, `multi_az` or `type is not set`, in the user's own names.
    pub fn own_remark(&self, text: EcoString) -> EcoString {
        if self.native.is_none() && !self.is_camel() {
            return text;
        }
        let part = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '.');
        let alone = text.split_once(" is not ").map_or("", |(word, _)| word);
        let mut out = EcoString::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(start) = rest.find(part) {
            let (before, word) = rest.split_at(start);
            let (word, after) = word.split_at(word.find(|letter| !part(letter)).unwrap_or(word.len()));
            let name = word.trim_end_matches('.');
            // Inside a word of the sentence it is no name.
            let apart = !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '-');
            out.push_str(before);
            match apart && (name.contains('_') || name == alone) {
                true => out.push_str(&self.shown_path(name)),
                false => out.push_str(name),
            }
            out.push_str(word.get(name.len()..).unwrap_or_default());
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// A setting of the resource itself that is a text in the user's own language, such as `DeletionPolicy`.
    pub fn own_text(&self, name: &str) -> Option<&EcoString> {
        self.native.as_ref()?.attributes.get(name)?.as_text()
    }
}

impl<'a> Setting<'a> {
    /// Reads a dotted path inside an object, as [`Resource::setting`] does in a resource.
    pub fn at(object: &'a Object, path: &str) -> Setting<'a> {
        setting_in(object, path)
    }

    pub fn of(value: &'a Value) -> Setting<'a> {
        match value.unmarked() {
            Value::Null => Setting::Absent,
            Value::Unknown(unknown) => Setting::Unknown(unknown),
            known => Setting::Known(known),
        }
    }
}

/// Reads a dotted path inside an object, as [`Resource::setting`] does.
fn setting_in<'a>(object: &'a Object, path: &str) -> Setting<'a> {
    let (first, mut rest) = first_step(path);
    let Some(mut value) = object.get(first) else { return Setting::Absent };
    while let Some(path) = rest {
        let (step, after) = first_step(path);
        rest = after;
        loop {
            match value.unmarked() {
                Value::Object(object) => match object.get(step) {
                    Some(inner) => value = inner,
                    None => return Setting::Absent,
                },
                Value::List(items) => {
                    let index = step.parse::<usize>();
                    match items.get(index.clone().unwrap_or(0)) {
                        Some(inner) => {
                            value = inner;
                            if index.is_err() {
                                continue;
                            }
                        }
                        None => return Setting::Absent,
                    }
                }
                Value::Unknown(unknown) => return Setting::Unknown(unknown),
                _ => return Setting::Absent,
            }
            break;
        }
    }
    Setting::of(value)
}

/// The first step of a dotted path, and what follows it. Paths are a few bytes long, and most have one step: setting up
/// a search takes longer than to look at them.
fn first_step(path: &str) -> (&str, Option<&str>) {
    let dot = path.bytes().position(|byte| byte == b'.');
    let step = dot.and_then(|at| Some((path.get(..at)?, path.get(at + 1..))));
    step.unwrap_or((path, None))
}

/// Names under which the user's own names stand, which no language spells otherwise.
const OWN_NAMES: &[&str] = &[
    "annotations",
    "data",
    "dimensions",
    "keepers",
    "labels",
    "match_labels",
    "parameters",
    "request_parameters",
    "response_parameters",
    "selector",
    "string_data",
    "tags",
    "tags_all",
    "triggers",
    "values",
    "variables",
];

/// `cidr_block` as `cidrBlock`, step by step, up to what the user named.
pub fn camel_path(path: &str) -> EcoString {
    let mut out = EcoString::new();
    let mut named = false;
    for (at, step) in path.split('.').enumerate() {
        if at > 0 {
            out.push('.');
        }
        let mut upper = false;
        let start = out.len();
        for letter in step.chars() {
            match letter {
                '_' if !named && out.len() > start => upper = true,
                letter if upper => {
                    out.push(letter.to_ascii_uppercase());
                    upper = false;
                }
                letter => out.push(letter),
            }
        }
        named |= OWN_NAMES.contains(&step);
    }
    out
}
