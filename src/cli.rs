//! The command line: arguments, files, exit status. The only part that touches the machine.

mod affected;
mod code;
mod diagnostics;
mod explain;
mod files;
mod mentions;
mod outside;
mod patch;
mod patched;

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use plumbline::catalog::prices::{self, Prices};
use plumbline::report::{self, Format};
use plumbline::review::{Review, Severity};
use plumbline::source::{FileId, SourceFile, Sources, Version};
use plumbline::{Catalog, Input, Options, lang, review_leaving};

/// Reviewed, and `--fail-on` is met.
const FOUND: u8 = 1;
/// Unusable arguments, or nothing that can be read.
const UNUSABLE: u8 = 2;

pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS };
        }
    };
    let done = match &arguments.command {
        Command::Review(arguments) => review(arguments),
        Command::Affected(arguments) => affected(arguments),
        Command::Explain(arguments) => explain_word(arguments),
    };
    match done {
        Ok(status) => status,
        // The reader went away, as `head` does; that is no failure.
        Err(error) if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Reviews infrastructure as code: what changes, what it breaks, what it costs, how to go back.
///
/// Reads files and nothing else: no credentials, no network, no state.
#[derive(Parser)]
#[command(name = "plumbline", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Review one version, or what changes from --base to it.
    Review(Box<ReviewArguments>),
    /// Say what is affected if a resource, a file or the block at a line is modified.
    Affected(Box<AffectedArguments>),
    /// Say what a check, an action or a resource type means; without a word, list them.
    Explain(ExplainArguments),
}

#[derive(Args)]
struct ReviewArguments {
    #[command(flatten)]
    reading: Reading,

    /// The version before the change: files, folders or zips.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "patch")]
    base: Vec<PathBuf>,

    /// A unified diff that leads from the files given to the version after, or, when it is applied already, from the
    /// version before to them. `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    patch: Option<PathBuf>,

    /// A file of code that differs between the versions, as `git diff --name-only` prints it; may be given several times.
    /// Without --base and --patch, nothing else differs.
    #[arg(long, value_name = "FILE")]
    changed: Vec<PathBuf>,

    #[command(flatten)]
    writing: Writing,

    /// Exit with status 1 when a new finding is at least this severe.
    #[arg(long, value_name = "SEVERITY", default_value = "never")]
    fail_on: FailOn,
}

#[derive(Args)]
struct AffectedArguments {
    #[command(flatten)]
    reading: Reading,

    /// Address of a resource, a block or a module, a file, or a line of a file.
    #[arg(long, value_name = "ADDRESS|FILE[:LINE]")]
    of: String,

    #[command(flatten)]
    writing: Writing,
}

#[derive(Args)]
struct ExplainArguments {
    /// Id of a check, name of an action, or a resource type such as aws_db_instance.
    #[arg(value_name = "ID")]
    word: Option<String>,

    /// Region of the prices.
    #[arg(long)]
    region: Option<String>,
}

/// What is read.
#[derive(Args)]
struct Reading {
    /// Files, folders or zips; `-` reads standard input.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// What standard input is called. Its ending says which format it is; without a name, the text says it.
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<String>,

    /// Value of a variable; may be given several times.
    #[arg(long = "var", value_name = "NAME=VALUE")]
    variables: Vec<String>,

    /// File of variable values, or of a stack's parameters; may be given several times, later ones win, --var wins over all.
    #[arg(long = "var-file", value_name = "FILE")]
    variable_files: Vec<PathBuf>,

    /// Folder that holds a module whose source is elsewhere; may be given several times.
    #[arg(long = "module", value_name = "SOURCE=FOLDER")]
    modules: Vec<String>,

    /// Region of resources whose provider names none.
    #[arg(long)]
    region: Option<String>,

    /// Expected usage, in the format of Infracost's usage file.
    #[arg(long, value_name = "FILE")]
    usage: Option<PathBuf>,

    /// Price table to use in place of the built-in one, packed like the `prices.bin` that the npm package holds.
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
}

/// What is printed, and where.
#[derive(Args)]
struct Writing {
    /// What to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: Format,

    /// File to write to, in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Never,
    Low,
    Medium,
    High,
    Critical,
}

fn review(arguments: &ReviewArguments) -> Result<ExitCode> {
    let files = files::read(&arguments.reading.paths, arguments.reading.stdin_name.as_deref())?;
    let mut told: Vec<PathBuf> = Vec::new();
    for path in &arguments.changed {
        told.push(files::absolute(&files::at_root(path))?);
    }
    let (after, before) = match &arguments.patch {
        Some(path) => {
            let versions = patched::versions(files, &text_of(path)?)?;
            if versions.elsewhere > 0 {
                note(&format!(
                    "{} of the patch lie outside the paths given and count where something is made of them",
                    counted(versions.elsewhere)
                ));
            }
            told.extend(versions.code);
            (versions.after, Some(versions.before))
        }
        None if arguments.base.is_empty() && told.is_empty() => (files, None),
        None if arguments.base.is_empty() => (files.clone(), Some(files)),
        None => {
            let base = files::read_like(&arguments.base, arguments.reading.stdin_name.as_deref(), Some(&files))?;
            (files, Some(base))
        }
    };
    note_left_out(&after, before.as_ref());
    let (mut files, mut base) = files::named(&after, before.as_ref());
    let mut options = options(&arguments.reading)?;
    options.named = files::named_folders(&after, before.as_ref()).into_iter().map(Into::into).collect();
    for (folder, more) in modules(&arguments.reading, &mut options)? {
        files::add_module(&mut files, &folder, &more);
        base.iter_mut().for_each(|base| files::add_module(base, &folder, &more));
    }
    let levels = files::levels(&after, before.as_ref());
    options.changed = told.iter().map(|path| code::name_of(path, &after, levels)).collect();
    let mut input = Input { files, base, options, catalog: catalog(arguments.reading.prices.as_deref())? };
    let mut reviewed = review_leaving(&input);
    if let Some(before) = before.filter(|_| !arguments.base.is_empty()) {
        // Which paths are code is known when they are read; most often none of it differs.
        let differing = code::differing(&reviewed.0, &after, &before, levels);
        if !differing.is_empty() {
            input.options.changed.extend(differing);
            reviewed = review_leaving(&input);
        }
    }
    // The process ends after this, which frees all at once and not piece by piece.
    let (_input, reviewed) = (ManuallyDrop::new(input), ManuallyDrop::new(reviewed));
    let (review, sources, _) = &*reviewed;
    refuse_unread(review)?;
    print(&arguments.writing, review, sources)?;
    Ok(if fails(review, arguments.fail_on) { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn affected(arguments: &AffectedArguments) -> Result<ExitCode> {
    let files = files::read(&arguments.reading.paths, arguments.reading.stdin_name.as_deref())?;
    note_left_out(&files, None);
    let named = files::named_folders(&files, None).into_iter().map(Into::into).collect();
    let (mut files, _) = files::named(&files, None);
    let mut options = Options { named, ..options(&arguments.reading)? };
    for (folder, more) in modules(&arguments.reading, &mut options)? {
        files::add_module(&mut files, &folder, &more);
    }
    let input = Input { files, base: None, options, catalog: Catalog::new() };
    let (review, sources, spent) = review_leaving(&input);
    std::mem::forget(spent);
    refuse_unread(&review)?;
    print(&arguments.writing, &affected::focus(review, &arguments.of)?, &sources)?;
    Ok(ExitCode::SUCCESS)
}

/// Notes that one version gets; the rest is counted.
const MOST_NOTES: usize = 10;

/// Says what was named and not read, and why.
fn note_left_out(after: &files::Files, before: Option<&files::Files>) {
    let mut notes: Vec<&String> = before.into_iter().chain([after]).flat_map(|files| &files.left_out).collect();
    notes.sort();
    notes.dedup();
    for text in notes.iter().take(MOST_NOTES) {
        note(text);
    }
    if notes.len() > MOST_NOTES {
        note(&format!("{} more are not read", notes.len() - MOST_NOTES));
    }
}

fn explain_word(arguments: &ExplainArguments) -> Result<ExitCode> {
    let Some(word) = &arguments.word else {
        write_out(&explain::list())?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(text) = explain::explain(word, &catalog(None)?, arguments.region.as_deref()) else {
        bail!("nothing here is called {word}; `plumbline explain` lists what is");
    };
    write_out(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// A review without any configuration is none: says why the files were left out.
fn refuse_unread(review: &Review) -> Result<()> {
    if review.files.iter().any(|file| file.kind != lang::Kind::Ignored.name()) {
        return Ok(());
    }
    let _ = write!(std::io::stderr(), "{}", diagnostics::print(&review.diagnostics, &Sources::default(), false));
    bail!("nothing here is configuration that Plumbline reads")
}

fn print(writing: &Writing, review: &Review, sources: &Sources) -> Result<()> {
    if writing.format == Format::Json && writing.output.is_none() {
        // Piece by piece: the whole would be megabytes of memory, which has to be cleared first.
        let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        report::json::write(review, &mut out)?;
        out.write_all(b"\n")?;
        return Ok(out.flush()?);
    }
    let mut printed = report::render(writing.format, review, sources);
    if !printed.ends_with('\n') {
        printed.push('\n');
    }
    if writing.format == Format::Text {
        let styled = std::io::stderr().is_terminal();
        let _ = write!(std::io::stderr(), "{}", diagnostics::print(&review.diagnostics, sources, styled));
    }
    match &writing.output {
        Some(path) => std::fs::write(path, printed).with_context(|| format!("{} cannot be written", path.display())),
        None => write_out(&printed),
    }
}

fn write_out(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn fails(review: &Review, fail_on: FailOn) -> bool {
    let least = match fail_on {
        FailOn::Never => return false,
        FailOn::Low => Severity::Low,
        FailOn::Medium => Severity::Medium,
        FailOn::High => Severity::High,
        FailOn::Critical => Severity::Critical,
    };
    // Severities are ordered worst first.
    review.findings.iter().any(|finding| finding.severity <= least && (finding.new || !review.compared))
}

fn options(reading: &Reading) -> Result<Options> {
    let mut variables = BTreeMap::new();
    for path in &reading.variable_files {
        for (name, value) in assignments(path)? {
            variables.insert(name, value);
        }
    }
    for variable in &reading.variables {
        let Some((name, value)) = variable.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
            bail!("--var {variable}: write NAME=VALUE");
        };
        variables.insert(name.trim().into(), value.into());
    }
    let usage = reading.usage.as_deref().map(text_of).transpose()?;
    let region = reading.region.as_ref().map(Into::into);
    Ok(Options { variables, region, usage: usage.map(Into::into), ..Options::default() })
}

/// The assignments of a `.tfvars` file, each in the language's own syntax, or the parameters of a stack in JSON.
fn assignments(path: &Path) -> Result<Vec<(ecow::EcoString, ecow::EcoString)>> {
    let file = SourceFile::new(FileId(0), Version::After, path.to_string_lossy().as_ref(), text_of(path)?);
    if let Some(values) = lang::cloudformation::parameters::values(&file) {
        return Ok(values);
    }
    let (module, problems) = lang::terraform::assignments(&file);
    if let Some(problem) = problems.first() {
        let line = problem.span.map_or(0, |span| file.place(span).line);
        bail!("{}:{line}: {}", path.display(), problem.message);
    }
    let value = |expression: &plumbline::model::Expr| match &expression.kind {
        plumbline::model::ExprKind::Literal(plumbline::model::Value::Text(text)) => text.clone(),
        _ => file.slice(expression.span).into(),
    };
    Ok(module.assignments.iter().map(|assignment| (assignment.name.clone(), value(&assignment.value))).collect())
}

/// The folders given for modules, with their names among the files; each source is noted in the options.
fn modules(reading: &Reading, options: &mut Options) -> Result<Vec<(String, files::Files)>> {
    let mut found = Vec::new();
    for module in &reading.modules {
        // A source may hold `=`, in `?ref=v1`; a folder's name hardly does.
        let Some((source, folder)) = module.rsplit_once('=').filter(|(source, folder)| !source.is_empty() && !folder.is_empty()) else {
            bail!("--module {module}: write SOURCE=FOLDER");
        };
        let path = PathBuf::from(folder);
        if !path.is_dir() {
            bail!("--module {module}: {folder} is no folder");
        }
        let name = files::module_name(&path);
        options.modules.insert(source.into(), name.as_str().into());
        found.push((name, files::read(&[path], None)?));
    }
    Ok(found)
}

fn catalog(path: Option<&Path>) -> Result<Catalog> {
    let bytes = path.map(|path| std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))).transpose()?;
    let prices = Prices::open(bytes.as_deref().unwrap_or(prices::bundled()));
    match (prices, path) {
        (Ok(prices), _) => Ok(Catalog::new().with_prices(prices)),
        (Err(reason), Some(path)) => bail!("{} is no price table: {reason}", path.display()),
        (Err(reason), None) => bail!("the built-in price table is damaged: {reason}"),
    }
}

/// The text of a file, or of standard input for `-`.
fn text_of(path: &Path) -> Result<String> {
    let read = if path.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    read.with_context(|| format!("{} cannot be read", path.display()))
}

/// Accepts the names of the formats there are, and lists them in the help.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).map(|name| Format::of_name(&name).unwrap_or(Format::Text))
}

fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "note: {text}");
}

fn counted(files: usize) -> String {
    if files == 1 { "1 file".to_string() } else { format!("{files} files") }
}
