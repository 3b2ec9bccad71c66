//! Terraform and OpenTofu: HCL files to one module per folder.

mod blocks;
mod body;
mod conditions;
mod expression;
mod heredoc;
mod installed;
mod json;
mod lowering;
pub mod merge;
mod names;
pub mod paths;
mod pieces;
mod schema;
mod sources;
mod template;
#[cfg(test)]
mod tests;

use ecow::EcoString;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Expr, Module};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::{self, Language, Tree};

pub use installed::{Installed, folders_of, installed, source_folder};
use lowering::Lowering;
pub use sources::{WORK, possible};

/// Whether this build reads the JSON spelling; the browser's first core does not, and has no room for it.
pub const READS_JSON: bool = cfg!(feature = "templates");

pub fn is_json(file: &SourceFile) -> bool {
    file.path.ends_with(".json")
}

/// Reads a `.tf` or `.tf.json` file to the declarations in it.
pub fn configuration(file: &SourceFile) -> (Module, Diagnostics) {
    if READS_JSON && is_json(file) { json::configuration(file) } else { lower(file, blocks::configuration) }
}

/// Reads a `.tfvars` or `.tfvars.json` file to the assignments in it.
pub fn assignments(file: &SourceFile) -> (Module, Diagnostics) {
    if READS_JSON && is_json(file) { json::assignments(file) } else { lower(file, blocks::values) }
}

/// Reads one expression, such as a variable's value given on a command line. Spans lie in `file`, from 0.
pub fn expression(file: FileId, text: &str) -> (Expr, Diagnostics) {
    let mut out = Diagnostics::new();
    // Parentheses let it have several lines, as a value may; the tree's places are then off by their width.
    let wrapped = format!("x=(\n{text}\n)\n");
    let Some(tree) = parse(file, &wrapped, 0..wrapped.len(), &mut out) else {
        return (lowering::unknown(Span::new(file, 0, 0), "cannot be read"), out);
    };
    let mut low = Lowering::new(&wrapped, file, tree.has_error());
    let module = blocks::assignments(&mut low, tree.root());
    out.append(&mut low.out);
    let value = match module.assignments.into_iter().next() {
        Some(attribute) if !tree.has_error() => attribute.value,
        _ => lowering::unknown(Span::new(file, 0, 0), EcoString::from("the text is no expression")),
    };
    (value, out)
}

fn lower(file: &SourceFile, read: fn(&mut Lowering<'_>, syntax::Node<'_>) -> Module) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let Some(mut tree) = parse(file.id, &file.text, 0..file.text.len(), &mut out) else { return (Module::default(), out) };
    let mut hole = None;
    let mut text = std::borrow::Cow::Borrowed(&*file.text);
    if tree.has_error()
        && let Some(open) = heredoc::open(&file.text)
    {
        // What begins there would reach to the end of the file and take every block after it along.
        let without = heredoc::without(&file.text, &open);
        out.clear();
        let marker = file.text.get(open.marker.clone()).unwrap_or_default();
        let span = Span::new(file.id, open.start as u32, open.marker.end as u32);
        let message = ecow::eco_format!("the text that begins here is not closed: no line is `{marker}` alone");
        out.push(Diagnostic::error("syntax", span, message));
        let Some(again) = parse(file.id, &without, 0..without.len(), &mut out) else { return (Module::default(), out) };
        (tree, text, hole) = (again, without.into(), Some(open.start as u32));
    }
    let mut low = Lowering::new(&text, file.id, tree.has_error());
    low.hole = hole;
    if !low.damaged && low.text.contains('\u{FEFF}') {
        names::stray_marks(&mut low, tree.root());
    }
    let mut module = if low.damaged { Module::default() } else { read(&mut low, tree.root()) };
    if low.damaged || low.swallowed {
        let parts = pieces::of(&text);
        low.out.clear();
        out.truncate(usize::from(hole.is_some()));
        module = Module::default();
        for part in parts {
            let Some(tree) = parse(file.id, &text, part, &mut out) else { continue };
            low.damaged = tree.has_error();
            merge::add(&mut module, read(&mut low, tree.root()));
        }
    }
    out.append(&mut low.out);
    (module, out)
}

fn parse(file: FileId, text: &str, part: std::ops::Range<usize>, out: &mut Diagnostics) -> Option<Tree> {
    let tree = syntax::parse_part(Language::Hcl, text, part);
    match &tree {
        Some(tree) => tree.problems(file, text, out),
        None => out.push(Diagnostic::error(
            "parse-limit",
            Span::new(file, 0, 0),
            "reading this file takes more steps than its size justifies; it is left out",
        )),
    }
    tree
}
