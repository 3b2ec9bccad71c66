//! From paths to input files: folders are walked, modules outside them are followed, names are made relative.
//!
//! The same folder gives the same files in the same order on every machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use plumbline::InputFile;
use plumbline::lang::Kind;
use plumbline::lang::detect::{kind_of, name_of};

use super::{mentions, outside};

/// The most files one version may have; a folder with more is not a configuration.
pub const MAX_FILES: usize = 50_000;

/// The files of one version, by absolute path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// The deepest folder that holds every path the user named.
    pub folder: PathBuf,
    /// Those folders, and the folders of files that the user named.
    pub named: Vec<PathBuf>,
    /// The highest folders that the way to a module passes: `../../live/x` passes what holds `live`.
    pub passed: BTreeSet<PathBuf>,
    pub by_path: BTreeMap<PathBuf, Vec<u8>>,
    /// The repository that holds them all: what is named outside the folders is read as far as it goes.
    pub repository: Option<PathBuf>,
    /// What was named and not read, each with the reason.
    pub left_out: Vec<String>,
}

/// Reads what the user named, and the local modules that lie outside it.
pub fn read(paths: &[PathBuf], stdin_name: Option<&str>) -> Result<Files> {
    read_like(paths, stdin_name, None)
}

/// Reads another version of what was read already: where it is no repository by itself, it reaches as far up as that one.
pub fn read_like(paths: &[PathBuf], stdin_name: Option<&str>, like: Option<&Files>) -> Result<Files> {
    let mut files = Files::default();
    let mut anchors = Vec::new();
    let mut mentioned = Mentioned::default();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("standard input cannot be read")?;
            let name = stdin_name.unwrap_or_else(|| name_of(&String::from_utf8_lossy(&bytes)));
            let path = absolute(Path::new(name))?;
            anchors.push(path.parent().map(Path::to_path_buf).unwrap_or_default());
            files.by_path.insert(path, bytes);
            continue;
        }
        let path = absolute(path)?;
        let kind = fs::metadata(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        if kind.is_dir() {
            walk(&path, &mut files, &mut mentioned)?;
            anchors.push(path);
        } else {
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            anchors.push(path.parent().map(Path::to_path_buf).unwrap_or_default());
            files.by_path.insert(path, bytes);
        }
    }
    files.folder = common_folder(&anchors);
    files.named = anchors;
    files.repository = outside::repository(&files.folder).or_else(|| outside::alike(&files.folder, like?));
    take_code(&mut files, &mut mentioned)?;
    follow_modules(&mut files, &mut mentioned)?;
    mentions::read(&mut files, mentioned.candidates);
    outside::read(&mut files);
    Ok(files)
}

/// Input files of both versions, named so that the same file has the same name in both: relative to the folder the
/// user named, or as far above it as a module lies outside.
pub fn named(after: &Files, before: Option<&Files>) -> (Vec<InputFile>, Option<Vec<InputFile>>) {
    let levels = levels(after, before);
    let inputs = |files: &Files| {
        let root = ancestor(&files.folder, levels);
        files.by_path.iter().map(|(path, bytes)| InputFile::new(relative(path, root), bytes.clone())).collect()
    };
    (inputs(after), before.map(inputs))
}

/// What the folders that the user named are called then.
pub fn named_folders(after: &Files, before: Option<&Files>) -> Vec<String> {
    let root = ancestor(&after.folder, levels(after, before));
    after.named.iter().map(|folder| relative(folder, root)).collect()
}

pub fn levels(after: &Files, before: Option<&Files>) -> usize {
    [Some(after), before].into_iter().flatten().map(levels_up).max().unwrap_or(0)
}

/// What a module's folder is called among the files: its path as typed, without the steps up.
pub fn module_name(folder: &Path) -> String {
    let steps = folder.components().filter_map(|step| match step {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let name = steps.collect::<Vec<_>>().join("/");
    if name.is_empty() { "module".into() } else { name }
}

/// Puts the files of a module's folder among the others; one that is there already stays.
pub fn add_module(files: &mut Vec<InputFile>, name: &str, module: &Files) {
    let held: BTreeSet<String> = files.iter().map(|file| file.path.to_string()).collect();
    let inside = module.by_path.iter().filter_map(|(path, bytes)| {
        let below = path.strip_prefix(&module.folder).ok()?;
        Some((format!("{name}/{}", relative(below, Path::new(""))), bytes))
    });
    files.extend(inside.filter(|(path, _)| !held.contains(path)).map(|(path, bytes)| InputFile::new(path, bytes.clone())));
}

/// The path below a folder, with forward slashes; the whole path when it does not lie there.
pub fn relative(path: &Path, folder: &Path) -> String {
    let steps: Vec<_> = path.strip_prefix(folder).unwrap_or(path).components().map(|step| step.as_os_str().to_string_lossy()).collect();
    steps.join("/")
}

/// What files say of other files.
#[derive(Debug, Default)]
struct Mentioned {
    /// Found on the way, read only if a configuration names them.
    candidates: BTreeSet<PathBuf>,
}

fn walk(folder: &Path, files: &mut Files, mentioned: &mut Mentioned) -> Result<()> {
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let mut entries: Vec<_> =
            fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?.filter_map(|entry| entry.ok()).collect();
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let (name, path) = (entry.file_name(), entry.path());
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if !is_left_out(&name.to_string_lossy()) {
                    open.push(path);
                } else if name == ".terraform" {
                    take_fetched(&folder, &path, files, mentioned)?;
                }
            } else if is_configuration(&name.to_string_lossy()) || is_known(&path) {
                take(&path, files)?;
            } else {
                mentioned.candidates.insert(path);
            }
        }
    }
    Ok(())
}

/// Reads the modules that `init` put beside a root: those that its manifest names.
fn take_fetched(root: &Path, folder: &Path, files: &mut Files, mentioned: &mut Mentioned) -> Result<()> {
    let manifest = folder.join("modules/modules.json");
    let Ok(text) = fs::read_to_string(&manifest) else { return Ok(()) };
    for module in plumbline::lang::terraform::folders_of(&text) {
        take_folder(&normal(&root.join(module.as_str())), files, mentioned)?;
    }
    files.by_path.insert(manifest, text.into_bytes());
    Ok(())
}

/// Reads the configuration that stands in a folder itself; one that is not there has none.
fn take_folder(folder: &Path, files: &mut Files, mentioned: &mut Mentioned) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let mut names: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file()).collect();
    names.sort();
    for path in names {
        if is_configuration(&path.to_string_lossy()) {
            take(&path, files)?;
        } else {
            mentioned.candidates.insert(path);
        }
    }
    Ok(())
}

/// Reads one file into the version; one that vanished or may not be read is named on the way.
fn take(path: &Path, files: &mut Files) -> Result<()> {
    if files.by_path.len() >= MAX_FILES {
        bail!("more than {MAX_FILES} files; name a folder that holds one configuration");
    }
    if !files.by_path.contains_key(path) {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        files.by_path.insert(path.to_path_buf(), bytes);
    }
    Ok(())
}

/// Folders that hold what tools fetched, never what people wrote.
pub fn is_left_out(name: &str) -> bool {
    matches!(name, ".terraform" | ".terragrunt-cache" | ".git" | "node_modules" | "venv" | ".venv" | "__pycache__" | "site-packages")
}

pub fn is_configuration(name: &str) -> bool {
    [".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".tfvars.json"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a file that may hold anything holds a CloudFormation template or a part of a program.
pub fn is_known(path: &Path) -> bool {
    let named = path.extension().is_some_and(|it| ["yaml", "yml", "json", "template", "py"].iter().any(|known| it == *known));
    let text = if named { fs::read(path).ok() } else { None };
    text.is_some_and(|bytes| {
        matches!(kind_of(&path.to_string_lossy(), &String::from_utf8_lossy(&bytes)), Kind::CloudFormation | Kind::Pulumi)
    })
}

/// Reads the code beside and below the files of programs: what they import has no name of its own.
fn take_code(files: &mut Files, mentioned: &mut Mentioned) -> Result<()> {
    let is_part = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("Pulumi.") || name.ends_with(".py")
    };
    let folders: BTreeSet<PathBuf> =
        files.by_path.keys().filter(|path| is_part(path)).filter_map(|path| path.parent().map(Path::to_path_buf)).collect();
    if folders.is_empty() {
        return Ok(());
    }
    let code = |path: &Path| {
        let extension = path.extension().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        ["py", "ts", "tsx", "mts", "cts", "js", "mjs", "cjs", "json"].contains(&extension.as_str())
    };
    // What the engine wrote stands in the place of a version: only where it is named.
    let is_recorded = |path: &Path| {
        let text = if path.extension().is_some_and(|it| it == "json") { fs::read(path).ok() } else { None };
        let kind = |bytes: Vec<u8>| kind_of(&path.to_string_lossy(), &String::from_utf8_lossy(&bytes));
        text.is_some_and(|bytes| matches!(kind(bytes), Kind::PulumiPreview | Kind::PulumiStack))
    };
    let below = |path: &Path| path.ancestors().any(|folder| folders.contains(folder));
    let wanted: Vec<PathBuf> =
        mentioned.candidates.iter().filter(|path| code(path) && below(path) && !is_recorded(path)).cloned().collect();
    for path in wanted {
        mentioned.candidates.remove(&path);
        take(&path, files)?;
    }
    Ok(())
}

/// Reads the folders that `source = "../x"` names, until no new one comes.
fn follow_modules(files: &mut Files, mentioned: &mut Mentioned) -> Result<()> {
    let mut looked_at: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        let mut wanted = BTreeSet::new();
        for (path, bytes) in files.by_path.iter().filter(|(path, _)| !looked_at.contains(*path)) {
            let folder = path.parent().unwrap_or(Path::new(""));
            for source in module_sources(&String::from_utf8_lossy(bytes)) {
                wanted.insert((normal(&folder.join(source)), highest(folder, source), source.to_string()));
            }
        }
        looked_at.extend(files.by_path.keys().cloned());
        let count = files.by_path.len();
        for (folder, passed, source) in wanted.into_iter().filter(|(folder, ..)| folder.is_dir()) {
            // Without a repository, a module is where its source says.
            if let (Some(_), Err(why)) = (&files.repository, outside::reaches(files, &folder)) {
                files.left_out.push(format!("The module {source} {why}: it is not read"));
                continue;
            }
            take_folder(&folder, files, mentioned)?;
            files.passed.insert(passed);
        }
        if files.by_path.len() == count {
            return Ok(());
        }
    }
}

/// The highest folder on the way from a folder to a source.
pub fn highest(folder: &Path, source: &str) -> PathBuf {
    let ups = Path::new(source).components().skip_while(|step| *step == Component::CurDir);
    ancestor(folder, ups.take_while(|step| *step == Component::ParentDir).count()).to_path_buf()
}

/// The local sources a text names: `source = "./x"`. Anything else with such a value does no harm: it is no folder.
fn module_sources(text: &str) -> impl Iterator<Item = &str> {
    // In one line with its block too, and in the JSON spelling.
    text.match_indices("source").filter_map(|(at, name)| {
        let before = text.get(..at)?;
        if before.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.')) {
            return None;
        }
        let line = before.rsplit('\n').next()?.trim_start();
        let after = text.get(at + name.len()..)?;
        let value = after.strip_prefix('"').unwrap_or(after).trim_start().strip_prefix(['=', ':'])?.trim_start().strip_prefix('"')?;
        let source = value.split('"').next()?;
        let local = source.starts_with("./") || source.starts_with("../") || matches!(source, "." | "..");
        (local && !line.starts_with(['#', '/'])).then_some(source)
    })
}

pub fn absolute(path: &Path) -> Result<PathBuf> {
    Ok(normal(&std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))?))
}

/// Resolves `.` and `..` by name alone: a link is what its path says.
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

fn common_folder(folders: &[PathBuf]) -> PathBuf {
    let mut folders = folders.iter();
    let Some(first) = folders.next() else { return PathBuf::new() };
    folders.fold(first.clone(), |common, folder| {
        common.components().zip(folder.components()).take_while(|(a, b)| a == b).map(|(step, _)| step).collect()
    })
}

/// A path as it is, or as it is from the root of the repository, whichever is there.
pub fn at_root(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    match root.map(|root| root.join(path)).filter(|there| !path.exists() && there.exists()) {
        Some(there) => there,
        None => path.to_path_buf(),
    }
}

/// The deepest folder above both.
pub fn shared(folder: &Path, path: &Path) -> PathBuf {
    common_folder(&[folder.to_path_buf(), path.to_path_buf()])
}

/// How many levels above the version's folder its files reach.
fn levels_up(files: &Files) -> usize {
    let depth = files.folder.components().count();
    let shared = |path: &Path| files.folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    files.by_path.keys().chain(&files.passed).map(|path| depth - shared(path).min(depth)).max().unwrap_or(0)
}

pub fn ancestor(folder: &Path, levels: usize) -> &Path {
    folder.ancestors().nth(levels).unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(folder: &str, paths: &[&str]) -> Files {
        Files { folder: folder.into(), by_path: paths.iter().map(|path| (PathBuf::from(path), Vec::new())).collect(), ..Files::default() }
    }

    fn names(inputs: &[InputFile]) -> Vec<&str> {
        inputs.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn names_are_relative_to_the_named_folder() {
        let (after, _) = named(&version("/a/infra", &["/a/infra/main.tf", "/a/infra/net/vpc.tf"]), None);
        assert_eq!(names(&after), ["main.tf", "net/vpc.tf"]);
    }

    #[test]
    fn a_module_outside_lifts_the_names_of_both_versions() {
        let after = version("/new/live/prod", &["/new/live/prod/main.tf", "/new/modules/vpc/main.tf"]);
        let before = version("/old/live/prod", &["/old/live/prod/main.tf"]);
        let (after, before) = named(&after, Some(&before));
        assert_eq!(names(&after), ["live/prod/main.tf", "modules/vpc/main.tf"]);
        assert_eq!(names(&before.unwrap()), ["live/prod/main.tf"]);
    }

    #[test]
    fn a_way_over_a_folder_above_keeps_its_steps() {
        let passed = [highest(Path::new("/repo/modules/app"), "./../../modules/net")].into();
        let after = Files { passed, ..version("/repo/modules", &["/repo/modules/app/main.tf", "/repo/modules/net/main.tf"]) };
        assert_eq!(names(&named(&after, None).0), ["modules/app/main.tf", "modules/net/main.tf"]);
    }

    #[test]
    fn sources_are_found_where_they_are_local() {
        let text = "module \"a\" {\n  source = \"../vpc\"\n}\nmodule \"b\" {\n  source=\"./b\" # here\n}\n  source = \"hashicorp/aws\"\n# source = \"../no\"\nmodule \"c\" { source = \"../../\" }\n{\"source\": \"./j\"}";
        assert_eq!(module_sources(text).collect::<Vec<_>>(), ["../vpc", "./b", "../../", "./j"]);
    }

    #[test]
    fn paths_are_resolved_by_name() {
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(common_folder(&["/a/b/c".into(), "/a/b/d".into()]), Path::new("/a/b"));
    }
}
