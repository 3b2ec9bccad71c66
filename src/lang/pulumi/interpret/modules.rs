//! Imports: files of the program, and libraries by their names.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::value::{Dict, Scope, Unit, Value};
use super::{Interpreter, Result, Stop};
use crate::lang::pulumi::aliases::{self, Aliases};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{Export, Import, ImportNames, Language};
use crate::source::Span;

impl Interpreter<'_> {
    /// Runs a file once and gives its names.
    pub fn load(&mut self, path: &EcoString) -> Result<Rc<Scope>> {
        if let Some(scope) = self.modules.get(path) {
            return Ok(scope.clone());
        }
        let Some(file) = self.given.files.get(path) else {
            return Err(Stop::Raise(Value::text("no such file"), super::nowhere(crate::source::FileId(0))));
        };
        let file = Arc::clone(file);
        let unit = Rc::new(Unit { path: path.clone(), language: file.language });
        let scope = Scope::module(unit);
        if file.language == Language::JavaScript {
            let exports = Value::dict(Dict::default());
            scope.define("\0exports", exports.clone());
            scope.define("exports", exports.clone());
            scope.define("module", Value::dict([(EcoString::from("exports"), exports)].into_iter().collect()));
        }
        self.modules.insert(path.clone(), scope.clone());
        self.hoist(&file.body, &scope);
        for stmt in &file.body {
            match self.statement(stmt, &scope) {
                Err(Stop::Raise(value, span)) => self.stopped(&value, span),
                Err(Stop::Limit) if self.spare(stmt.span) => {}
                Err(stop) => return Err(stop),
                Ok(super::statement::Flow::Next) => {}
                Ok(_) => break,
            }
        }
        Ok(scope)
    }

    pub fn import(&mut self, import: &Import, span: Span, scope: &Rc<Scope>) -> Result<()> {
        let python = Interpreter::is_python(scope);
        if python && let ImportNames::Whole { alias: None } = &import.names {
            // `import a.b` binds `a`, and loads what is below it.
            let first: EcoString = import.module.split('.').next().unwrap_or_default().into();
            if self.find(&import.module, 0, scope).is_some() {
                self.import_value(&import.module, 0, span, scope)?;
            }
            let value = self.import_value(&first, 0, span, scope)?;
            scope.assign(&first, value);
            return Ok(());
        }
        let value = self.import_value(&import.module, import.level, span, scope)?;
        match &import.names {
            ImportNames::None => {}
            ImportNames::Whole { alias } => {
                let name = alias.clone().unwrap_or_else(|| import.module.clone());
                if python { scope.assign(&name, value) } else { scope.define(name, value) }
            }
            ImportNames::Some(names) => {
                for (name, local) in names {
                    let value = self.imported(&value, name, import, span, scope)?;
                    if python { scope.assign(local, value) } else { scope.define(local.clone(), value) }
                }
            }
            ImportNames::All => match &value {
                Value::Module(module) => {
                    let names: Vec<(EcoString, Value)> = module
                        .names
                        .borrow()
                        .iter()
                        .filter(|(name, _)| !name.starts_with('_') && !name.starts_with('\0'))
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect();
                    names.into_iter().for_each(|(name, value)| scope.assign(&name, value));
                }
                Value::Library(path) => {
                    let message =
                        eco_format!("what `{path}` brings in with `*` is not listed; names that are found nowhere else are taken for its");
                    self.note("star-import", span, message);
                    self.stars.push((scope.unit.path.clone(), path.clone()));
                }
                _ => {}
            },
        }
        Ok(())
    }

    /// One name of an import: a name in the module, or a module in the package.
    fn imported(&mut self, value: &Value, name: &EcoString, import: &Import, span: Span, scope: &Rc<Scope>) -> Result<Value> {
        if let Value::Module(module) = value {
            if scope.unit.language == Language::JavaScript {
                return Ok(self.exported(module, name, span));
            }
            if let Some(value) = module.names.borrow().get(name) {
                return Ok(value.clone());
            }
            let below = if import.module.is_empty() { name.clone() } else { eco_format!("{}.{name}", import.module) };
            if let Some(path) = self.find(&below, import.level, scope) {
                return self.load(&path).map(Value::Module);
            }
            return Ok(self.no_member(&import.module, name, span));
        }
        // What is exported whole is the default too.
        if scope.unit.language == Language::JavaScript && name == "default" {
            let own = match value {
                Value::Dict(dict) => dict.borrow().get(name).cloned(),
                _ => None,
            };
            return Ok(own.unwrap_or_else(|| value.clone()));
        }
        self.member(value, name, span, scope)
    }

    /// A name that a JavaScript file exports.
    fn exported(&mut self, module: &Rc<Scope>, name: &EcoString, span: Span) -> Value {
        let whole = exports_of(module);
        match &whole {
            Value::Dict(dict) => {
                if let Some(value) = dict.borrow().get(name) {
                    return value.clone();
                }
                // A circle of imports asks before the export has run.
                if let Some(value) = module.names.borrow().get(name) {
                    return value.clone();
                }
                if name == "default" { whole.clone() } else { self.no_member(&module.unit.path.clone(), name, span) }
            }
            other if name == "default" => other.clone(),
            other => {
                let other = other.clone();
                self.member(&other, name, span, module).unwrap_or(Value::Undefined)
            }
        }
    }

    /// A module of Python by its name as a value.
    pub fn import_named(&mut self, name: &str, span: Span) -> Result<Value> {
        let unit = Rc::new(Unit { path: self.given.main.clone(), language: Language::Python });
        self.import_value(name, 0, span, &Scope::module(unit))
    }

    /// What `import`, `require` and the like give: a file's names or a library.
    pub fn import_value(&mut self, module: &str, level: u32, span: Span, scope: &Rc<Scope>) -> Result<Value> {
        if let Some(path) = self.find(module, level, scope) {
            if path.ends_with('/') {
                return Ok(Value::Module(self.folder(&path, scope)));
            }
            if scope.unit.language == Language::JavaScript {
                let loaded = self.load(&path)?;
                return Ok(exports_of(&loaded));
            }
            self.packages(&path)?;
            return Ok(Value::Module(self.load(&path)?));
        }
        if let Some(data) = self.json(module, scope) {
            return Ok(data);
        }
        if level > 0 || module.starts_with('.') {
            let message = eco_format!("`{}{module}` is not among the files at hand", ".".repeat(level as usize));
            self.note("module-not-at-hand", span, message);
        }
        Ok(Value::Library(library_name(module, scope.unit.language)))
    }

    /// Python runs the packages that a module lies in first, the outermost before the others. The folder that the
    /// program starts in is none.
    fn packages(&mut self, path: &str) -> Result<()> {
        let main = folder_of(&self.given.main).to_owned();
        let mut packages = Vec::new();
        let mut folder = folder_of(path);
        while folder != main && !folder.is_empty() {
            let package = joined(folder, "__init__.py");
            if !self.given.files.contains_key(&package) {
                break;
            }
            packages.push(package);
            folder = folder_of(folder);
        }
        packages.iter().rev().filter(|package| *package != path).try_for_each(|package| self.load(package).map(|_| ()))
    }

    /// A folder without `__init__.py`: its names are the modules that are imported from it.
    fn folder(&mut self, path: &str, scope: &Rc<Scope>) -> Rc<Scope> {
        if let Some(known) = self.modules.get(path) {
            return known.clone();
        }
        let made = Scope::module(scope.unit.clone());
        self.modules.insert(path.into(), made.clone());
        made
    }

    /// The file a module's name stands for, among those at hand.
    fn find(&self, module: &str, level: u32, scope: &Rc<Scope>) -> Option<EcoString> {
        let here = folder_of(&scope.unit.path);
        match scope.unit.language {
            Language::JavaScript => javascript_file(here, module, &self.given.aliases, &|path| self.given.files.contains_key(path)),
            Language::Python => {
                let relative = module.replace('.', "/");
                if level > 0 {
                    let mut base = here;
                    for _ in 1..level {
                        base = folder_of(base);
                    }
                    return self.python_file(&joined(base, &relative));
                }
                let main = folder_of(&self.given.main);
                let usual = [main, &self.given.folder, folder_of(&self.given.folder)];
                let found = usual.iter().find_map(|base| self.python_file(&joined(base, &relative)));
                found.or_else(|| {
                    // Folders that the program puts on the path.
                    self.search.borrow().iter().find_map(|added| {
                        let added = normal(&super::text::shown(added));
                        let folders = [added.clone(), joined(&self.given.folder, &added), joined(main, &added)];
                        folders.iter().find_map(|base| self.python_file(&joined(base, &relative)))
                    })
                })
            }
        }
    }

    /// A file of data that is imported like code.
    fn json(&self, module: &str, scope: &Scope) -> Option<Value> {
        if !module.ends_with(".json") {
            return None;
        }
        let beside = module.starts_with('.').then(|| normal(&eco_format!("{}/{module}", folder_of(&scope.unit.path))));
        let text = beside.into_iter().chain(aliases::meant(module, &self.given.aliases)).find_map(|path| self.given.texts.get(&path))?;
        Some(super::python::json::parsed(&Value::text(text.as_ref())))
    }

    fn python_file(&self, base: &str) -> Option<EcoString> {
        let file = eco_format!("{base}.py");
        if self.given.files.contains_key(&file) {
            return Some(file);
        }
        let package = joined(base, "__init__.py");
        if self.given.files.contains_key(&package) {
            return Some(package);
        }
        let folder = eco_format!("{base}/");
        // The top folder itself is no package.
        let has = self
            .given
            .files
            .range(folder.clone()..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(folder.as_str()) && path.ends_with(".py"));
        (has && !base.is_empty()).then_some(folder)
    }

    pub fn export(&mut self, export: &Export, span: Span, scope: &Rc<Scope>) -> Result<()> {
        let module = module_of(scope);
        let exports = exports_of(&module);
        let put = |name: &EcoString, value: Value| {
            if let Value::Dict(dict) = &exports {
                dict.borrow_mut().insert(name.clone(), value);
            }
        };
        match export {
            Export::Names(names) => {
                for (local, exported) in names {
                    put(exported, scope.get(local).unwrap_or(Value::Undefined));
                }
            }
            Export::Default(value) => {
                let value = self.eval(value, scope)?;
                put(&"default".into(), value);
            }
            Export::Whole(value) => {
                let value = self.eval(value, scope)?;
                module.define("\0exports", value);
            }
            Export::From { module: from, names } => {
                let value = self.import_value(from, 0, span, scope)?;
                for (name, exported) in names {
                    let value = self.member(&value, name, span, scope)?;
                    put(exported, value);
                }
            }
            Export::All { module: from, alias } => {
                let value = self.import_value(from, 0, span, scope)?;
                match (alias, &value) {
                    (Some(alias), _) => put(alias, value.clone()),
                    (None, Value::Dict(dict)) => {
                        let all: Vec<(EcoString, Value)> =
                            dict.borrow().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
                        all.into_iter().for_each(|(name, value)| put(&name, value));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn module_of(scope: &Rc<Scope>) -> Rc<Scope> {
    let mut scope = scope.clone();
    while let Some(parent) = scope.parent.clone() {
        scope = parent;
    }
    scope
}

/// What a JavaScript file exports: an object, or what `export =` and `module.exports =` gave.
pub fn exports_of(module: &Rc<Scope>) -> Value {
    let names = module.names.borrow();
    let own = names.get("\0exports").cloned().unwrap_or(Value::Undefined);
    if let (Value::Dict(own), Some(Value::Dict(object))) = (&own, names.get("module"))
        && own.borrow().is_empty()
        && let Some(replaced) = object.borrow().get("exports")
    {
        return replaced.clone();
    }
    own
}

/// The file that an import of JavaScript means: a relative one, or one by a name that the project gives.
pub fn javascript_file(folder: &str, module: &str, aliases: &Aliases, has: &dyn Fn(&str) -> bool) -> Option<EcoString> {
    if !module.starts_with('.') {
        return aliases::meant(module, aliases).find_map(|path| file_at(&path, has));
    }
    file_at(&normal(&eco_format!("{folder}/{module}")), has)
}

/// The file that a path without its ending means.
fn file_at(base: &str, has: &dyn Fn(&str) -> bool) -> Option<EcoString> {
    let base = EcoString::from(base);
    // What is compiled to `a.js` is written in `a.ts`.
    let source = base.strip_suffix(".js").or_else(|| base.strip_suffix(".mjs")).filter(|_| !has(&base));
    let base = source.map_or(base.clone(), EcoString::from);
    let index = if base.is_empty() { "index" } else { "/index" };
    ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"]
        .iter()
        .map(|end| eco_format!("{base}{end}"))
        .chain([".ts", ".tsx", ".js", ".mjs"].iter().map(|end| eco_format!("{base}{index}{end}")))
        .find(|path| has(path))
}

/// How a library is called here, whatever the language: `pulumi_aws` for `@pulumi/aws`.
fn library_name(module: &str, language: Language) -> EcoString {
    if language == Language::Python {
        let (first, rest) = module.split_once('.').map_or((module, ""), |(first, rest)| (first, rest));
        // Providers that others publish: `pulumiverse_time`, `lbrlabs_pulumi_eks`.
        let package =
            first.strip_prefix("pulumiverse_").or_else(|| first.strip_prefix("ediri_")).or_else(|| Some(first.split_once("_pulumi_")?.1));
        return match package {
            Some(package) if rest.is_empty() => eco_format!("pulumi_{package}"),
            Some(package) => eco_format!("pulumi_{package}.{rest}"),
            None => module.into(),
        };
    }
    match module {
        "@pulumi/pulumi" => "pulumi".into(),
        _ => match module.strip_prefix("@pulumi/").or_else(|| module.strip_prefix("@pulumiverse/")) {
            // `@pulumi/pulumi/dynamic`, `@pulumi/aws/ec2`.
            Some(rest) if rest.starts_with("pulumi/") => eco_format!("pulumi{}", rest.trim_start_matches("pulumi").replace('/', ".")),
            Some(rest) => eco_format!("pulumi_{}", rest.replace('-', "_").replace('/', ".")),
            None => match published(module) {
                Some(package) => eco_format!("pulumi_{}", package.replace('-', "_").replace('/', ".")),
                None => module.strip_prefix("node:").unwrap_or(module).into(),
            },
        },
    }
}

/// The package of a provider that others publish: `@muhlba91/pulumi-proxmoxve`, `@checkly/pulumi`, `@ediri/vultr`.
fn published(module: &str) -> Option<&str> {
    let (scope, name) = module.strip_prefix('@')?.split_once('/')?;
    match name {
        "pulumi" => Some(scope),
        name if scope == "ediri" || scope == "lbrlabs" => Some(name.strip_prefix("pulumi-").unwrap_or(name)),
        name => name.strip_prefix("pulumi-"),
    }
}

pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub fn joined(folder: &str, name: &str) -> EcoString {
    match (folder, name) {
        ("", name) => name.into(),
        (folder, "") => folder.into(),
        (folder, name) => eco_format!("{folder}/{name}"),
    }
}

/// A path without `.` and `..` where they can be followed.
pub fn normal(path: &str) -> EcoString {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let root = if path.starts_with('/') && !path.starts_with("/.") { "/" } else { "" };
    eco_format!("{root}{}", steps.join("/"))
}
