//! The direction of modules, kept: ARCHITECTURE.md says it, this test reads every shipped line and fails where
//! one breaks it. A rule that cannot fail is none, so each has a test on text that breaks it.

// A test may panic; that is how it fails.
#![allow(clippy::indexing_slicing)]

#[path = "architecture/scan.rs"]
mod scan;

use std::path::{Path, PathBuf};

use scan::{crate_paths, files_below, module_of, registered, shipped, tokens};

/// The direction, as ARCHITECTURE.md prints it. A module may use those of earlier steps, never one of its own step.
const DIRECTION: &[&[&str]] = &[
    &["order", "unicode"],
    &["source"],
    &["diagnostic"],
    &["intake", "syntax"],
    &["model"],
    &["lang"],
    &["evaluate"],
    &["catalog"],
    &["graph"],
    &["change"],
    &["impact", "cost", "checks"],
    &["rollback"],
    &["review"],
    &["report"],
    &["wasm", "cli"],
];

/// Narrower than the direction: these may use nothing but what is named.
const ONLY: &[(&str, &[&str])] = &[("layout", &["order"]), ("model", &["order", "source", "diagnostic"])];

/// Modules outside the direction, and who may use them.
const USED_BY: &[(&str, &[&str])] = &[("layout", &["report", "wasm", "cli"]), ("project", &["wasm", "cli"])];

/// Who may name items of `lib.rs` itself, which stand above every stage.
const MAY_USE_ROOT: &[&str] = &["review", "report", "wasm", "cli"];

/// These run the stages, and so may use all of them.
const RUNS_ALL: &[&str] = &["", "project"];

/// A crate or a part of std, and the modules that may name it.
const NAMED_ONLY_IN: &[(&str, &[&str])] = &[
    // `memory` gives it an allocator and reads nothing.
    ("tree_sitter", &["syntax", "memory"]),
    ("tree_sitter_language", &["syntax"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("annotate_snippets", &["cli"]),
    ("serde_json", &["report", "wasm", "cli"]),
    ("wasm_bindgen", &["wasm"]),
    ("js_sys", &["wasm", "unicode"]),
    ("unicode_normalization", &["unicode"]),
    ("serde_wasm_bindgen", &["wasm"]),
    // The review must be the same everywhere and reach nothing: no file, network, clock, environment or random order.
    ("std::fs", &["cli"]),
    ("std::net", &[]),
    ("std::env", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("std::time", &[]),
    ("std::thread", &[]),
    ("HashMap", &[]),
    ("HashSet", &[]),
    // `order` sorts in a tenth of the code; collecting into an ordered map or set sorts too: `map_of`, `set_of`.
    ("sort_by", &["cli"]),
    ("sort_by_key", &["cli"]),
    ("sort_by_cached_key", &["cli"]),
    ("sort_unstable", &["cli"]),
    ("sort_unstable_by", &["cli"]),
    ("sort_unstable_by_key", &["cli"]),
    // Printing macros panic when the reader of the pipe is gone.
    ("println!", &[]),
    ("eprintln!", &[]),
    ("print!", &[]),
    ("eprint!", &[]),
];

/// Folders whose every file must be registered in the module that owns the folder.
const REGISTERED: &[&str] = &["src/checks", "src/cost/aws", "src/lang", "src/report", "src/evaluate/functions"];

const MOST_LINES: usize = 600;

/// Longer files, each with the reason why it is not split.
const LONGER: &[(&str, &str)] = &[];

#[test]
fn every_arrow_follows_the_direction() {
    let broken: Vec<String> = sources().iter().flat_map(|(path, text)| arrows_against_the_direction(path, text)).collect();
    assert!(broken.is_empty(), "against the direction in ARCHITECTURE.md:\n{}", broken.join("\n"));
}

#[test]
fn crates_stay_in_their_modules() {
    let broken: Vec<String> = sources().iter().flat_map(|(path, text)| names_out_of_place(path, text)).collect();
    assert!(broken.is_empty(), "named where it must not be known:\n{}", broken.join("\n"));
}

#[test]
fn every_file_of_a_family_is_registered() {
    let mut missing = Vec::new();
    for folder in REGISTERED {
        let owner = std::fs::read_to_string(package().join(format!("{folder}.rs"))).unwrap_or_default();
        missing.extend(unregistered(folder, &owner, &files_below(package(), folder)));
    }
    assert!(missing.is_empty(), "not registered, and so not compiled:\n{}", missing.join("\n"));
}

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for path in ["src", "tests", "build", "xtask", "benches"].iter().flat_map(|folder| files_below(package(), folder)) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(package().join(&path)).unwrap_or_default();
            long.extend(too_long(&slashes(&path), &text, LONGER));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_file_speaks_of_a_machine() {
    let mut found = Vec::new();
    for path in files_below(package(), "") {
        let name = slashes(&path);
        if let Ok(text) = std::fs::read_to_string(package().join(&path)) {
            found.extend(machine_words(&name, &text));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_document_says_the_same_direction() {
    let printed: Vec<String> = DIRECTION
        .iter()
        .map(|step| match step {
            [one] => one.to_string(),
            several => format!("{{{}}}", several.join(", ")),
        })
        .collect();
    let document = std::fs::read_to_string(package().join("ARCHITECTURE.md")).unwrap_or_default();
    let joined: String = document.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains(&printed.join(" → ")), "ARCHITECTURE.md must print: {}", printed.join(" → "));
}

/// The rules themselves, on text that breaks them.
mod the_rules_fail {
    use super::*;

    fn arrows(path: &str, text: &str) -> Vec<String> {
        arrows_against_the_direction(Path::new(path), text)
    }

    #[test]
    fn on_an_arrow_up() {
        assert_eq!(arrows("src/graph.rs", "use crate::model::Value;\nuse crate::change::Change;"), ["src/graph.rs:2: graph uses change"]);
        assert_eq!(arrows("src/syntax/hcl.rs", "fn f() { crate::lang::read() }"), ["src/syntax/hcl.rs:1: syntax uses lang"]);
        assert_eq!(arrows("src/source.rs", "pub use crate::{\n    model,\n};"), ["src/source.rs:2: source uses model"]);
    }

    #[test]
    fn on_a_sibling_of_the_same_step() {
        assert_eq!(arrows("src/cost/aws/rds.rs", "use crate::{checks::Finding, model::{Range, Value}};").len(), 1);
        assert_eq!(arrows("src/syntax.rs", "use crate::intake::InputFile;").len(), 1);
    }

    #[test]
    fn on_a_way_round_through_super() {
        assert_eq!(arrows("src/graph.rs", "use super::change::Change;"), ["src/graph.rs:1: graph uses change"]);
        assert_eq!(arrows("src/cost/aws/rds.rs", "use super::super::super::checks::Finding;"), ["src/cost/aws/rds.rs:1: cost uses checks"]);
        assert!(arrows("src/cost/aws/rds.rs", "use super::super::Bill;").is_empty());
    }

    #[test]
    fn on_the_root_and_on_narrow_modules() {
        assert_eq!(arrows("src/evaluate.rs", "use crate::Options;"), ["src/evaluate.rs:1: evaluate uses the root's Options"]);
        assert_eq!(arrows("src/layout/rank.rs", "use crate::source::Span;").len(), 1);
        assert_eq!(arrows("src/model/value.rs", "use crate::syntax::Tree;").len(), 1);
        assert_eq!(arrows("src/review.rs", "use crate::layout::Layout;").len(), 1);
        assert_eq!(arrows("src/report.rs", "use crate::project::Project;").len(), 1);
        assert_eq!(arrows("src/new.rs", "use crate::source::Span;"), ["src/new.rs:1: new has no place in the direction"]);
    }

    #[test]
    fn but_not_on_what_is_allowed() {
        assert!(arrows("src/rollback.rs", "use crate::{change::Change, impact::Impact, source::Span};").is_empty());
        assert!(arrows("src/lib.rs", "use crate::report::Format; pub use review::Review;").is_empty());
        assert!(
            arrows("src/graph.rs", "// crate::report\nconst A: &str = \"crate::report\"; const B: &str = r#\"\" crate::cost \"#;")
                .is_empty()
        );
        assert!(arrows("src/graph.rs", "#[cfg(test)]\nmod tests { use crate::report::render; }").is_empty());
        assert!(arrows("src/graph.rs", "#[cfg(all(test, unix))]\nuse crate::report::render;").is_empty());
        assert_eq!(arrows("src/graph.rs", "#[cfg(not(test))]\nuse crate::report::render;").len(), 1);
        assert_eq!(arrows("src/graph.rs", "#[cfg(test)]\nfn a() { let c = '{'; }\nuse crate::report::render;").len(), 1);
    }

    #[test]
    fn on_names_out_of_place() {
        let names = |path: &str, text: &str| names_out_of_place(Path::new(path), text);
        assert_eq!(names("src/lang/terraform.rs", "use tree_sitter::Node;"), ["src/lang/terraform.rs:1: tree_sitter"]);
        assert_eq!(names("src/review.rs", "\nlet a = serde_json::to_string(b);"), ["src/review.rs:2: serde_json"]);
        assert_eq!(names("src/lang.rs", "use std::fs;"), ["src/lang.rs:1: std::fs"]);
        assert_eq!(names("src/lang.rs", "use std::{collections::HashMap, time::Instant};").len(), 2);
        assert_eq!(names("src/cli.rs", "fn print() {}\nprint();\nprint!(\"a\");"), ["src/cli.rs:3: print!"]);
        assert!(names("src/syntax/hcl.rs", "use tree_sitter::Node;").is_empty());
        assert!(names("src/cli/files.rs", "use std::fs; use clap::Parser;").is_empty());
    }

    #[test]
    fn on_an_unregistered_file() {
        let files = ["src/checks/a.rs", "src/checks/b.rs", "src/checks/c.rs", "src/checks/a/inner.rs"].map(PathBuf::from);
        assert_eq!(unregistered("src/checks", "mod a;\nchecks! { b }\n// mod c;", &files), ["src/checks/c.rs"]);
        assert_eq!(unregistered("src/checks", "mod a;\n#[cfg(test)]\nmod b;", &files), ["src/checks/c.rs"]);
        assert_eq!(unregistered("src/checks", "macro_rules! checks { a }", &files).len(), 3);
    }

    #[test]
    fn on_a_long_file() {
        let listed: &[(&str, &str)] = &[("src/a.rs", "one table")];
        let said = |text: &str, longer| too_long("src/a.rs", text, longer).unwrap_or_default();
        assert_eq!(said(&"\n".repeat(601), &[]), "src/a.rs has 601 lines; split it, or list it with its reason");
        assert_eq!(said(&"\n".repeat(601), listed), "");
        assert_eq!(said("", listed), "src/a.rs is listed as long and is not");
    }

    #[test]
    fn on_a_machine_path() {
        let path = format!("let a = \"{}\";", ["", "home", "someone", "x"].join("/"));
        assert_eq!(machine_words("src/a.rs", &path).len(), 1);
        assert!(machine_words("src/a.rs", "https://example.com/home/page and src/root/a").is_empty());
        assert_eq!(machine_words("src/a.rs", concat!("// TO", "DO later")).len(), 1);
        assert_eq!(machine_words("www/package-lock.json", "\"resolved\": \"http://localhost:4873/a.tgz\"").len(), 1);
        assert!(machine_words("www/package-lock.json", "\"resolved\": \"https://registry.npmjs.org/a.tgz\"").is_empty());
    }
}

fn arrows_against_the_direction(path: &Path, text: &str) -> Vec<String> {
    let module = module_of(path);
    let user = module.first().map_or("", String::as_str);
    if RUNS_ALL.contains(&user) || user == "cli" {
        return Vec::new();
    }
    let mut broken = Vec::new();
    for found in crate_paths(&shipped(text), &module) {
        let used = found.steps.first().map_or("", String::as_str);
        if used == user || used == "self" {
            continue;
        }
        if let Err(reason) = may_use(user, used) {
            broken.push(format!("{}:{}: {reason}", slashes(path), found.line));
        }
    }
    broken
}

fn may_use(user: &str, used: &str) -> Result<(), String> {
    let step = |module: &str| DIRECTION.iter().position(|step| step.contains(&module));
    let listed = |table: &[(&str, &[&str])], module: &str, other: &str| {
        table.iter().find(|(name, _)| *name == module).map(|(_, others)| others.contains(&other))
    };
    let is_module = step(used).is_some() || USED_BY.iter().any(|(module, _)| *module == used);
    let allowed = if let Some(allowed) = listed(ONLY, user, used) {
        allowed
    } else if step(user).is_none() {
        return Err(format!("{user} has no place in the direction"));
    } else if let Some(allowed) = listed(USED_BY, used, user) {
        allowed
    } else if is_module {
        step(used) < step(user)
    } else {
        MAY_USE_ROOT.contains(&user)
    };
    match (allowed, is_module) {
        (true, _) => Ok(()),
        (false, true) => Err(format!("{user} uses {used}")),
        (false, false) => Err(format!("{user} uses the root's {used}")),
    }
}

fn names_out_of_place(path: &Path, text: &str) -> Vec<String> {
    let module = module_of(path);
    let user = if path.ends_with("main.rs") { "main" } else { module.first().map_or("", String::as_str) };
    let tokens = shipped(text);
    let std_paths: Vec<(String, usize)> = std_parts(&tokens);
    let mut broken = Vec::new();
    for (name, modules) in NAMED_ONLY_IN {
        if modules.contains(&user) {
            continue;
        }
        let lines: Vec<usize> = if name.starts_with("std::") {
            std_paths.iter().filter(|(part, _)| part == name).map(|(_, line)| *line).collect()
        } else {
            let (word, after) = name.strip_suffix('!').map_or((*name, None), |word| (word, Some("!")));
            let follows = |at: usize| after.is_none() || tokens.get(at + 1).map(|token| token.text.as_str()) == after;
            let named = tokens.iter().enumerate().filter(|(at, token)| token.text == word && follows(*at));
            named.map(|(_, token)| token.line).collect()
        };
        broken.extend(lines.first().map(|line| format!("{}:{line}: {name}", slashes(path))));
    }
    broken
}

/// `std::fs` and the like, also out of `use std::{fs, time::Instant}`.
fn std_parts(tokens: &[scan::Token]) -> Vec<(String, usize)> {
    let renamed: Vec<scan::Token> = tokens
        .iter()
        .map(|token| match token.text.as_str() {
            "std" => scan::Token { text: "crate".into(), line: token.line },
            "crate" | "super" => scan::Token { text: "other".into(), line: token.line },
            _ => token.clone(),
        })
        .collect();
    crate_paths(&renamed, &[]).into_iter().filter_map(|path| Some((format!("std::{}", path.steps.first()?), path.line))).collect()
}

fn unregistered(folder: &str, owner: &str, files: &[PathBuf]) -> Vec<String> {
    let names = registered(&tokens(owner));
    files
        .iter()
        .filter(|path| path.parent() == Some(Path::new(folder)) && path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| !path.ends_with("tests.rs"))
        .filter(|path| !names.iter().any(|name| path.file_stem().is_some_and(|stem| stem == name.as_str())))
        .map(|path| slashes(path))
        .collect()
}

fn too_long(path: &str, text: &str, longer: &[(&str, &str)]) -> Option<String> {
    let lines = text.lines().count();
    let listed = longer.iter().any(|(name, _)| *name == path);
    match (lines > MOST_LINES, listed) {
        (true, false) => Some(format!("{path} has {lines} lines; split it, or list it with its reason")),
        (false, true) => Some(format!("{path} is listed as long and is not")),
        _ => None,
    }
}

/// Paths of somebody's machine, unfinished marks, packages fetched from a private place.
fn machine_words(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let folders = ["home", "root", "Users", "work", "tmp"];
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    for (at, line) in text.lines().enumerate() {
        for folder in folders {
            let folder = format!("/{folder}/");
            let starts_path = |at: usize| !line[..at].ends_with(|before: char| before.is_alphanumeric() || "-_.~}/:*$@)".contains(before));
            if line.match_indices(&folder).any(|(at, _)| starts_path(at)) {
                found.push(format!("{path}:{}: a path of one machine, {folder}", at + 1));
            }
        }
        if let Some(word) = words.iter().find(|word| line.contains(**word)) {
            found.push(format!("{path}:{}: {word}", at + 1));
        }
        let resolved = line.trim().strip_prefix("\"resolved\": \"");
        if resolved.is_some_and(|url| url.starts_with("http") && !url.starts_with("https://registry.npmjs.org/")) {
            found.push(format!("{path}:{}: resolved from a private place", at + 1));
        }
    }
    found
}

/// Shipped files of the library and the command line, with their text; test modules in files of their own left out.
fn sources() -> Vec<(PathBuf, String)> {
    files_below(package(), "src")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| !path.components().any(|step| matches!(step.as_os_str().to_str(), Some("tests" | "tests.rs"))))
        .map(|path| {
            let text = std::fs::read_to_string(package().join(&path)).unwrap_or_default();
            (path, text)
        })
        .collect()
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
