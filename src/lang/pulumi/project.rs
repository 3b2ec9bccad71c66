//! Projects: which files belong to a program, in which stack it is read, and with what configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::interpret::{Given, Setting};
use super::{aliases, python, typescript};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lang::detect::{imports_pulumi, imports_pulumi_javascript};
use crate::order::Order as _;
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Node, Scalar};

pub struct Project {
    /// The project's file, or its program's: no other project has it.
    pub path: EcoString,
    pub given: Given,
    /// Where it says so.
    pub span: Span,
    /// The program itself, where it is written in YAML.
    pub document: Option<Node>,
    /// Components written in YAML that it may use: the package, and its components by name.
    pub components: Vec<(EcoString, Node)>,
    pub diagnostics: Diagnostics,
}

/// Stacks that are read first, where a project has several.
const PREFERRED: &[&str] = &["production", "prod", "dev", "development", "staging", "main"];

/// The projects among the files of one version.
pub fn find(files: &[&SourceFile], out: &mut Diagnostics) -> Vec<Project> {
    let mut projects = Vec::new();
    for file in files {
        let (folder, name) = file.path.rsplit_once('/').map_or(("", file.path.as_str()), |(folder, name)| (folder, name));
        if !matches!(name, "Pulumi.yaml" | "Pulumi.yml") {
            continue;
        }
        let Some(about) = document::read_one(file.id, &file.text, out) else { continue };
        projects.extend(project(file, folder, &about, files));
    }
    // A program without its project file is a program all the same.
    if projects.is_empty()
        && let Some(main) = files.iter().find(|file| is_main(file))
    {
        let folder = main.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut given = Given { folder: folder.into(), main: main.path.clone(), project: last_step(folder), ..Given::default() };
        given.stack = Some("dev".into());
        let mut diagnostics = Diagnostics::new();
        take_files(&mut given, folder, files, &mut diagnostics);
        let span = Span::new(main.id, 0, 0);
        projects.push(Project { path: main.path.clone(), given, span, document: None, components: Vec::new(), diagnostics });
    }
    projects
}

/// Whether a file without a project beside it is a program: it imports Pulumi and is where programs begin.
fn is_main(file: &SourceFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let python = name.ends_with(".py") && (name == "__main__.py" || !file.path.contains('/'));
    let javascript = matches!(name, "index.ts" | "index.js") || is_javascript(name) && !file.path.contains('/');
    (python || is_pasted(file)) && imports_pulumi(&file.text) || (javascript || is_pasted(file)) && imports_pulumi_javascript(&file.text)
}

/// A text that was pasted has no name that says what it is.
fn is_pasted(file: &SourceFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    !file.path.contains('/') && (!name.contains('.') || name.ends_with(".txt"))
}

fn is_javascript(name: &str) -> bool {
    let code = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"].iter().any(|end| name.ends_with(end));
    code && !name.ends_with(".d.ts") && !name.split('/').any(|step| step == "node_modules")
}

/// Where a program of Node begins: what `main` names, what its package names, or its index.
fn javascript_main(start: &str, files: &[&SourceFile]) -> EcoString {
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let package = files.iter().find(|file| file.path == joined(start, "package.json"));
    let package = package.and_then(|file| document::read_one(file.id, &file.text, &mut Diagnostics::new()));
    let named = package.as_ref().and_then(|package| package.get("main")).and_then(Node::text).map(|named| {
        // What is compiled is written elsewhere.
        let named = named.trim_start_matches("./");
        ["bin/", "dist/", "build/"].iter().find_map(|folder| named.strip_prefix(folder)).unwrap_or(named)
    });
    let source = named.map(|named| named.strip_suffix(".js").map_or(EcoString::from(named), |stem| eco_format!("{stem}.ts")));
    let mut wanted = vec![EcoString::from(start)];
    wanted.extend(source.iter().map(|source| source.as_str()).chain(named).map(|named| joined(start, named)));
    wanted.extend(["index.ts", "index.js", "index.mts", "index.mjs", "src/index.ts", "index.tsx"].map(|name| joined(start, name)));
    wanted.into_iter().find(|path| has(path)).unwrap_or_else(|| joined(start, "index.ts"))
}

fn last_step(folder: &str) -> EcoString {
    let last = folder.rsplit('/').next().unwrap_or(folder);
    if last.is_empty() { "project".into() } else { last.into() }
}

fn project(file: &SourceFile, folder: &str, about: &Node, files: &[&SourceFile]) -> Option<Project> {
    let runtime = match about.get("runtime") {
        Some(runtime) => runtime.text().or_else(|| runtime.get("name").and_then(Node::text))?,
        // What declares resources itself can be nothing else.
        None if about.get("resources").is_some_and(Node::is_mapping) => "yaml",
        None => return None,
    };
    let name = about.get("name").and_then(Node::text).map_or_else(|| last_step(folder), EcoString::from);
    let start = match about.get("main").and_then(Node::text) {
        Some(main) => normal(&eco_format!("{folder}/{main}")),
        None => folder.into(),
    };
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let main = match runtime {
        "python" if start.ends_with(".py") => start,
        "python" => joined(&start, "__main__.py"),
        "nodejs" | "bun" => javascript_main(&start, files),
        "yaml" => ["Main.yaml", "Main.yml", "Main.json", "Pulumi.yaml", "Pulumi.yml"]
            .iter()
            .map(|name| joined(&start, name))
            .find(|path| has(path))
            .unwrap_or(start),
        _ => return None,
    };
    let mut diagnostics = Diagnostics::new();
    if !files.iter().any(|file| file.path == main) {
        let message = eco_format!("the program {main} is not at hand");
        diagnostics.push(Diagnostic::warning("program-not-at-hand", Span::new(file.id, 0, 0), message));
    }
    let mut given = Given { folder: folder.into(), main, project: name, ..Given::default() };
    settings(&mut given, about, folder, files, &mut diagnostics);
    take_files(&mut given, folder, files, &mut diagnostics);
    let document = match runtime {
        "yaml" if given.main == file.path => Some(about.clone()),
        "yaml" => {
            let main = files.iter().find(|file| file.path == given.main)?;
            document::read_one(main.id, &main.text, &mut diagnostics)
        }
        _ => None,
    };
    let span = about.get("name").map_or(Span::new(file.id, 0, 0), |name| name.span);
    let mut components = Vec::new();
    if let Some(document) = &document {
        components.extend(document.get("components").map(|own| (given.project.clone(), own.clone())));
        for packages in [Some(document), (given.main != file.path).then_some(about)].into_iter().flatten() {
            plugins(packages, folder, files, &mut components);
        }
    }
    Some(Project { path: file.path.clone(), given, span, document, components, diagnostics })
}

/// The components of packages that a program names by their folders.
fn plugins(document: &Node, folder: &str, files: &[&SourceFile], out: &mut Vec<(EcoString, Node)>) {
    for entry in document.get("packages").map(Node::entries).unwrap_or_default() {
        let source = entry.value.text().or_else(|| entry.value.get("source").and_then(Node::text)).filter(|it| it.starts_with('.'));
        let Some(at) = source.map(|source| normal(&joined(folder, source))) else { continue };
        let plugin = ["PulumiPlugin.yaml", "PulumiPlugin.yml"].map(|name| normal(&joined(&at, name)));
        let Some(file) = files.iter().find(|file| plugin.contains(&file.path)) else { continue };
        let Some(plugin) = document::read_one(file.id, &file.text, &mut Diagnostics::new()) else { continue };
        let Some(components) = plugin.get("components") else { continue };
        let named = plugin.get("name").or(Some(&entry.key)).and_then(Node::text).unwrap_or_default();
        out.push((named.into(), components.clone()));
    }
}

/// Every file below the project and, for imports from there, the code beside it.
fn take_files(given: &mut Given, folder: &str, files: &[&SourceFile], out: &mut Diagnostics) {
    const MOST_CODE: usize = 4_000_000;
    let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    let (mut size, mut full) = (0, false);
    // Code of JavaScript is read as far as it is imported: much else lies beside it.
    let javascript = is_javascript(&given.main)
        || !given.main.ends_with(".py") && files.iter().any(|file| file.path == given.main && imports_pulumi_javascript(&file.text));
    if javascript {
        let code = files.iter().filter(|file| is_javascript(&file.path) || file.path == given.main).map(|file| (file.path.as_str(), *file));
        let code: BTreeMap<&str, &SourceFile> = crate::order::map_of(code);
        given.aliases = aliases::find(given.main.rsplit_once('/').map_or("", |(folder, _)| folder), files);
        given.files = typescript::program(&given.main, &given.aliases, &code, out);
    }
    for file in files.iter().filter(|file| below(&file.path, folder) || below(&file.path, parent)) {
        let skipped = file.path.split('/').any(|step| matches!(step, "venv" | ".venv" | "node_modules" | "site-packages" | "__pycache__"));
        if skipped {
            continue;
        }
        if javascript && (is_javascript(&file.path) || file.path == given.main) {
            // What is not imported may be listed or read.
            if !given.files.contains_key(&file.path) {
                given.texts.insert(file.path.clone(), file.text.clone());
            }
            continue;
        }
        if file.path.ends_with(".py") || file.path == given.main && !file.path.ends_with("ml") {
            size += file.text.len();
            if size < MOST_CODE {
                let mut said = Diagnostics::new();
                let read = python::read(file.id, file.path.clone(), &file.text, &mut said);
                // Files beside the project are only read when the program imports them.
                if below(&file.path, folder) {
                    out.append(&mut said);
                }
                given.files.insert(file.path.clone(), Arc::new(read));
            } else if !full && below(&file.path, folder) {
                full = true;
                super::program::too_large(file.id, out);
            }
        } else {
            given.texts.insert(file.path.clone(), file.text.clone());
        }
    }
}

fn below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The stack, and the configuration of the project and of the stack.
fn settings(given: &mut Given, about: &Node, folder: &str, files: &[&SourceFile], out: &mut Diagnostics) {
    // What a template suggests stands in the stack that is made of it, unless the stack says otherwise.
    let suggested = about.get("template").and_then(|template| template.get("config"));
    for config in about.get("config").into_iter().chain(suggested) {
        for entry in config.entries() {
            let Some(key) = entry.key.text() else { continue };
            let default =
                if entry.value.is_mapping() { entry.value.get("default").or_else(|| entry.value.get("value")) } else { Some(&entry.value) };
            if let Some(default) = default {
                put(given, key, default);
            }
        }
    }
    let prefix = joined(folder, "Pulumi.");
    let mut stacks: Vec<(&str, &SourceFile)> = Vec::new();
    for file in files {
        let Some(rest) = file.path.strip_prefix(prefix.as_str()) else { continue };
        let stack = rest.strip_suffix(".yaml").or_else(|| rest.strip_suffix(".yml"));
        if let Some(stack) = stack.filter(|stack| !stack.is_empty() && !stack.contains('/')) {
            stacks.push((stack, file));
        }
    }
    stacks.order_by(|(a, _), (b, _)| a.cmp(b));
    let preferred = PREFERRED.iter().find_map(|wanted| stacks.iter().find(|(stack, _)| stack == wanted));
    // `us-prod`, `acme.dev`.
    let ends = |stack: &str| {
        let last = stack.rsplit(['.', '_', '-']).next().unwrap_or(stack);
        PREFERRED.iter().any(|wanted| last.eq_ignore_ascii_case(wanted))
    };
    let preferred = preferred.or_else(|| stacks.iter().find(|(stack, _)| ends(stack)));
    let Some((stack, file)) = preferred.or_else(|| stacks.first()) else {
        // Names often carry the stack's: without one it is read as the first that people make.
        given.stack = Some("dev".into());
        return;
    };
    given.stack = Some((*stack).into());
    if let Some(text) = document::read_one(file.id, &file.text, out) {
        for entry in text.get("config").map(Node::entries).unwrap_or_default() {
            if let Some(key) = entry.key.text() {
                put(given, key, &entry.value);
            }
        }
    }
}

fn put(given: &mut Given, key: &str, value: &Node) {
    let key = if key.contains(':') { EcoString::from(key) } else { eco_format!("{}:{key}", given.project) };
    let secret = value.get("secure").is_some();
    let text = if secret { None } else { Some(config_text(value)) };
    given.config.insert(key, Setting { text, secret });
}

/// A value as the engine keeps it: text, or JSON for what has parts.
fn config_text(value: &Node) -> EcoString {
    match value.scalar() {
        Some(Scalar::Null) => EcoString::new(),
        Some(Scalar::Bool(flag)) => eco_format!("{flag}"),
        Some(_) => value.text().unwrap_or_default().into(),
        None => json(value, 0),
    }
}

fn json(value: &Node, depth: u32) -> EcoString {
    const DEEPEST: u32 = 40;
    use super::interpret::quoted;
    if depth > DEEPEST {
        return "null".into();
    }
    if value.is_mapping() {
        let entries: Vec<EcoString> = value
            .entries()
            .iter()
            .map(|entry| eco_format!("{}:{}", quoted(entry.key.text().unwrap_or_default()), json(&entry.value, depth + 1)))
            .collect();
        return eco_format!("{{{}}}", entries.join(","));
    }
    if value.is_sequence() {
        let items: Vec<EcoString> = value.items().iter().map(|item| json(item, depth + 1)).collect();
        return eco_format!("[{}]", items.join(","));
    }
    match value.scalar() {
        Some(Scalar::Null) | None => "null".into(),
        Some(Scalar::Bool(flag)) => eco_format!("{flag}"),
        Some(Scalar::Integer(number)) => eco_format!("{number}"),
        Some(_) => quoted(value.text().unwrap_or_default()),
    }
}

fn joined(folder: &str, name: &str) -> EcoString {
    if folder.is_empty() { name.into() } else { eco_format!("{folder}/{name}") }
}

fn normal(path: &str) -> EcoString {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/").into()
}
