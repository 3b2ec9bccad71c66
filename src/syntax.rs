//! tree-sitter, and the only module that names it: parse a text, walk its tree, find what could not be read.
//!
//! Owns the limits that keep hostile text from taking long. Knows no language's meaning.

pub mod document;
pub mod hcl;

use std::cell::Cell;
use std::ops::{ControlFlow, Range};

use ecow::{EcoString, eco_format};
use tree_sitter::{ParseOptions, Parser, TreeCursor};
use tree_sitter_language::LanguageFn;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// The grammars that are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Hcl,
}

/// A parsed text. Broken text gives a tree too, with error nodes in it.
pub struct Tree {
    inner: tree_sitter::Tree,
}

/// A node of a tree: cheap to copy, valid as long as the tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    inner: tree_sitter::Node<'t>,
}

/// Bytes handed to the lexer at a time. Reads are counted, so text that is read over and over is noticed.
const CHUNK: usize = 16 * 1024;
/// How often a text may be read before the parse is given up; ordinary files are read once.
const READS_PER_CHUNK: usize = 64;
/// Reads that even the smallest text may take.
const READS_AT_LEAST: usize = 1024;
/// Parser operations allowed for each byte of text, in hundreds; ordinary files take less than one for each byte.
const OPERATIONS_PER_BYTE: usize = 6;
/// Operations that even the smallest text may take, in hundreds.
const OPERATIONS_AT_LEAST: usize = 20_000;
/// Operations after the first error, in hundreds, and bytes after it, past both of which the parse is given up: an
/// operation that mends costs up to thirty times what another does.
const BROKEN_OPERATIONS: usize = 300;
const BROKEN_BYTES: usize = 150_000;
/// Error places reported for one file; the rest is counted.
const MAX_PROBLEMS: usize = 50;

/// Parses a text. `None` when the parse would take longer than its text can justify.
pub fn parse(language: Language, text: &str) -> Option<Tree> {
    parse_part(language, text, 0..text.len())
}

/// Parses a part of a text, as if nothing else were there. The tree's places are those of the whole text.
pub fn parse_part(language: Language, text: &str, part: Range<usize>) -> Option<Tree> {
    let mut parser = PARSER.take().unwrap_or_default();
    parser.set_language(&grammar(language)).ok()?;
    let point = tree_sitter::Point::default();
    let range = tree_sitter::Range { start_byte: part.start, end_byte: part.end, start_point: point, end_point: point };
    let ranges = [range];
    parser.set_included_ranges(if part.len() < text.len() { &ranges } else { &[] }).ok()?;
    let bytes = text.as_bytes();
    let exhausted = Cell::new(false);
    let mut reads = (part.len() / CHUNK + 1).saturating_mul(READS_PER_CHUNK).max(READS_AT_LEAST);
    let mut last = 0;
    let mut read = |offset: usize, _| {
        if reads == 0 {
            exhausted.set(true);
            return <&[u8]>::default();
        }
        // The column of each heredoc is found by reading its line again: a short step on from the last read, and no
        // sign of a parser that goes back and forth.
        let onward = offset > last && offset < last + CHUNK;
        last = offset;
        reads -= usize::from(!onward);
        bytes.get(offset..bytes.len().min(offset.saturating_add(CHUNK))).unwrap_or_default()
    };
    let mut hundreds = part.len().saturating_mul(OPERATIONS_PER_BYTE) / 100 + OPERATIONS_AT_LEAST;
    let (mut broken, mut broken_from) = (0, None);
    let mut progress = |state: &tree_sitter::ParseState| {
        hundreds = hundreds.saturating_sub(1);
        if state.has_error() {
            broken += 1;
            let from = *broken_from.get_or_insert(state.current_byte_offset());
            exhausted.set(exhausted.get() || broken > BROKEN_OPERATIONS && state.current_byte_offset() > from + BROKEN_BYTES);
        }
        if hundreds == 0 || exhausted.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let tree = parser.parse_with_options(&mut read, None, Some(options));
    parser.reset();
    PARSER.set(Some(parser));
    if exhausted.get() { None } else { Some(Tree { inner: tree? }) }
}

thread_local! {
    /// The memory it has gathered serves the next file too: most files are small.
    static PARSER: Cell<Option<Parser>> = const { Cell::new(None) };
}

fn grammar(language: Language) -> tree_sitter::Language {
    match language {
        Language::Hcl => hcl_grammar().into(),
    }
}

#[allow(unsafe_code, reason = "the generated parser is C; its one function returns a constant")]
fn hcl_grammar() -> LanguageFn {
    unsafe extern "C" {
        fn tree_sitter_hcl() -> *const ();
    }
    unsafe { LanguageFn::from_raw(tree_sitter_hcl) }
}

impl Tree {
    pub fn root(&self) -> Node<'_> {
        Node { inner: self.inner.root_node() }
    }

    pub fn has_error(&self) -> bool {
        self.inner.root_node().has_error()
    }

    /// The tree in tree-sitter's own notation, as the grammar's tests write it.
    pub fn outline(&self) -> String {
        self.inner.root_node().to_sexp()
    }

    /// One diagnostic for each piece of text that fits no rule and each token that is missing.
    pub fn problems(&self, file: FileId, text: &str, out: &mut Diagnostics) {
        // A file that is read in parts has one list.
        let mut found = out.len();
        if !self.has_error() || found > MAX_PROBLEMS {
            return;
        }
        let mut cursor = self.inner.walk();
        // Down only where something is wrong; an error node is reported whole and not entered.
        loop {
            let node = Node { inner: cursor.node() };
            let inside = node.has_error() && !node.inner.is_error() && node.children().any(is_wrong);
            if is_wrong(node) && !inside {
                found += 1;
                if found <= MAX_PROBLEMS {
                    out.push(problem(node, file, text));
                }
            }
            if inside && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    if found > MAX_PROBLEMS {
                        out.push(Diagnostic::error("syntax", Span::new(file, 0, 0), "more places cannot be read than are listed"));
                    }
                    return;
                }
            }
        }
    }
}

fn is_wrong(node: Node<'_>) -> bool {
    node.has_error() || node.is_missing()
}

fn problem(node: Node<'_>, file: FileId, text: &str) -> Diagnostic {
    let range = node.range();
    let found = text.get(range.start as usize..range.end as usize).unwrap_or_default();
    if node.inner.is_error() {
        let trimmed = found.trim_end();
        let span = Span::new(file, range.start, range.start + trimmed.len() as u32);
        return match quoted(found) {
            Some(quoted) => Diagnostic::error("syntax", span, eco_format!("cannot read {quoted}")),
            None => Diagnostic::error("syntax", span, "something is missing here"),
        };
    }
    let first_line = found.lines().next().unwrap_or_default();
    let span = Span::new(file, range.start, range.start + first_line.len() as u32);
    if node.is_missing() {
        return Diagnostic::error("syntax", span, "a value is missing here");
    }
    // Punctuation has no node of its own: the node that lacks it is all there is to point at.
    match hcl::closing(node.kind()) {
        Some(sign) => Diagnostic::error("syntax", span, eco_format!("`{sign}` is missing: what begins here is not closed")),
        None => Diagnostic::error("syntax", span, "a sign is missing in this"),
    }
}

/// The first line of a text in backquotes, shortened; `None` for blank text.
fn quoted(text: &str) -> Option<EcoString> {
    const SHOWN: usize = 40;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(match line.char_indices().nth(SHOWN) {
        Some((end, _)) => eco_format!("`{}…`", line.get(..end).unwrap_or_default()),
        None => eco_format!("`{line}`"),
    })
}

impl<'t> Node<'t> {
    /// The number of its kind: compare with the constants of the language's module.
    pub fn kind(self) -> u16 {
        self.inner.kind_id()
    }

    pub fn start(self) -> u32 {
        self.inner.start_byte() as u32
    }

    pub fn end(self) -> u32 {
        self.inner.end_byte() as u32
    }

    pub fn range(self) -> Range<u32> {
        self.start()..self.end()
    }

    pub fn has_error(self) -> bool {
        self.inner.has_error()
    }

    pub fn is_missing(self) -> bool {
        self.inner.is_missing()
    }

    pub fn child_count(self) -> usize {
        self.inner.child_count() as usize
    }

    /// Its children in order, anonymous ones included.
    pub fn children(self) -> Children<'t> {
        // Asking by number is the fastest way for few children, and slow for thousands in one flat node.
        const FEW: u32 = 24;
        let count = self.inner.child_count();
        if count <= FEW {
            return Children(Way::Numbered { node: self.inner, next: 0, count });
        }
        let mut cursor = self.inner.walk();
        let started = cursor.goto_first_child();
        Children(Way::Cursor { cursor, more: started })
    }
}

/// Iterator of [`Node::children`].
pub struct Children<'t>(Way<'t>);

enum Way<'t> {
    Numbered { node: tree_sitter::Node<'t>, next: u32, count: u32 },
    Cursor { cursor: TreeCursor<'t>, more: bool },
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        match &mut self.0 {
            Way::Numbered { node, next, count } => {
                if next >= count {
                    return None;
                }
                let child = node.child(*next);
                *next += 1;
                child.map(|inner| Node { inner })
            }
            Way::Cursor { cursor, more } => {
                if !*more {
                    return None;
                }
                let inner = cursor.node();
                *more = cursor.goto_next_sibling();
                Some(Node { inner })
            }
        }
    }
}
