//! YAML and JSON as one tree: mappings, sequences and scalars, each with its exact place.
//!
//! Tolerant: a line that fits nowhere is reported and left out, and what stands around it is still read.
//! Aliases are copied, up to a bound; merge keys are applied; of a key written twice the last one counts.

mod block;
mod flow;
mod join;
mod scalar;
#[cfg(test)]
mod tests;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Nesting that is still read. A template's deepest intrinsic in JSON takes two levels each.
const DEPTH: u32 = 450;
/// Nodes that aliases may copy in one file: a few lines of aliases to aliases would otherwise fill the memory.
const COPIES: usize = 100_000;

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value alone: without its tag and anchor, with its quotes. An alias has the place of the alias.
    pub span: Span,
    pub kind: Kind,
    /// As written: `!Ref`, `!!str`.
    pub tag: Option<EcoString>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text after escapes and folding. Nothing at all is a plain, empty scalar.
    Scalar {
        text: EcoString,
        style: Style,
    },
    Sequence(Vec<Node>),
    /// In the order of the text; no key twice.
    Mapping(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: Node,
    pub value: Node,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: may be a number, a truth value or null.
    Plain,
    Quoted,
    /// `|` or `>`.
    Block,
}

/// What a scalar without quotes means, by the rules of YAML 1.1 that templates are read with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is no 64-bit integer, as written.
    Number(&'a str),
    Text(&'a str),
}

impl Node {
    pub fn new(span: Span, kind: Kind) -> Node {
        Node { span, kind, tag: None }
    }

    /// A text, as if it had been quoted.
    pub fn text_at(span: Span, text: impl Into<EcoString>) -> Node {
        Node::new(span, Kind::Scalar { text: text.into(), style: Style::Quoted })
    }

    /// A number, truth value or null, as if written without quotes.
    pub fn plain_at(span: Span, text: impl Into<EcoString>) -> Node {
        Node::new(span, Kind::Scalar { text: text.into(), style: Style::Plain })
    }

    /// A mapping whose keys have the place of the whole.
    pub fn mapping_at<K: Into<EcoString>>(span: Span, entries: impl IntoIterator<Item = (K, Node)>) -> Node {
        let entries = entries.into_iter().map(|(key, value)| Entry { key: Node::text_at(span, key), value });
        Node::new(span, Kind::Mapping(entries.collect()))
    }

    pub fn sequence_at(span: Span, items: impl IntoIterator<Item = Node>) -> Node {
        Node::new(span, Kind::Sequence(items.into_iter().collect()))
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Sequence(items) => items,
            _ => &[],
        }
    }

    pub fn is_mapping(&self) -> bool {
        matches!(self.kind, Kind::Mapping(_))
    }

    pub fn is_sequence(&self) -> bool {
        matches!(self.kind, Kind::Sequence(_))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.text() == Some(key))
    }

    /// The text of a scalar, whatever it means.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// What a scalar means; `None` for mappings and sequences.
    pub fn scalar(&self) -> Option<Scalar<'_>> {
        match &self.kind {
            Kind::Scalar { text, style: Style::Plain } => match self.tag.as_deref() {
                Some("!!str" | "!") => Some(Scalar::Text(text)),
                _ => Some(scalar::meaning(text)),
            },
            Kind::Scalar { text, .. } => Some(Scalar::Text(text)),
            _ => None,
        }
    }
}

/// Reads every document of a text. JSON is read by the same rules, and told apart by its first sign.
pub fn read(file: FileId, text: &str, out: &mut Diagnostics) -> Vec<Node> {
    let mut reader = Reader {
        file,
        text,
        bytes: text.as_bytes(),
        pos: 0,
        out,
        anchors: FxHashMap::default(),
        copied: 0,
        depth: 0,
        json: text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']),
        parent: -1,
        tab_seen: false,
        given_up: false,
    };
    reader.documents()
}

/// Reads a text that should be one document: the first one that is not empty.
pub fn read_one(file: FileId, text: &str, out: &mut Diagnostics) -> Option<Node> {
    read(file, text, out).into_iter().find(|node| !node.is_null())
}

struct Reader<'t, 'o> {
    file: FileId,
    text: &'t str,
    bytes: &'t [u8],
    pos: usize,
    out: &'o mut Diagnostics,
    /// Named nodes, each with the number of nodes in it.
    anchors: FxHashMap<&'t str, (Node, usize)>,
    copied: usize,
    depth: u32,
    json: bool,
    /// The column that the lines of the flow or quoted value at hand must stand behind.
    parent: i32,
    tab_seen: bool,
    /// The rest of the file is left out, and that is said: what then seems to be missing is no news.
    given_up: bool,
}

/// Tag and anchor before a value.
#[derive(Default)]
struct Properties<'t> {
    tag: Option<&'t str>,
    anchor: Option<&'t str>,
}

impl<'t> Reader<'t, '_> {
    fn documents(&mut self) -> Vec<Node> {
        let mut documents = Vec::new();
        if self.text.starts_with('\u{feff}') {
            self.pos = '\u{feff}'.len_utf8();
        }
        loop {
            self.skip_blank();
            while self.byte() == b'%'
                && self.at_line_start()
                && self.text.get(self.pos..).is_some_and(|rest| rest.starts_with("%YAML") || rest.starts_with("%TAG"))
            {
                self.skip_line();
                self.skip_blank();
            }
            if self.at_marker() {
                self.pos += 3;
                self.skip_blank();
            }
            if self.ended() {
                return documents;
            }
            if !self.at_marker() {
                documents.push(self.document());
            }
        }
    }

    /// Up to the next marker. A document is one value; of several, the first mapping is the one that was meant.
    fn document(&mut self) -> Node {
        let mut document: Option<Node> = None;
        while !self.ended() && !self.at_marker() {
            let start = self.pos;
            let node = self.block_node(-1);
            self.skip_blank();
            if self.pos == start {
                self.report("syntax", start, start + 1, "this cannot stand here; the line is left out");
                self.skip_line();
                self.skip_blank();
            }
            match &document {
                None => document = Some(node),
                Some(before) => {
                    let left_out = if !before.is_mapping() && node.is_mapping() { before.span } else { node.span };
                    self.out.push(Diagnostic::error("syntax", left_out, "a document is one value; this part is left out"));
                    if left_out != node.span {
                        document = Some(node);
                    }
                }
            }
        }
        document.unwrap_or_else(|| self.null())
    }

    fn ended(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    /// The byte at hand; a line feed past the end.
    fn byte(&self) -> u8 {
        self.byte_at(self.pos)
    }

    fn byte_at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn at_line_start(&self) -> bool {
        self.pos == 0 || self.byte_at(self.pos - 1) == b'\n'
    }

    /// `---` or `...` at the start of a line.
    fn at_marker(&self) -> bool {
        self.at_line_start() && self.marker_at(self.pos)
    }

    fn marker_at(&self, at: usize) -> bool {
        matches!(self.bytes.get(at..at + 3), Some(b"---" | b"...")) && is_blank(self.byte_at(at + 3))
    }

    /// White space, line ends and comments.
    fn skip_blank(&mut self) {
        loop {
            match self.byte() {
                b' ' | b'\t' | b'\r' => self.pos += 1,
                b'\n' if !self.ended() => self.pos += 1,
                b'#' if self.pos == 0 || is_blank(self.byte_at(self.pos - 1)) => self.skip_line(),
                _ => return,
            }
        }
    }

    fn skip_spaces(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\r') {
            self.pos += 1;
        }
    }

    /// To the line feed that ends this line.
    fn skip_line(&mut self) {
        self.pos = self.line_end(self.pos);
    }

    fn line_end(&self, at: usize) -> usize {
        self.bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\n')).map_or(self.bytes.len(), |length| at + length)
    }

    /// Nothing but white space or a comment up to the end of the line.
    fn at_line_end(&self) -> bool {
        let mut at = self.pos;
        while matches!(self.byte_at(at), b' ' | b'\t' | b'\r') {
            at += 1;
        }
        self.byte_at(at) == b'\n' || self.byte_at(at) == b'#' && (at == 0 || is_blank(self.byte_at(at - 1)))
    }

    /// The column of the byte at hand. A tab, which YAML forbids here, counts as two.
    fn column(&mut self) -> i32 {
        let before = self.bytes.get(..self.pos).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let (column, text, tab) = self.indent_of(start);
        if let Some(tab) = tab.filter(|_| !self.tab_seen && !self.json) {
            self.tab_seen = true;
            self.report("tab", tab, tab + 1, "YAML forbids tabs before a line's text; each is read as two spaces");
        }
        column + (self.pos.saturating_sub(text)) as i32
    }

    /// The column of the first text of a line, where that is, and the first tab before it.
    fn indent_of(&self, start: usize) -> (i32, usize, Option<usize>) {
        let (mut column, mut at, mut tab) = (0, start, None);
        loop {
            match self.byte_at(at) {
                b' ' => column += 1,
                b'\t' => {
                    column += 2;
                    tab = tab.or(Some(at));
                }
                _ => return (column, at, tab),
            }
            at += 1;
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end.max(start).min(self.bytes.len()) as u32)
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    fn null(&self) -> Node {
        Node::plain_at(self.span(self.pos, self.pos), "")
    }

    /// Reports what is wrong between two offsets; the end is moved to a whole character.
    fn report(&mut self, code: &'static str, start: usize, end: usize, message: &'static str) {
        if self.given_up {
            return;
        }
        let mut end = end.min(self.bytes.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let span = self.span(start, end);
        self.out.push(Diagnostic::error(code, span, message));
    }

    /// Reads a tag and an anchor, in any order.
    fn properties(&mut self, in_flow: bool) -> Properties<'t> {
        let mut properties = Properties::default();
        loop {
            let start = self.pos;
            match self.byte() {
                b'!' if properties.tag.is_none() => {
                    self.skip_word(in_flow);
                    properties.tag = Some(self.slice(start, self.pos));
                }
                b'&' if properties.anchor.is_none() => {
                    self.pos += 1;
                    self.skip_word(in_flow);
                    properties.anchor = Some(self.slice(start + 1, self.pos));
                }
                _ => return properties,
            }
            self.skip_spaces();
        }
    }

    fn skip_word(&mut self, in_flow: bool) {
        while !(is_blank(self.byte()) || in_flow && is_flow_sign(self.byte())) {
            self.pos += 1;
        }
    }

    fn with_properties(&mut self, mut node: Node, properties: Properties<'t>) -> Node {
        if let Some(tag) = properties.tag {
            node.tag = Some(tag.into());
        }
        if let Some(anchor) = properties.anchor {
            let size = size_of(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        node
    }

    /// `*name`: a copy of the named node, at the place of the alias.
    fn alias(&mut self) -> Node {
        let start = self.pos;
        self.pos += 1;
        while matches!(self.byte(), b'-' | b'_' | b'.' | b'/' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..) {
            self.pos += 1;
        }
        let span = self.span(start, self.pos);
        let missing = match self.anchors.get(self.slice(start + 1, self.pos)) {
            Some((_, size)) if self.copied + size > COPIES => "aliases copy more than 100,000 values; this one is left out",
            Some((node, size)) => {
                self.copied += size;
                return Node { span, ..node.clone() };
            }
            None => "no anchor of this name stands before this line; the value is left out",
        };
        self.out.push(Diagnostic::error("alias", span, missing));
        Node::plain_at(span, "")
    }
}

fn size_of(node: &Node) -> usize {
    match &node.kind {
        Kind::Scalar { .. } => 1,
        Kind::Sequence(items) => 1 + items.iter().map(size_of).sum::<usize>(),
        Kind::Mapping(entries) => 1 + entries.iter().map(|entry| size_of(&entry.key) + size_of(&entry.value)).sum::<usize>(),
    }
}

/// White space or the end of the line.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_flow_sign(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}
