//! Readers: one folder per format, each turning text into [`Module`]s. Broken input gives a smaller module
//! and diagnostics, never a failure.

pub mod cloudformation;
pub mod detect;
pub mod plan;
#[cfg(feature = "programs")]
pub mod pulumi;
pub mod terraform;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Dialect, Given, Module, Recorded, StackPolicy};
use crate::order::{Order as _, map_of, set_of};
use crate::source::{FileId, SourceFile, Sources, Span, Version};
use terraform::{merge, paths};

pub use detect::Kind;

/// All that one version of the sources declares, before evaluation.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Terraform modules by folder path (no trailing slash, empty for the top), files merged.
    pub modules: BTreeMap<EcoString, Module>,
    /// The roots of the review in path order: folders that no other folder's module call enters.
    pub roots: Vec<Root>,
    /// What each file was taken for, and how many resource blocks it declares.
    pub files: Vec<FileKind>,
    /// Folders of modules from elsewhere, by the calling folder and the name of the call.
    pub installed: terraform::Installed,
    /// Plans and states, in path order.
    pub recorded: Vec<Arc<Recorded>>,
    /// Policies of stacks, in path order.
    pub stack_policies: Vec<StackPolicy>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    pub dialect: Dialect,
    pub path: EcoString,
    /// What its addresses begin with: nothing for the only root and the folder that was asked for, the path and `//` for
    /// others.
    pub prefix: EcoString,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileKind {
    pub file: FileId,
    pub kind: Kind,
    pub resources: u32,
}

/// One file, read by itself: depends on nothing but its text, path and id, so it can be kept while other
/// files change.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredFile {
    pub kind: Kind,
    pub module: Module,
    pub diagnostics: Diagnostics,
}

/// Problems of one file that are listed; the rest is counted. Text that is no configuration has one in every line.
pub const MAX_PROBLEMS: usize = 200;

/// Reads every file of one version.
pub fn read(sources: &Sources, version: Version, out: &mut Diagnostics) -> Program {
    read_given(sources, version, &Given::default(), &mut Kept::default(), out)
}

/// The same, where some values are given: a transform of a whole template asks for them. What was kept is not read again.
pub fn read_given(sources: &Sources, version: Version, given: &Given, kept: &mut Kept, out: &mut Diagnostics) -> Program {
    let files = sources.files().filter(|file| file.version == version).map(|file| (file, kept.lower(file, given))).collect();
    join(sources, files, given, out)
}

/// Files as they were read last. One whose place, name and text are the same is not read again: after an edit, that
/// is all but one.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Whether anything is to be kept: for a single review, copies would be made for nothing.
    pub edits: bool,
    given: Given,
    files: BTreeMap<FileId, (SourceFile, LoweredFile)>,
}

impl Kept {
    fn lower(&mut self, file: &SourceFile, given: &Given) -> LoweredFile {
        if !self.edits {
            return lower_given(file, given);
        }
        if self.given != *given {
            self.given = given.clone();
            self.files.clear();
        }
        if let Some((known, lowered)) = self.files.get(&file.id)
            && (known.version, &known.path, &known.text) == (file.version, &file.path, &file.text)
        {
            return lowered.clone();
        }
        let lowered = lower_given(file, given);
        self.files.insert(file.id, (file.clone(), lowered.clone()));
        lowered
    }
}

/// Reads one file by itself.
pub fn lower_file(file: &SourceFile) -> LoweredFile {
    lower_given(file, &Given::default())
}

fn lower_given(file: &SourceFile, given: &Given) -> LoweredFile {
    let kind = detect::kind_of(&file.path, &file.text);
    let (module, mut diagnostics) = match kind {
        Kind::Terraform | Kind::TerraformVariables if !terraform::READS_JSON && terraform::is_json(file) => {
            (Module::default(), not_in_this_core(file))
        }
        Kind::Terraform => terraform::configuration(file),
        Kind::TerraformVariables => terraform::assignments(file),
        Kind::TerraformPlan | Kind::TerraformState if cfg!(feature = "plans") => plan::read(file),
        Kind::CloudFormation if cfg!(feature = "templates") => cloudformation::template(file, given),
        Kind::Pulumi | Kind::Ignored if program_elsewhere(kind, file) => (Module::default(), not_in_this_core(file)),
        // A program is read whole, with all its files.
        Kind::Pulumi => (Module::default(), Diagnostics::new()),
        Kind::ChangeSet if cfg!(feature = "templates") => cloudformation::change_set::read(file),
        #[cfg(feature = "programs")]
        Kind::PulumiPreview | Kind::PulumiStack => pulumi::engine::read(file),
        Kind::StackPolicy if cfg!(feature = "templates") => cloudformation::stack_policy::read(file),
        Kind::Ignored => (Module::default(), ignored(file)),
        _ => (Module::default(), not_in_this_core(file)),
    };
    if diagnostics.len() > MAX_PROBLEMS {
        let left_out = diagnostics.len() - MAX_PROBLEMS;
        diagnostics.truncate(MAX_PROBLEMS);
        let message = eco_format!("{left_out} more problems of this file are not listed (MAX_PROBLEMS, {MAX_PROBLEMS})");
        diagnostics.push(Diagnostic { level: Level::Note, ..Diagnostic::error("problems", Span::new(file.id, 0, 0), message) });
    }
    LoweredFile { kind, module, diagnostics }
}

/// Whether only a core with more formats than this one reads the file: a program that none of the formats above is.
fn program_elsewhere(kind: Kind, file: &SourceFile) -> bool {
    !cfg!(feature = "programs") && (kind == Kind::Pulumi || detect::may_be_pulumi(&file.path, &file.text))
}

/// The page looks for this code, and asks the core that reads every format.
fn not_in_this_core(file: &SourceFile) -> Diagnostics {
    vec![Diagnostic::error(
        "not-in-this-core",
        Span::new(file.id, 0, 0),
        "this core reads Terraform's own language; the one for every format reads this file",
    )]
}

/// What is worth saying about a file that is not read.
fn ignored(file: &SourceFile) -> Diagnostics {
    let yaml = file.path.ends_with(".yaml") || file.path.ends_with(".yml");
    if !yaml || !cloudformation::is_kubernetes(&file.text) {
        return Diagnostics::new();
    }
    let message = "this file holds Kubernetes objects and is not read";
    vec![Diagnostic { level: Level::Note, ..Diagnostic::error("kubernetes", Span::new(file.id, 0, 0), message) }]
}

/// Joins files that were read by themselves: one module for each folder, and the roots among them.
pub fn join(sources: &Sources, mut files: Vec<(&SourceFile, LoweredFile)>, given: &Given, out: &mut Diagnostics) -> Program {
    files.order_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let hidden = hidden_by_opentofu(&files);
    let installed = terraform::installed(files.iter().map(|(file, _)| *file)).with(&given.modules);
    let mut program = Program { installed, ..Program::default() };
    let fetched = set_of(program.installed.fetched().cloned());
    let mut overrides = Vec::new();
    let mut values = Vec::new();
    #[cfg(feature = "programs")]
    let programs = {
        let all: Vec<&SourceFile> = files.iter().map(|(file, _)| *file).collect();
        pulumi::read(&all, out)
    };
    for (file, mut lowered) in files {
        // Of what was fetched, only what is entered belongs to the review.
        if hidden.contains(&file.path) || detect::is_fetched(&file.path) && !fetched.contains(paths::folder_of(&file.path)) {
            lowered = LoweredFile { kind: Kind::Ignored, module: Module::default(), diagnostics: Diagnostics::new() };
        }
        out.append(&mut lowered.diagnostics);
        let recorded = lowered.module.recorded.as_ref().map_or(0, |it| it.before.len().max(it.after.len()));
        let resources = (lowered.module.resources.len() + recorded) as u32;
        program.files.push(FileKind { file: file.id, kind: lowered.kind, resources });
        match lowered.kind {
            Kind::Terraform if merge::is_override(&file.path) => overrides.push((file, lowered.module)),
            Kind::Terraform => {
                let module = program.modules.entry(paths::folder_of(&file.path).into()).or_default();
                merge::add(module, lowered.module);
            }
            Kind::TerraformVariables => values.push((file, lowered.module)),
            Kind::TerraformPlan | Kind::TerraformState | Kind::ChangeSet | Kind::PulumiPreview | Kind::PulumiStack => {
                program.recorded.extend(lowered.module.recorded);
            }
            Kind::CloudFormation => drop(program.modules.insert(file.path.clone(), lowered.module)),
            Kind::StackPolicy => program.stack_policies.extend(lowered.module.stack_policy),
            Kind::Pulumi | Kind::Ignored => {}
        }
    }
    #[cfg(feature = "programs")]
    for (path, module) in programs {
        count(&mut program.files, &module);
        program.modules.insert(path, module);
    }
    find_nested_stacks(&mut program.modules);
    for module in program.modules.values_mut() {
        merge::drop_duplicates(module, sources, out);
    }
    for (file, module) in overrides {
        let base = program.modules.entry(paths::folder_of(&file.path).into()).or_default();
        merge::apply(base, module, out);
    }
    assign(&mut program, values, out);
    program.roots = roots(&program, &given.named, out);
    program
}

/// Says of the files of a program how many resources each registers; a file that does so is one of the program.
#[cfg(feature = "programs")]
fn count(files: &mut [FileKind], module: &Module) {
    for resource in &module.resources {
        if let Some(found) = files.iter_mut().find(|found| found.file == resource.span.file) {
            found.kind = Kind::Pulumi;
            found.resources += 1;
        }
    }
}

/// Keeps the calls of those nested stacks whose templates are at hand, with the path that each means.
fn find_nested_stacks(modules: &mut BTreeMap<EcoString, Module>) {
    let templates: Vec<EcoString> =
        modules.iter().filter(|(_, module)| module.dialect == Dialect::CloudFormation).map(|(path, _)| path.clone()).collect();
    for path in &templates {
        if let Some(module) = modules.get_mut(path) {
            module.calls.retain_mut(|call| {
                call.source = call.source.as_deref().and_then(|source| cloudformation::nested(path, source, templates.iter()));
                call.source.is_some()
            });
        }
    }
}

/// `x.tofu` hides `x.tf` of the same folder.
fn hidden_by_opentofu(files: &[(&SourceFile, LoweredFile)]) -> BTreeSet<EcoString> {
    let hidden = |path: &EcoString| match (path.strip_suffix(".tofu"), path.strip_suffix(".tofu.json")) {
        (Some(stem), _) => Some(eco_format!("{stem}.tf")),
        (_, Some(stem)) => Some(eco_format!("{stem}.tf.json")),
        _ => None,
    };
    set_of(files.iter().filter_map(|(file, _)| hidden(&file.path)))
}

/// Gives each folder the values that the tool itself would load, later ones taking precedence.
fn assign(program: &mut Program, mut values: Vec<(&SourceFile, Module)>, out: &mut Diagnostics) {
    let rank = |path: &str| match path.rsplit('/').next().unwrap_or(path) {
        "terraform.tfvars" => Some(0),
        "terraform.tfvars.json" => Some(1),
        name if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") => Some(2),
        _ => None,
    };
    values.order_by_key(|(file, _)| rank(&file.path));
    for (file, module) in values {
        let folder = program.modules.get_mut(paths::folder_of(&file.path));
        match (rank(&file.path), folder) {
            (Some(_), Some(folder)) => folder.assignments.extend(module.assignments),
            _ => {
                let message = "these values are not used: no module loads this file by itself";
                out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("values-not-loaded", Span::new(file.id, 0, 0), message) });
            }
        }
    }
}

/// The folders that no other folder enters. Folders that only enter each other would have no root: the first
/// in path order becomes one. A folder that was asked for is a root too when only what lies below it enters it: these
/// are its examples and tests, and are left out.
fn roots(program: &Program, named: &[EcoString], out: &mut Diagnostics) -> Vec<Root> {
    let modules = &program.modules;
    let mut left = terraform::WORK;
    let enters = map_of(modules.iter().map(|(path, module)| (path, entered(path, module, program, &mut left))));
    let entered = set_of(enters.iter().flat_map(|(from, to)| to.iter().filter(move |to| *to != *from)));
    // Of a folder that the reviewer gave for a module, only what is entered belongs to the review.
    let own = |path: &&EcoString| !program.installed.is_given(path);
    let top = [EcoString::new()];
    let asked = set_of(if named.is_empty() { top.iter() } else { named.iter() });
    let is_below = |path: &str, outer: &str| outer.is_empty() || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let only_from_below = |path: &EcoString| {
        let mut callers = enters.iter().filter(|(from, to)| **from != path && to.contains(path)).map(|(from, _)| *from);
        asked.contains(path) && modules.get(path).is_some_and(declares) && callers.all(|caller| is_below(caller, path))
    };
    let mut roots = set_of(modules.keys().filter(own).filter(|path| !entered.contains(path) || only_from_below(path)));
    let used = set_of(roots.iter().copied().filter(|path| entered.contains(path)));
    if !used.is_empty() {
        let reaches = |from: &&EcoString| {
            let mut seen: BTreeSet<&EcoString> = BTreeSet::new();
            let mut waiting = vec![*from];
            while let Some(folder) = waiting.pop() {
                for to in enters.get(folder).into_iter().flatten() {
                    if to != *from && used.contains(to) && is_below(from, to) {
                        return true;
                    }
                    if seen.insert(to) {
                        waiting.push(to);
                    }
                }
            }
            false
        };
        let users: Vec<&EcoString> = roots.iter().copied().filter(|path| !used.contains(path)).filter(reaches).collect();
        for user in users {
            roots.remove(user);
            let message = "this folder uses the configuration above it and is not reviewed with it; name it to review it";
            out.push(Diagnostic::about_path(Level::Note, "uses-what-is-reviewed", user.clone(), message));
        }
    }
    let mut waiting = leave_out_unused(&mut roots, modules, &asked, out);
    let mut reached: BTreeSet<&EcoString> = BTreeSet::new();
    waiting.extend(roots.iter().copied());
    let mut folders = modules.keys().filter(own);
    // With a root that was asked for, what is not reached is used by nothing that is reviewed.
    let all = used.is_empty();
    loop {
        while let Some(folder) = waiting.pop() {
            if let Some((folder, to)) = enters.get_key_value(folder)
                && reached.insert(folder)
            {
                waiting.extend(to);
            }
        }
        let Some(left) = folders.find(|folder| all && !reached.contains(folder)) else { break };
        roots.insert(left);
        waiting.push(left);
    }
    let dialect = |path: &EcoString| modules.get(path).map(|module| module.dialect).unwrap_or_default();
    let mut roots: Vec<Root> =
        roots.into_iter().map(|path| Root { dialect: dialect(path), path: path.clone(), prefix: EcoString::new() }).collect();
    if roots.len() > 1 {
        name_roots(&mut roots, named);
    }
    roots
}

/// Gives each root the beginning of its addresses.
fn name_roots(roots: &mut [Root], named: &[EcoString]) {
    let asked = match named {
        [] => Some(""),
        [one] => Some(one.as_str()),
        _ => None,
    };
    for root in roots {
        root.prefix = match root.path.as_str() {
            path if Some(path) == asked => EcoString::new(),
            "" => ".//".into(),
            path => eco_format!("{path}//"),
        };
    }
}

/// Names the only root of one version as the other version names its several.
pub fn align_roots(before: &mut Program, after: &mut Program, named: &[EcoString]) {
    if before.roots.len() > 1 || after.roots.len() > 1 {
        name_roots(&mut before.roots, named);
        name_roots(&mut after.roots, named);
    }
}

/// Takes modules that nothing calls out of the roots, where there are other roots. A folder in one called `modules` is a
/// module unless it says where its state is kept or what its variables are, or can be applied as it stands: it configures
/// a provider and asks for no variable.
fn leave_out_unused<'p>(
    roots: &mut BTreeSet<&'p EcoString>,
    modules: &BTreeMap<EcoString, Module>,
    asked: &BTreeSet<&EcoString>,
    out: &mut Diagnostics,
) -> Vec<&'p EcoString> {
    let is_library = |path: &EcoString| {
        let within = path.rsplit_once('/').is_some_and(|(outer, _)| outer.split('/').any(|step| step == "modules"));
        let stands_alone = |it: &Module| {
            let configured = it.providers.iter().any(|provider| !(provider.body.attributes.is_empty() && provider.body.blocks.is_empty()));
            configured && it.variables.iter().all(|variable| variable.default.is_some())
        };
        let is_module =
            |it: &Module| it.dialect == Dialect::Terraform && it.backend.is_none() && it.assignments.is_empty() && !stands_alone(it);
        within && !asked.contains(path) && modules.get(path).is_some_and(is_module)
    };
    let (unused, used): (Vec<_>, Vec<_>) = roots.iter().copied().partition(|path| is_library(path));
    if !used.iter().any(|path| modules.get(*path).is_some_and(declares)) {
        return Vec::new();
    }
    for path in &unused {
        roots.remove(path);
        let message = "nothing calls this module; name its folder to review it";
        out.push(Diagnostic::about_path(Level::Note, "unused-module", (*path).clone(), message));
    }
    unused
}

/// Whether there is anything in a folder to review.
fn declares(module: &Module) -> bool {
    module.dialect == Dialect::Terraform && !(module.resources.is_empty() && module.calls.is_empty())
}

fn entered(folder: &str, module: &Module, program: &Program, left: &mut u32) -> Vec<EcoString> {
    if module.dialect == Dialect::CloudFormation {
        return module.calls.iter().filter_map(|call| call.source.clone()).collect();
    }
    let mut all = terraform::possible(folder, module, program.modules.keys(), left);
    for call in &module.calls {
        let subject = eco_format!("module.{}", call.name);
        all.extend(terraform::source_folder(folder, &call.name, call.source.as_ref().unwrap_or(&subject), &program.installed));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ExprKind;

    fn program(files: &[(&str, &str)]) -> (Program, Vec<String>) {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.add(Version::After, *path, *text);
        }
        let mut out = Diagnostics::new();
        let program = read(&sources, Version::After, &mut out);
        let said = out.iter().map(|it| {
            let place =
                it.span.and_then(|span| sources.file(span.file).map(|file| format!("{}:{}", file.path, file.line_column(span.start).0)));
            let help = it.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{} {}: {}{help}", place.unwrap_or_default(), it.code, it.message)
        });
        let said = said.collect();
        (program, said)
    }

    fn root_paths(program: &Program) -> Vec<&str> {
        program.roots.iter().map(|root| root.path.as_str()).collect()
    }

    #[test]
    fn folders_that_others_enter_are_no_roots() {
        let (program, said) = program(&[
            ("live/prod/main.tf", "module \"vpc\" {\n  source = \"../../modules/vpc\"\n}\n"),
            ("modules/vpc/main.tf", "module \"sub\" {\n  source = \"./subnets\"\n}\n"),
            ("modules/vpc/subnets/main.tf", "resource \"aws_subnet\" \"a\" {\n}\n"),
            ("modules/unused/main.tf", "module \"far\" {\n  source = \"hashicorp/consul/aws\"\n}\n"),
        ]);
        assert_eq!(root_paths(&program), ["live/prod"]);
        assert_eq!(program.modules.len(), 4);
        assert_eq!(said, [" unused-module: nothing calls this module; name its folder to review it"]);
    }

    #[test]
    fn the_folder_that_was_asked_for_has_plain_addresses() {
        let vpc = "resource \"aws_vpc\" \"a\" {\n}\n";
        let prefixes = |files: &[(&str, &str)]| {
            let (program, _) = program(files);
            program.roots.iter().map(|root| root.prefix.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(prefixes(&[("main.tf", vpc), ("bootstrap/main.tf", vpc)]), ["", "bootstrap//"]);
        assert_eq!(prefixes(&[("a/main.tf", vpc), ("b/main.tf", vpc)]), ["a//", "b//"]);
        assert_eq!(prefixes(&[("a/main.tf", vpc)]), [""]);
        // Of modules alone each is reviewed, and so is one that says where its state is.
        assert_eq!(prefixes(&[("modules/a/main.tf", vpc), ("modules/b/main.tf", vpc)]), ["modules/a//", "modules/b//"]);
        let kept = "terraform {\n  backend \"s3\" {\n  }\n}\n";
        assert_eq!(prefixes(&[("main.tf", vpc), ("modules/a/main.tf", kept)]), ["", "modules/a//"]);
        // What configures a provider and asks for nothing is applied by itself; what asks for a variable is not.
        let alone = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nresource \"aws_vpc\" \"a\" {\n}\n";
        let asking = "provider \"aws\" {\n  region = var.r\n}\nvariable \"r\" {}\nresource \"aws_vpc\" \"a\" {\n}\n";
        assert_eq!(prefixes(&[("main.tf", vpc), ("modules/a/main.tf", alone), ("modules/b/main.tf", asking)]), ["", "modules/a//"]);
    }

    #[test]
    fn folders_that_only_enter_each_other_still_have_a_root() {
        let (program, _) = program(&[
            ("a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n"),
            ("b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n"),
            ("c/main.tf", "module \"self\" {\n  source = \"./\"\n}\n"),
        ]);
        assert_eq!(root_paths(&program), ["a", "c"]);
    }

    #[test]
    fn values_are_assigned_in_the_order_they_are_loaded() {
        let (program, said) = program(&[
            ("app/b.auto.tfvars", "size = 3\n"),
            ("app/a.auto.tfvars", "size = 2\n"),
            ("app/terraform.tfvars", "size = 1\n"),
            ("app/prod.tfvars", "size = 4\n"),
            ("app/main.tf", "variable \"size\" {\n}\n"),
        ]);
        let spans = program.modules["app"].assignments.iter().map(|it| match &it.value.kind {
            ExprKind::Literal(value) => value.to_string(),
            other => panic!("{other:?}"),
        });
        assert_eq!(spans.collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(said, ["app/prod.tfvars:1 values-not-loaded: these values are not used: no module loads this file by itself"]);
    }

    #[test]
    fn a_second_declaration_is_left_out_and_both_places_are_named() {
        let (program, said) = program(&[
            ("a.tf", "# first\nresource \"aws_vpc\" \"main\" {\n}\ndata \"aws_vpc\" \"main\" {\n}\n"),
            ("b.tf", "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"),
        ]);
        assert_eq!(program.modules[""].resources.len(), 2);
        assert_eq!(said, ["b.tf:1 duplicate: `aws_vpc.main` is declared twice; this one is left out (the first one stands at a.tf:2)"]);
    }

    #[test]
    fn override_files_replace_arguments_and_nested_blocks() {
        let (program, said) = program(&[
            (
                "main.tf",
                "resource \"aws_x\" \"a\" {\n  one = 1\n  two = 2\n  rule {\n    n = 1\n  }\n  rule {\n    n = 2\n  }\n  other {\n  }\n}\n",
            ),
            ("main_override.tf", "resource \"aws_x\" \"a\" {\n  two = 3\n  rule {\n    n = 9\n  }\n}\nresource \"aws_x\" \"b\" {\n}\n"),
        ]);
        let body = &program.modules[""].resources[0].body;
        let values: Vec<String> = body.attributes.iter().map(|it| format!("{}={:?}", it.name, it.value.kind)).collect();
        assert_eq!(values, ["one=Literal(1)", "two=Literal(3)"]);
        let blocks: Vec<&str> = body.blocks.iter().map(|block| block.name.as_str()).collect();
        assert_eq!(blocks, ["other", "rule"]);
        assert_eq!(program.modules[""].resources.len(), 1);
        assert_eq!(
            said,
            ["main_override.tf:7 override: this overrides a resource that no other file of the folder declares; it is left out"]
        );
    }

    #[test]
    fn an_opentofu_file_hides_its_namesake() {
        let (program, _) =
            program(&[("main.tf", "resource \"aws_vpc\" \"old\" {\n}\n"), ("main.tofu", "resource \"aws_vpc\" \"new\" {\n}\n")]);
        assert_eq!(program.modules[""].resources[0].name, "new");
        assert_eq!(program.files.iter().map(|file| file.kind).collect::<Vec<_>>(), [Kind::Ignored, Kind::Terraform]);
    }
}
