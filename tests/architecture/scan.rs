//! Reads Rust text just far enough to see which modules and crates it names. Knows none of the rules.

use std::path::{Path, PathBuf};

/// An identifier or one punctuation character, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path that starts at the crate root: `crate::graph::Graph` is `["graph", "Graph"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CratePath {
    pub steps: Vec<String>,
    pub line: usize,
}

/// The tokens that are shipped: no comments, no literals, nothing under `#[cfg(test)]`.
pub fn shipped(text: &str) -> Vec<Token> {
    without_tests(tokens(text))
}

/// Every path from the crate root, `super` resolved for a file whose module path is `module`.
pub fn crate_paths(tokens: &[Token], module: &[String]) -> Vec<CratePath> {
    let mut paths = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && tokens[at - 1].text == ":" {
            continue;
        }
        match token.text.as_str() {
            "crate" => expand(tokens, at + 1, Vec::new(), token.line, &mut paths),
            "super" => {
                let mut prefix = module.to_vec();
                let mut next = at;
                while tokens.get(next).is_some_and(|token| token.text == "super") {
                    prefix.pop();
                    next += 1;
                    if is_colons(tokens, next) && tokens.get(next + 2).is_some_and(|token| token.text == "super") {
                        next += 2;
                    }
                }
                expand(tokens, next, prefix, token.line, &mut paths);
            }
            _ => {}
        }
    }
    paths
}

/// Module names a file declares: `mod name;`, and the words inside a registering macro, `checks! { name, ... }`.
pub fn registered(tokens: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    for at in 0..tokens.len() {
        let text = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text.as_str());
        if text(0) == "mod" && text(2) == ";" {
            names.push(text(1).to_string());
        }
        if text(1) == "!" && text(2) == "{" && text(0) != "macro_rules" {
            let end = closing(tokens, at + 2);
            names.extend(tokens[at + 3..end].iter().map(|token| token.text.clone()));
        }
    }
    names
}

/// The module path of a file under `src`: `src/cost/aws/rds.rs` is `["cost", "aws", "rds"]`.
pub fn module_of(path: &Path) -> Vec<String> {
    let mut steps: Vec<String> =
        path.with_extension("").components().skip(1).map(|step| step.as_os_str().to_string_lossy().into_owned()).collect();
    if matches!(steps.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        steps.pop();
    }
    steps
}

/// Every file below a folder of the package, sorted, as paths relative to the package.
pub fn files_below(root: &Path, folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(next) = open.pop() {
        let Ok(entries) = std::fs::read_dir(root.join(&next)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if next.as_os_str().is_empty() { PathBuf::from(&name) } else { next.join(&name) };
            let kept_out = matches!(name.as_str(), "target" | "node_modules" | "dist" | ".git" | "pkg" | "corpus" | "artifacts");
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if !kept_out {
                    open.push(path);
                }
            } else if name != ".git" {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn expand(tokens: &[Token], at: usize, prefix: Vec<String>, line: usize, paths: &mut Vec<CratePath>) {
    if !is_colons(tokens, at) {
        return;
    }
    tree(tokens, at + 2, prefix, line, paths);
}

/// One use tree or path, after its `::`. Gives the index of the token after it.
fn tree(tokens: &[Token], mut at: usize, mut steps: Vec<String>, line: usize, paths: &mut Vec<CratePath>) -> usize {
    loop {
        match tokens.get(at).map(|token| token.text.as_str()) {
            Some("{") => {
                let end = closing(tokens, at);
                let mut inner = at + 1;
                while inner < end {
                    let line = tokens[inner].line;
                    inner = tree(tokens, inner, steps.clone(), line, paths).max(inner + 1);
                    while inner < end && tokens[inner].text != "," {
                        inner += 1;
                    }
                    inner += 1;
                }
                return end + 1;
            }
            Some(text) => {
                steps.push(text.to_string());
                at += 1;
                if !is_colons(tokens, at) {
                    paths.push(CratePath { steps, line });
                    return at;
                }
                at += 2;
            }
            None => return at,
        }
    }
}

fn is_colons(tokens: &[Token], at: usize) -> bool {
    [at, at + 1].iter().all(|at| tokens.get(*at).is_some_and(|token| token.text == ":"))
}

/// The index of the bracket that closes the one at `open`; the end when none does.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_i32;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let is = |offset: usize, text: &str| tokens.get(at + offset).is_some_and(|token| token.text == text);
        let end = if is(0, "#") && is(1, "[") && is(2, "cfg") { closing(&tokens, at + 1) } else { at };
        let named = |text: &str| tokens[at..end.min(tokens.len())].iter().any(|token| token.text == text);
        if end > at && named("test") && !named("not") {
            let mut next = end + 1;
            while next < tokens.len() && tokens[next].text != "{" && tokens[next].text != ";" {
                next = if tokens[next].text == "(" || tokens[next].text == "[" { closing(&tokens, next) + 1 } else { next + 1 };
            }
            at = if tokens.get(next).is_some_and(|token| token.text == "{") { closing(&tokens, next) + 1 } else { next + 1 };
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Every token, tests included; no comments and no literals.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let here = chars[at];
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let start = at;
        if here == '/' && next == '/' {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if here == '/' && next == '*' {
            at = after_block_comment(&chars, at);
        } else if here == '"' {
            at = after_text(&chars, at);
        } else if (here == 'r' || here == 'b') && raw_or_byte_text(&chars, at) {
            at = after_prefixed_text(&chars, at);
        } else if here == '\'' && (next == '\\' || chars.get(at + 2) == Some(&'\'')) {
            at += if next == '\\' { 3 } else { 2 };
            while at < chars.len() && chars[at] != '\'' {
                at += 1;
            }
            at += 1;
        } else if here.is_alphanumeric() || here == '_' {
            while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                at += 1;
            }
            tokens.push(Token { text: chars[start..at].iter().collect(), line });
        } else {
            at += 1;
            if !here.is_whitespace() {
                tokens.push(Token { text: here.to_string(), line });
            }
        }
        line += chars[start..at.min(chars.len())].iter().filter(|character| **character == '\n').count();
    }
    tokens
}

fn after_block_comment(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn after_text(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw_or_byte_text(chars: &[char], at: usize) -> bool {
    if at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') {
        return false;
    }
    let rest: String = chars[at..].iter().take(4).collect();
    ["r\"", "r#\"", "r##", "br\"", "br#", "b\""].iter().any(|prefix| rest.starts_with(prefix))
}

fn after_prefixed_text(chars: &[char], start: usize) -> usize {
    let raw = chars[start..].iter().take(2).any(|character| *character == 'r');
    let mut at = start;
    while at < chars.len() && (chars[at] == 'b' || chars[at] == 'r') {
        at += 1;
    }
    if !raw {
        return after_text(chars, at);
    }
    let hashes = chars[at..].iter().take_while(|character| **character == '#').count();
    at += hashes + 1;
    while at < chars.len() {
        if chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|character| **character == '#').count() == hashes {
            return at + 1 + hashes;
        }
        at += 1;
    }
    at
}
