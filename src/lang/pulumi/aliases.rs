//! Names that a project of Node gives to its own files: `paths` and `baseUrl` of its `tsconfig.json`, and the packages
//! that lie beside it.

use ecow::{EcoString, eco_format};

use super::interpret::normal;
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;
use crate::syntax::document::{self, Node};

/// What a name, or what begins like it where it ends in `*`, stands for.
pub type Aliases = Vec<(EcoString, EcoString)>;

/// The names of a project, those that say most first.
pub fn find(start: &str, files: &[&SourceFile]) -> Aliases {
    let mut found = Aliases::new();
    // The configuration nearest to the program holds.
    let mut folder = Some(start);
    while let Some(at) = folder {
        let path = joined(at, "tsconfig.json");
        if files.iter().any(|file| file.path == path) {
            configured(&path, files, 0, &mut found);
            break;
        }
        folder = if at.is_empty() { None } else { Some(folder_of(at)) };
    }
    for file in files {
        let Some(folder) = file.path.strip_suffix("package.json") else { continue };
        if !(folder.is_empty() || folder.ends_with('/')) || folder.split('/').any(|step| step == "node_modules") {
            continue;
        }
        let Some(package) = document::read_one(file.id, &file.text, &mut Diagnostics::new()) else { continue };
        let Some(name) = package.get("name").and_then(Node::text) else { continue };
        let folder = folder.trim_end_matches('/');
        let main = package.get("main").and_then(Node::text).map(|main| main.trim_start_matches("./"));
        // What is compiled is written elsewhere.
        let main = main.filter(|main| !["dist/", "lib/", "build/", "bin/"].iter().any(|built| main.starts_with(built)));
        found.push((name.into(), joined(folder, main.map_or("", |main| main.strip_suffix(".js").unwrap_or(main))).into()));
        found.push((name.into(), joined(folder, "src").into()));
        found.push((eco_format!("{name}/*"), joined(folder, "*").into()));
        found.push((eco_format!("{name}/*"), joined(folder, "src/*").into()));
    }
    found
}

fn configured(path: &str, files: &[&SourceFile], depth: u32, found: &mut Aliases) {
    const DEEPEST: u32 = 4;
    let Some(file) = files.iter().find(|file| file.path == path).filter(|_| depth < DEEPEST) else { return };
    let Some(about) = document::read_one(file.id, &without_comments(&file.text), &mut Diagnostics::new()) else { return };
    let folder = folder_of(path);
    if let Some(options) = about.get("compilerOptions") {
        let base = options.get("baseUrl").and_then(Node::text);
        let root = joined(folder, base.unwrap_or_default());
        for entry in options.get("paths").map(Node::entries).unwrap_or_default() {
            let Some(name) = entry.key.text() else { continue };
            found.extend(entry.value.items().iter().filter_map(Node::text).map(|to| (name.into(), normal(&joined(&root, to)))));
        }
        if base.is_some() {
            found.push(("*".into(), normal(&joined(&root, "*"))));
        }
    }
    if let Some(other) = about.get("extends").and_then(Node::text).filter(|other| other.starts_with('.')) {
        let other = normal(&joined(folder, other));
        let other = if other.ends_with(".json") { other } else { eco_format!("{other}.json") };
        configured(&other, files, depth + 1, found);
    }
}

/// The paths that a module's name may stand for.
pub fn meant<'a>(module: &'a str, aliases: &'a Aliases) -> impl Iterator<Item = EcoString> + 'a {
    aliases.iter().filter_map(move |(name, to)| match name.strip_suffix('*') {
        Some(start) => module.strip_prefix(start).map(|rest| to.replace("*", rest)),
        None => (module == name).then(|| to.clone()),
    })
}

/// Without the comments that such files have although JSON has none.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('"', _) => quoted = !quoted,
            ('\\', Some(_)) if quoted => {
                out.push(letter);
                out.extend(letters.next());
                continue;
            }
            ('/', Some('/')) if !quoted => {
                letters.by_ref().find(|letter| *letter == '\n');
                out.push('\n');
                continue;
            }
            ('/', Some('*')) if !quoted => {
                let mut before = ' ';
                letters.next();
                letters.by_ref().find(|letter| std::mem::replace(&mut before, *letter) == '*' && *letter == '/');
                continue;
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn joined(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.into(),
        (folder, "") => folder.into(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_texts_stay() {
        assert_eq!(without_comments("{ // a\n \"b\": \"//c\", /* d */ \"e\\\"\": 1 }"), "{ \n \"b\": \"//c\",  \"e\\\"\": 1 }");
    }

    #[test]
    fn a_star_stands_for_the_rest() {
        let aliases = vec![("@lib/*".into(), "src/lib/*".into()), ("@all".into(), "src/all/index.ts".into())];
        assert_eq!(meant("@lib/a/b", &aliases).collect::<Vec<_>>(), ["src/lib/a/b"]);
        assert_eq!(meant("@all", &aliases).collect::<Vec<_>>(), ["src/all/index.ts"]);
        assert_eq!(meant("@allx", &aliases).count(), 0);
    }
}
