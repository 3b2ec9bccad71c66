//! Quoted texts, templates and heredocs: escapes, strip markers, indentation, directives paired.

use std::borrow::Cow;

use ecow::{EcoString, eco_format};

use super::expression::{Loop, expression, loop_of, parts, whole_word};
use super::lowering::{Lowering, MAX_DEPTH, text, unknown};
use super::names;
use crate::model::{Expr, ExprKind, Part, Value};
use crate::source::Span;
use crate::syntax::{Node, hcl};

/// A quoted text whose interpolations, if any, are names: one token in the tree, quotes included.
pub(super) fn string(low: &mut Lowering<'_>, span: Span) -> Expr {
    let raw = low.slice(span.start + 1, span.end.saturating_sub(1));
    if !raw.bytes().any(|byte| matches!(byte, b'\\' | b'$' | b'%')) {
        return text(raw, span);
    }
    let mut parts = Vec::new();
    segments(raw, |segment| match segment {
        Segment::Text(at, text) => parts.push(Part::Text(EcoString::from(&*unescaped(low, text, span.start + 1 + at)))),
        Segment::Name(from, to) => {
            let place = low.between(span.start + 1 + from, span.start + 1 + to);
            parts.push(Part::Interpolation(names::value(low, place)));
        }
    });
    whole(parts, span)
}

/// The text of a quoted string that can hold no interpolation, such as a label.
pub(super) fn label(low: &mut Lowering<'_>, span: Span) -> EcoString {
    match string(low, span).kind {
        ExprKind::Literal(Value::Text(text)) => text,
        _ => {
            let raw = low.slice(span.start + 1, span.end.saturating_sub(1));
            low.error_with_help(span, "a label cannot contain a template", "labels are fixed: write the text out");
            EcoString::from(raw)
        }
    }
}

/// A quoted text with interpolations or directives of any kind.
pub(super) fn template(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let body = low.between(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
    let pieces = pieces(low, node, body, Style::Quoted);
    finish(low, pieces, span)
}

/// `<<MARKER` and `<<-MARKER`.
pub(super) fn heredoc(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let mut start = span.start;
    let mut end = span.end;
    let mut plain = true;
    for child in node.children() {
        match child.kind() {
            hcl::HEREDOC_MARKER => {
                start = child.end();
                if low.text_of(child).trim_end_matches(['\r', '\n']).ends_with([' ', '\t']) {
                    let at = low.span(child);
                    low.error(at, "nothing may stand behind the marker, spaces neither");
                }
            }
            hcl::HEREDOC_END => end = child.start(),
            hcl::HEREDOC_TEXT => {}
            kind => plain = plain && !is_sequence(kind),
        }
    }
    let indented = low.slice(span.start, span.end).starts_with("<<-");
    let body = low.between(start, end.max(start));
    let raw = low.slice(body.start, body.end);
    if plain && !indented && !raw.contains("${") && !raw.contains("%{") {
        return text(raw, span);
    }
    let mut pieces = pieces(low, node, body, Style::Lines);
    if indented {
        unindent(&mut pieces);
    }
    // Escaped openers are resolved last, so that a line's indentation is counted as written.
    for piece in &mut pieces {
        match piece {
            Piece::Text(Cow::Borrowed(text)) => *piece = Piece::Text(unmarked(text)),
            Piece::Text(Cow::Owned(text)) => *text = unmarked(text).into_owned(),
            _ => {}
        }
    }
    finish(low, pieces, span)
}

/// A stretch of text, or a name between `${` and `}`; offsets within the text they come from.
enum Segment<'s> {
    Text(u32, &'s str),
    Name(u32, u32),
}

/// Finds the interpolations that are names. Others are nodes of the tree and not in this text.
fn segments<'s>(text: &'s str, mut visit: impl FnMut(Segment<'s>)) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = bytes.iter().skip(at).position(|byte| *byte == b'$') {
        let first = at + found;
        let run = bytes.iter().skip(first).take_while(|byte| **byte == b'$').count();
        at = first + run;
        // Two signs and more are an escaped opener.
        if run != 1 || bytes.get(at) != Some(&b'{') {
            continue;
        }
        let inner = text.get(at + 1..).unwrap_or_default();
        let Some(length) = closing(inner) else { continue };
        if first > done {
            visit(Segment::Text(done as u32, text.get(done..first).unwrap_or_default()));
        }
        let name = inner.get(..length).unwrap_or_default();
        let from = at + 1 + (name.len() - name.trim_start().len());
        visit(Segment::Name(from as u32, (from + name.trim().len()) as u32));
        at += 1 + length + 1;
        done = at;
    }
    if done < text.len() {
        visit(Segment::Text(done as u32, text.get(done..).unwrap_or_default()));
    }
}

/// Where the brace stands that closes an interpolation: not inside a quoted index.
fn closing(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'}' && !quoted
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// Backslash escapes; one piece between two sequences.
    Quoted,
    /// No escapes; each line is a piece, and strip markers reach to its end only.
    Lines,
}

enum Piece<'s> {
    Text(Cow<'s, str>),
    Value(Expr),
    If(Expr, Span),
    Else(Span),
    EndIf(Span),
    For { key: Option<EcoString>, value: EcoString, collection: Expr, span: Span },
    EndFor(Span),
}

fn is_sequence(kind: u16) -> bool {
    kind == hcl::INTERPOLATION || kind == hcl::DIRECTIVE
}

/// Texts and sequences in order, with strip markers applied.
fn pieces<'s>(low: &mut Lowering<'s>, node: Node<'_>, body: Span, style: Style) -> Vec<Piece<'s>> {
    let mut pieces = Vec::with_capacity(4);
    let mut at = body.start;
    let mut strip_next = false;
    for child in node.children().filter(|child| is_sequence(child.kind())) {
        let span = low.span(child);
        let had = pieces.len();
        push_text(low, at, span.start, style, strip_next, &mut pieces);
        if low.slice(span.start, span.end).as_bytes().get(2) == Some(&b'~')
            && pieces.len() > had
            && let Some(Piece::Text(text)) = pieces.last_mut()
        {
            *text = Cow::Owned(text.trim_end().to_owned());
        }
        let piece = if child.kind() == hcl::INTERPOLATION { interpolation(low, child, span) } else { directive(low, child, span) };
        pieces.push(piece);
        strip_next = low.slice(span.start, span.end).ends_with("~}");
        at = span.end;
    }
    push_text(low, at, body.end, style, strip_next, &mut pieces);
    pieces
}

fn push_text<'s>(low: &mut Lowering<'s>, start: u32, end: u32, style: Style, strip: bool, pieces: &mut Vec<Piece<'s>>) {
    let raw = low.slice(start, end);
    if raw.is_empty() {
        return;
    }
    let mut strip = strip;
    segments(raw, |segment| {
        let (at, text) = match segment {
            Segment::Text(at, text) => (start + at, text),
            Segment::Name(from, to) => {
                let place = low.between(start + from, start + to);
                pieces.push(Piece::Value(names::value(low, place)));
                strip = false;
                return;
            }
        };
        let mut add = |text: Cow<'s, str>| {
            let strip = std::mem::take(&mut strip);
            pieces.push(Piece::Text(if strip { Cow::Owned(text.trim_start().to_owned()) } else { text }));
        };
        match style {
            Style::Quoted => add(unescaped(low, text, at)),
            Style::Lines => text.split_inclusive('\n').for_each(|line| add(Cow::Borrowed(line))),
        }
    });
}

fn interpolation<'s>(low: &mut Lowering<'s>, node: Node<'_>, span: Span) -> Piece<'s> {
    Piece::Value(match parts(node).next() {
        Some(inner) if !low.is_broken(node) => expression(low, inner),
        Some(_) => unknown(span, "the interpolation cannot be read"),
        None => low.invalid(span, "the interpolation is empty"),
    })
}

fn directive<'s>(low: &mut Lowering<'s>, node: Node<'_>, span: Span) -> Piece<'s> {
    node.children().filter(|child| child.kind() == hcl::ANON_SYM_IF).for_each(|child| whole_word(low, child));
    let keyword = node.children().map(Node::kind).find(|kind| {
        matches!(*kind, hcl::ANON_SYM_IF | hcl::ANON_SYM_ELSE | hcl::ANON_SYM_ENDIF | hcl::ANON_SYM_FOR | hcl::ANON_SYM_ENDFOR)
    });
    match keyword {
        Some(hcl::ANON_SYM_ELSE) => Piece::Else(span),
        Some(hcl::ANON_SYM_ENDIF) => Piece::EndIf(span),
        Some(hcl::ANON_SYM_ENDFOR) => Piece::EndFor(span),
        Some(hcl::ANON_SYM_FOR) => {
            let Some(Loop { key, value, rest, .. }) = loop_of(low, node) else {
                return Piece::Value(unknown(span, "the loop cannot be read"));
            };
            let collection = match rest.first() {
                Some(collection) => expression(low, *collection),
                None => low.invalid(span, "the loop has no collection"),
            };
            Piece::For { key, value, collection, span }
        }
        _ => match parts(node).next() {
            Some(condition) if !low.is_broken(node) => Piece::If(expression(low, condition), span),
            _ => Piece::If(unknown(span, "the condition cannot be read"), span),
        },
    }
}

/// Takes the smallest indentation of any line from all of them. Blank lines do not count, and an
/// interpolation counts as text.
fn unindent(pieces: &mut [Piece<'_>]) {
    let mut smallest = usize::MAX;
    each_line_start(pieces, |piece| {
        let spaces = match piece {
            Piece::Text(text) if is_blank_line(text) => return,
            Piece::Text(text) => text.chars().take_while(|c| c.is_whitespace()).count(),
            _ => 0,
        };
        smallest = smallest.min(spaces);
    });
    if smallest == 0 || smallest == usize::MAX {
        return;
    }
    each_line_start(pieces, |piece| {
        if let Piece::Text(text) = piece
            && !is_blank_line(text)
        {
            let cut = text.char_indices().nth(smallest).map_or(text.len(), |(at, _)| at);
            match text {
                Cow::Borrowed(text) => *text = text.get(cut..).unwrap_or_default(),
                Cow::Owned(text) => drop(text.drain(..cut)),
            }
        }
    });
}

fn is_blank_line(text: &str) -> bool {
    text.ends_with('\n') && text.trim_start().is_empty()
}

fn each_line_start<'p, 's>(pieces: &'p mut [Piece<'s>], mut visit: impl FnMut(&mut Piece<'s>)) {
    let mut at_start = true;
    for piece in pieces {
        let ends_line = matches!(piece, Piece::Text(text) if text.ends_with('\n'));
        if at_start {
            visit(piece);
        }
        at_start = ends_line;
    }
}

/// A directive that is still open.
struct Open {
    kind: OpenKind,
    span: Span,
    /// What was read before it opened.
    outer: Vec<Part>,
}

enum OpenKind {
    If { condition: Expr, then: Option<Vec<Part>> },
    For { key: Option<EcoString>, value: EcoString, collection: Expr },
}

/// Pairs the directives and joins neighbouring texts.
fn finish(low: &mut Lowering<'_>, pieces: Vec<Piece<'_>>, span: Span) -> Expr {
    let mut open: Vec<Open> = Vec::new();
    let mut current: Vec<Part> = Vec::with_capacity(pieces.len());
    let mut text = Text::default();
    for piece in pieces {
        let piece = match piece {
            Piece::Text(next) => {
                text.push(&next);
                continue;
            }
            other => other,
        };
        text.flush(&mut current);
        let problem = match piece {
            Piece::Text(_) => None,
            Piece::Value(value) => {
                current.push(Part::Interpolation(value));
                None
            }
            Piece::If(condition, span) => {
                let outer = std::mem::take(&mut current);
                open.push(Open { kind: OpenKind::If { condition, then: None }, span, outer });
                None
            }
            Piece::For { key, value, collection, span } => {
                let outer = std::mem::take(&mut current);
                open.push(Open { kind: OpenKind::For { key, value, collection }, span, outer });
                None
            }
            Piece::Else(span) => match open.last_mut() {
                Some(Open { kind: OpenKind::If { then: then @ None, .. }, .. }) => {
                    *then = Some(std::mem::take(&mut current));
                    None
                }
                _ => Some((span, "`else` has no `if` before it")),
            },
            Piece::EndIf(span) => match open.pop() {
                Some(Open { kind: OpenKind::If { condition, then }, outer, .. }) => {
                    let last = std::mem::replace(&mut current, outer);
                    let (then, otherwise) = match then {
                        Some(then) => (then, last),
                        None => (last, Vec::new()),
                    };
                    current.push(Part::If { condition, then, otherwise });
                    None
                }
                _ => Some((span, "`endif` has no `if` before it")),
            },
            Piece::EndFor(span) => match open.pop() {
                Some(Open { kind: OpenKind::For { key, value, collection }, outer, .. }) => {
                    let body = std::mem::replace(&mut current, outer);
                    current.push(Part::For { key, value, collection, body });
                    None
                }
                _ => Some((span, "`endfor` has no `for` before it")),
            },
        };
        if let Some((at, message)) = problem {
            low.error_with_help(at, message, "every `%{ if }` ends with `%{ endif }` and every `%{ for }` with `%{ endfor }`");
            return unknown(span, "the template's directives do not pair");
        }
        if open.len() as u32 > MAX_DEPTH {
            return low.invalid(span, eco_format!("directives nested deeper than {MAX_DEPTH} levels; not read"));
        }
    }
    text.flush(&mut current);
    if let Some(open) = open.last() {
        let (begins, ends) = if matches!(open.kind, OpenKind::If { .. }) { ("if", "endif") } else { ("for", "endfor") };
        low.error(open.span, eco_format!("`%{{ {begins} }}` has no `%{{ {ends} }}`"));
        return unknown(span, "the template's directives do not pair");
    }
    whole(current, span)
}

/// A template without interpolations is a text.
fn whole(parts: Vec<Part>, span: Span) -> Expr {
    match parts.as_slice() {
        [] => Expr::literal(Value::Text(EcoString::new()), span),
        [Part::Text(only)] => text(only, span),
        _ => Expr::new(ExprKind::Template(parts), span),
    }
}

/// Neighbouring texts, joined. An empty one is kept: it makes the template a text.
#[derive(Default)]
struct Text {
    joined: Option<EcoString>,
}

impl Text {
    fn push(&mut self, next: &str) {
        match &mut self.joined {
            Some(joined) => joined.push_str(next),
            None => self.joined = Some(EcoString::from(next)),
        }
    }

    fn flush(&mut self, parts: &mut Vec<Part>) {
        parts.extend(self.joined.take().map(Part::Text));
    }
}

/// `$${` and `%%{` stand for `${` and `%{`.
fn unmarked(text: &str) -> Cow<'_, str> {
    if !text.contains("$${") && !text.contains("%%{") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("$${", "${").replace("%%{", "%{"))
}

/// Resolves backslash escapes and escaped openers.
fn unescaped<'s>(low: &mut Lowering<'s>, raw: &'s str, start: u32) -> Cow<'s, str> {
    if !raw.contains('\\') {
        return unmarked(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        text.push_str(&unmarked(rest.get(..at).unwrap_or_default()));
        let place = start + (raw.len() - rest.len() + at) as u32;
        let after = rest.get(at + 1..).unwrap_or_default();
        let (length, value) = escape(after);
        match value {
            Some(value) => text.push(value),
            None => {
                let written = after.get(..length).unwrap_or_default();
                let span = low.between(place, place + 1 + length as u32);
                low.error_with_help(
                    span,
                    eco_format!("`\\{written}` is no escape"),
                    "write `\\\\` for a backslash; the escapes are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN",
                );
                text.push('\\');
                text.push_str(written);
            }
        }
        rest = after.get(length..).unwrap_or_default();
    }
    text.push_str(&unmarked(rest));
    Cow::Owned(text)
}

/// What follows a backslash: how many bytes belong to the escape, and the character it stands for.
fn escape(after: &str) -> (usize, Option<char>) {
    let Some(first) = after.chars().next() else { return (0, None) };
    let digits = match first {
        'n' => return (1, Some('\n')),
        'r' => return (1, Some('\r')),
        't' => return (1, Some('\t')),
        '"' | '\\' => return (1, Some(first)),
        'u' => 4,
        'U' => 8,
        other => return (other.len_utf8(), None),
    };
    let Some(code) = after.get(1..1 + digits).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit())) else { return (1, None) };
    (1 + digits, u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
}
