//! The files of one folder become one module: duplicates found, override files applied.

use std::sync::Arc;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::lang::MAX_PROBLEMS;
use crate::model::{Attribute, Block, Body, Declaration, Lifecycle, Mode, Module, ModuleCall, Output, ProviderConfig, Variable};
use crate::source::{Sources, Span};

/// Whether a file's declarations change those of the others instead of adding to them.
pub fn is_override(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// Adds the declarations of one file to a folder's module.
pub fn add(module: &mut Module, file: Module) {
    module.resources.extend(file.resources);
    module.variables.extend(file.variables);
    module.locals.extend(file.locals);
    module.outputs.extend(file.outputs);
    module.calls.extend(file.calls);
    module.providers.extend(file.providers);
    module.moved.extend(file.moved);
    module.removed.extend(file.removed);
    module.imports.extend(file.imports);
    module.conditions.extend(file.conditions);
    module.assignments.extend(file.assignments);
    replace(&mut module.backend, file.backend);
}

/// Keeps the first of every name that is declared twice, and reports the others.
pub fn drop_duplicates(module: &mut Module, sources: &Sources, out: &mut Diagnostics) {
    let mut report = Report { sources, out, said: 0, not_listed: None };
    report.unique(
        &mut module.resources,
        |it| ((it.mode, &it.native_type, &it.name), it.header),
        |it| {
            let data = it.mode.prefix();
            eco_format!("{data}{}.{}", it.native_type, it.name)
        },
    );
    report.unique(&mut module.variables, |it| ((Mode::Managed, "", &it.name), it.header), |it| eco_format!("var.{}", it.name));
    report.unique(&mut module.locals, |it| ((Mode::Managed, "", &it.name), it.name_span), |it| eco_format!("local.{}", it.name));
    report.unique(&mut module.outputs, |it| ((Mode::Managed, "", &it.name), it.header), |it| eco_format!("output.{}", it.name));
    report.unique(&mut module.calls, |it| ((Mode::Managed, "", &it.name), it.header), |it| eco_format!("module.{}", it.name));
    report.unique(
        &mut module.providers,
        |it| ((Mode::Managed, &it.name, it.alias.as_deref().unwrap_or_default()), it.header),
        |it| match &it.alias {
            Some(alias) => eco_format!("provider {}.{alias}", it.name),
            None => eco_format!("provider {}", it.name),
        },
    );
    if let Some((span, count)) = report.not_listed {
        let message = eco_format!("{count} more names that are declared twice are not listed (MAX_PROBLEMS, {MAX_PROBLEMS})");
        report.out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("problems", span, message) });
    }
}

/// Mode, type or `""`, and name; of the type that the evaluation finds resources by: a table of another is a kilobyte of code.
type Key<'a> = (Mode, &'a str, &'a str);

struct Report<'a> {
    sources: &'a Sources,
    out: &'a mut Diagnostics,
    said: usize,
    /// The first that is not listed any more, and how many there are.
    not_listed: Option<(Span, usize)>,
}

impl Report<'_> {
    fn unique<T>(&mut self, items: &mut Vec<T>, key: impl Fn(&T) -> (Key<'_>, Span), name: impl Fn(&T) -> EcoString) {
        let mut names: FxHashMap<Key<'_>, u32> = FxHashMap::with_capacity_and_hasher(items.len(), rustc_hash::FxBuildHasher);
        if items.iter().all(|item| names.insert(key(item).0, 0).is_none()) {
            return;
        }
        let mut first: FxHashMap<(Mode, EcoString, EcoString), Span> = FxHashMap::default();
        items.retain(|item| {
            let ((mode, kind, own), span) = key(item);
            let key = (mode, kind.into(), own.into());
            let Some(earlier) = first.get(&key) else {
                first.insert(key, span);
                return true;
            };
            self.said += 1;
            if self.said > MAX_PROBLEMS {
                self.not_listed.get_or_insert((span, 0)).1 += 1;
                return false;
            }
            let message = eco_format!("`{}` is declared twice; this one is left out", name(item));
            let help = eco_format!("the first one stands at {}", self.place(*earlier));
            self.out.push(Diagnostic::error("duplicate", span, message).with_help(help));
            false
        });
    }

    fn place(&self, span: Span) -> EcoString {
        match self.sources.file(span.file) {
            Some(file) => eco_format!("{}:{}", file.path, file.place(span).line),
            None => EcoString::new(),
        }
    }
}

/// Applies an override file: arguments replace one by one, nested blocks by type.
pub fn apply(module: &mut Module, file: Module, out: &mut Diagnostics) {
    for over in file.resources {
        let found = module
            .resources
            .iter_mut()
            .find(|base| base.mode == over.mode && base.native_type == over.native_type && base.name == over.name);
        match found {
            Some(base) => declaration(Arc::make_mut(base), Arc::unwrap_or_clone(over)),
            None => missing(out, over.header, "resource"),
        }
    }
    for over in file.variables {
        match module.variables.iter_mut().find(|base| base.name == over.name) {
            Some(base) => variable(base, over),
            None => missing(out, over.header, "variable"),
        }
    }
    for over in file.outputs {
        match module.outputs.iter_mut().find(|base| base.name == over.name) {
            Some(base) => output(base, over),
            None => missing(out, over.header, "output"),
        }
    }
    for over in file.calls {
        match module.calls.iter_mut().find(|base| base.name == over.name) {
            Some(base) => call(base, over),
            None => missing(out, over.header, "module"),
        }
    }
    for over in file.locals {
        match module.locals.iter_mut().find(|base| base.name == over.name) {
            Some(base) => *base = over,
            None => module.locals.push(over),
        }
    }
    for over in file.providers {
        match module.providers.iter_mut().find(|base| base.name == over.name && base.alias == over.alias) {
            Some(base) => provider(base, over),
            None => module.providers.push(over),
        }
    }
    module.moved.extend(file.moved);
    module.removed.extend(file.removed);
    module.imports.extend(file.imports);
    replace(&mut module.backend, file.backend);
}

fn missing(out: &mut Diagnostics, span: Span, what: &str) {
    let message = eco_format!("this overrides a {what} that no other file of the folder declares; it is left out");
    out.push(Diagnostic::error("override", span, message));
}

fn declaration(base: &mut Declaration, over: Declaration) {
    replace(&mut base.count, over.count);
    replace(&mut base.for_each, over.for_each);
    replace(&mut base.condition, over.condition);
    replace(&mut base.provider, over.provider);
    replace_list(&mut base.depends_on, over.depends_on);
    lifecycle(&mut base.lifecycle, over.lifecycle);
    body(&mut base.body, over.body);
}

fn lifecycle(base: &mut Lifecycle, mut over: Lifecycle) {
    if !over.is_told() {
        return;
    }
    let over = std::mem::take(&mut *over);
    replace(&mut base.prevent_destroy, over.prevent_destroy);
    replace(&mut base.create_before_destroy, over.create_before_destroy);
    replace(&mut base.retain, over.retain);
    replace_list(&mut base.ignore_changes, over.ignore_changes);
    replace_list(&mut base.replace_triggered_by, over.replace_triggered_by);
    base.conditions.extend(over.conditions);
}

fn variable(base: &mut Variable, over: Variable) {
    replace(&mut base.default, over.default);
    replace(&mut base.r#type, over.r#type);
    replace(&mut base.description, over.description);
    base.sensitive |= over.sensitive;
    base.nullable &= over.nullable;
    base.ephemeral |= over.ephemeral;
    replace_list(&mut base.validations, over.validations);
}

fn output(base: &mut Output, over: Output) {
    replace(&mut base.value, over.value);
    replace_list(&mut base.depends_on, over.depends_on);
    base.sensitive |= over.sensitive;
}

fn call(base: &mut ModuleCall, over: ModuleCall) {
    if over.worked_out_source().is_some() {
        base.source = None;
    }
    replace(&mut base.source, over.source);
    replace(&mut base.count, over.count);
    replace(&mut base.for_each, over.for_each);
    replace(&mut base.providers, over.providers);
    replace_list(&mut base.depends_on, over.depends_on);
    body(&mut base.body, over.body);
}

fn provider(base: &mut ProviderConfig, over: ProviderConfig) {
    body(&mut base.body, over.body);
}

fn body(base: &mut Body, over: Body) {
    for attribute in over.attributes {
        let found: Option<&mut Attribute> = base.attributes.iter_mut().find(|other| other.name == attribute.name);
        match found {
            Some(found) => *found = attribute,
            None => base.attributes.push(attribute),
        }
    }
    let replaced: Vec<&Block> = over.blocks.iter().collect();
    base.blocks.retain(|block| !replaced.iter().any(|over| over.name == block.name));
    base.blocks.extend(over.blocks);
}

fn replace<T>(base: &mut Option<T>, over: Option<T>) {
    if over.is_some() {
        *base = over;
    }
}

fn replace_list<T>(base: &mut Vec<T>, over: Vec<T>) {
    if !over.is_empty() {
        *base = over;
    }
}
