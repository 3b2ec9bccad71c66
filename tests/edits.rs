//! A project that stays says after every edit what a review from the start says of the same files.

#![allow(clippy::expect_used, reason = "a test that cannot read its files has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plumbline::report::json::json;
use plumbline::source::Version;
use plumbline::{Input, InputFile, Project};
use serde_json::Value;

type Files = BTreeMap<String, String>;

#[test]
fn an_edited_project_says_what_a_review_from_the_start_says() {
    let mut compared = 0;
    // Another folder of configurations may be named.
    let top = std::env::var("TERRAFORM_MODULES").unwrap_or_else(|_| "tests/differential".to_string());
    for folder in folders(Path::new(&top)) {
        let mut files = Files::new();
        read(&folder, &folder, &mut files);
        // Then most of what is read stands in another file than the one that is edited.
        let files = files.into_iter().flat_map(|(path, text)| apart_by_block(&path, &text));
        let mut files: Files = files.collect();
        let mut project = Project::default();
        for (path, text) in &files {
            project.set_file(Version::After, InputFile::new(path.as_str(), text.as_bytes()));
        }
        let mut told = Told::default();
        told.join(&project.update());
        let mut random = Random(folder.display().to_string().bytes().map(u64::from).sum());
        for (path, text) in files.clone() {
            for turn in (0..10).filter(|turn| (turn + path.len()) % 3 != 0) {
                let edited = edit(&text, turn, &mut random);
                for text in [&edited, &text] {
                    files.insert(path.clone(), text.clone());
                    project.set_file(Version::After, InputFile::new(path.as_str(), text.as_bytes()));
                    if turn % 3 == 2 && text == &edited {
                        // Two edits at once, and the second is built upon the first.
                        continue;
                    }
                    let fresh = Input {
                        files: files.iter().map(|(path, text)| InputFile::new(path.as_str(), text.as_bytes())).collect(),
                        ..Input::default()
                    };
                    let (ours, theirs) = (json(project.review()), json(&plumbline::review(&fresh)));
                    compared += 1;
                    assert!(
                        ours == theirs,
                        "{} after an edit of {path}, turn {turn}:\n{text}\n{}",
                        folder.display(),
                        apart(&ours, &theirs)
                    );
                    told.join(&project.update());
                    let whole: Value = serde_json::from_str(&theirs).expect("a review is JSON");
                    assert!(told.review == whole, "{}: the update after an edit of {path}, turn {turn}:\n{text}", folder.display());
                }
            }
        }
    }
    assert!(compared > 3_000, "{compared} reviews were compared");
}

/// What the updates told so far come to.
#[derive(Default)]
struct Told {
    review: Value,
}

impl Told {
    fn join(&mut self, update: &str) {
        let mut review: Value = serde_json::from_str(update).expect("an update is JSON");
        const LISTS: &str = "/files /resources /dependencies /changes /findings /impact/per_resource /cost/resources /cost/free \
                             /cost/usage_dependent /cost/unpriced /cost/left_out";
        for list in LISTS.split_whitespace() {
            let before = self.review.pointer(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let parts = review.pointer(list).and_then(Value::as_array).expect("a list").clone();
            let joined: Vec<Value> = parts
                .into_iter()
                .flat_map(|part| match part.as_array().map(Vec::as_slice) {
                    Some([first, count]) => {
                        let (first, count) = (first.as_u64().expect("a place") as usize, count.as_u64().expect("a number") as usize);
                        before.get(first..first + count).expect("it is in the list before").to_vec()
                    }
                    _ => vec![part],
                })
                .collect();
            *review.pointer_mut(list).expect("a list") = joined.into();
        }
        self.review = review;
    }
}

/// A file for every block of a configuration; values of variables stay together.
fn apart_by_block(path: &str, text: &str) -> Vec<(String, String)> {
    let Some(stem) = path.strip_suffix(".tf") else { return vec![(path.to_string(), text.to_string())] };
    let mut blocks = vec![String::new()];
    for line in text.lines() {
        if let Some(block) = blocks.last_mut() {
            *block += line;
            *block += "\n";
        }
        if line == "}" {
            blocks.push(String::new());
        }
    }
    blocks.into_iter().enumerate().map(|(at, block)| (format!("{stem}_{at:02}.tf"), block)).collect()
}

/// One small change: a literal, a name, a line, a character, or a block more.
fn edit(text: &str, turn: usize, random: &mut Random) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = random.below(lines.len().max(1));
    let changed = |line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_string()).collect();
        if let Some(slot) = lines.get_mut(at) {
            *slot = line;
        }
        lines.join("\n") + "\n"
    };
    let line = lines.get(at).copied().unwrap_or("");
    match turn {
        0 => format!("\n# A line more.\n{text}"),
        1 => changed(line.replace('1', "2").replace("true", "false")),
        2 => changed(line.replacen('"', "\"x", 1)),
        3 => changed(String::new()),
        4 => {
            let at = random.below(line.chars().count().max(1));
            changed(line.chars().enumerate().filter(|(nth, _)| *nth != at).map(|(_, letter)| letter).collect())
        }
        5 => changed(format!("{line}\n{line}")),
        6 => changed(line.replacen("= ", "= null # ", 1)),
        7 => changed(line.replacen(" {", " {\n  count = 0\n", 1)),
        8 => changed(line.replacen("local.", "var.", 1).replacen("each.value", "each.key", 1)),
        _ => format!("{text}\nlocals {{\n  one_more = 1\n}}\n"),
    }
}

/// Where two texts part.
fn apart(ours: &str, theirs: &str) -> String {
    let at = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.get(at.saturating_sub(200)..(at + 200).min(text.len())).unwrap_or(text).to_string();
    format!("edited: {}\nfresh:  {}", around(ours), around(theirs))
}

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder is there").flatten().map(|it| it.path()).filter(|it| it.is_dir()).collect();
    found.sort();
    found
}

fn read(top: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(top, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "tf" || extension == "tfvars") {
            let name = path.strip_prefix(top).expect("it lies below").display().to_string();
            files.insert(name, std::fs::read_to_string(&path).expect("it is text"));
        }
    }
}
