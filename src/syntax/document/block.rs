//! Block style: structure by indentation.

use super::scalar::{self, Chomp};
use super::{DEPTH, Entry, Kind, Node, Reader, Style, is_blank};

impl<'t> Reader<'t, '_> {
    /// The value that begins at hand, in a place whose lines stand behind the column `parent`.
    pub(super) fn block_node(&mut self, parent: i32) -> Node {
        if self.depth >= DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let node = self.block_node_within(parent);
        self.depth -= 1;
        node
    }

    pub(super) fn too_deep(&mut self) -> Node {
        self.report("too-deep", self.pos, self.pos + 1, "values nested deeper than 450 are not read; the rest of the file is left out");
        self.given_up = true;
        let node = self.null();
        self.pos = self.bytes.len();
        node
    }

    fn block_node_within(&mut self, parent: i32) -> Node {
        let column = self.column();
        if self.at_indicator(b'-') {
            return self.sequence(parent, column);
        }
        if self.at_indicator(b'?') || self.key_end(self.pos).is_some() {
            return self.mapping(parent, column);
        }
        if !matches!(self.byte(), b'!' | b'&') {
            return self.inline_node(parent);
        }
        let properties = self.properties(false);
        let node = if self.at_line_end() { self.node_below(parent, false) } else { self.inline_node(parent) };
        self.with_properties(node, properties)
    }

    /// The value on the following lines, if one stands there: behind `column`, or for a mapping's value a
    /// sequence right below the key.
    fn node_below(&mut self, column: i32, of_key: bool) -> Node {
        let null = self.null();
        self.skip_blank();
        if self.ended() || self.at_marker() {
            return null;
        }
        let below = self.column();
        if below > column {
            self.block_node(column)
        } else if of_key && below == column && self.at_indicator(b'-') {
            self.block_node(column - 1)
        } else {
            null
        }
    }

    fn at_indicator(&self, indicator: u8) -> bool {
        self.byte() == indicator && is_blank(self.byte_at(self.pos + 1))
    }

    fn sequence(&mut self, parent: i32, column: i32) -> Node {
        let start = self.pos;
        let mut end = start;
        let mut items = Vec::new();
        loop {
            let at = self.column();
            if !self.at_indicator(b'-') {
                if at < column || at == column && self.key_end(self.pos).is_some() {
                    break;
                }
                self.left_out("a list goes on with `- `; this line is left out", at);
            } else if at <= parent {
                break;
            } else {
                if at != column {
                    self.report("indentation", self.pos, self.pos + 1, "this item is indented differently from those before it");
                }
                self.pos += 1;
                end = self.pos;
                self.skip_spaces();
                let item = if self.at_line_end() { self.node_below(at, false) } else { self.block_node(at) };
                end = end.max(item.span.end as usize);
                items.push(item);
            }
            self.skip_blank();
            if self.ended() || self.at_marker() {
                break;
            }
        }
        Node::new(self.span(start, end), Kind::Sequence(items))
    }

    fn mapping(&mut self, parent: i32, column: i32) -> Node {
        let start = self.pos;
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let at = self.column();
            if at <= parent {
                break;
            }
            if at != column && (self.at_indicator(b'?') || self.key_end(self.pos).is_some()) {
                let end = self.line_end(self.pos);
                self.report("indentation", self.pos, end, "this key is indented differently from those before it");
            }
            if self.at_indicator(b'?') {
                self.pos += 1;
                self.skip_spaces();
                let key = if self.at_line_end() { self.node_below(at, false) } else { self.block_node(at) };
                self.skip_blank();
                let value = if self.at_indicator(b':') && self.column() == at {
                    self.pos += 1;
                    self.value(at)
                } else {
                    self.null()
                };
                entries.push(Entry { key, value });
            } else if let Some(colon) = self.key_end(self.pos) {
                let key = self.key(colon);
                self.pos = colon + 1;
                let value = self.value(at);
                entries.push(Entry { key, value });
            } else {
                self.left_out("this is no `key: value`; the line is left out", at);
            }
            self.skip_blank();
            if self.ended() || self.at_marker() {
                break;
            }
        }
        let end = entries.last().map_or(start, |entry| entry.value.span.end.max(entry.key.span.end) as usize);
        self.joined(start, end, entries)
    }

    /// Reports the line at hand and skips it, with all that is indented below it.
    fn left_out(&mut self, message: &'static str, column: i32) {
        let end = self.line_end(self.pos);
        self.report("syntax", self.pos, end, message);
        loop {
            self.skip_line();
            self.skip_blank();
            if self.ended() || self.at_marker() || self.column() <= column {
                return;
            }
        }
    }

    /// What stands after a key's colon.
    fn value(&mut self, column: i32) -> Node {
        let null = self.null();
        self.skip_spaces();
        let properties = self.properties(false);
        let node = if !self.at_line_end() {
            self.inline_node(column)
        } else {
            let below = self.node_below(column, true);
            // Nothing has its place right after the colon, not past the blank.
            if below.span.start == below.span.end && below.is_null() { Node { span: null.span, ..below } } else { below }
        };
        self.with_properties(node, properties)
    }

    /// A key on one line, up to its colon.
    fn key(&mut self, colon: usize) -> Node {
        let properties = self.properties(false);
        let node = match self.byte() {
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            b'*' => self.alias(),
            _ => {
                let start = self.pos;
                let text = self.slice(start, colon).trim_end();
                Node::plain_at(self.span(start, start + text.len()), text)
            }
        };
        self.with_properties(node, properties)
    }

    /// The colon that ends a key which begins at an offset, if the line is `key: …`.
    pub(super) fn key_end(&self, start: usize) -> Option<usize> {
        let mut at = start;
        match self.byte_at(at) {
            b'"' => {
                at += 1;
                loop {
                    match self.byte_at(at) {
                        b'\n' => return None,
                        b'\\' => at += 1,
                        b'"' => break,
                        _ => {}
                    }
                    at += 1;
                }
                self.colon_after(at + 1)
            }
            b'\'' => {
                at += 1;
                loop {
                    match self.byte_at(at) {
                        b'\n' => return None,
                        b'\'' if self.byte_at(at + 1) == b'\'' => at += 1,
                        b'\'' => break,
                        _ => {}
                    }
                    at += 1;
                }
                self.colon_after(at + 1)
            }
            b'!' | b'&' => {
                while !is_blank(self.byte_at(at)) {
                    at += 1;
                }
                while matches!(self.byte_at(at), b' ' | b'\t') {
                    at += 1;
                }
                // A tag and an anchor at most; a run of them is no key.
                if self.byte_at(start) == self.byte_at(at) { None } else { self.key_end(at) }
            }
            b'|' | b'>' | b'[' | b'{' | b'#' | b',' | b']' | b'}' | b'\n' => None,
            b'-' | b'?' | b':' if is_blank(self.byte_at(at + 1)) => None,
            _ => loop {
                match self.byte_at(at) {
                    b'\n' => return None,
                    b':' if is_blank(self.byte_at(at + 1)) => return Some(at),
                    b'#' if is_blank(self.byte_at(at - 1)) => return None,
                    _ => at += 1,
                }
            },
        }
    }

    fn colon_after(&self, mut at: usize) -> Option<usize> {
        while matches!(self.byte_at(at), b' ' | b'\t') {
            at += 1;
        }
        (self.byte_at(at) == b':' && is_blank(self.byte_at(at + 1))).then_some(at)
    }

    /// A value that begins on the line at hand and is no block collection.
    fn inline_node(&mut self, parent: i32) -> Node {
        self.parent = parent;
        let node = match self.byte() {
            b'|' | b'>' => return self.block_scalar(parent),
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            b'*' => self.alias(),
            b'[' | b'{' => self.flow_node(),
            _ => return self.plain(parent),
        };
        if !self.at_line_end() {
            self.skip_spaces();
            let end = self.line_end(self.pos);
            let message = if self.byte_at(self.pos) == b':' {
                "a key cannot stand on the line of another key; this is left out"
            } else {
                "this stands after the end of the value and is left out"
            };
            self.report("syntax", self.pos, end, message);
            self.skip_line();
        }
        node
    }

    /// Text without quotes, which may go on over lines behind the column `parent`.
    fn plain(&mut self, parent: i32) -> Node {
        let start = self.pos;
        if matches!(self.byte(), b'@' | b'`' | b'%') {
            self.report("syntax", start, start + 1, "a text that begins with this sign needs quotes");
        }
        let mut end = self.plain_line();
        if let Some(colon) = self.key_colon(start, end) {
            self.report("syntax", colon, colon + 1, "a text with a colon and a space needs quotes");
        }
        let mut text = ecow::EcoString::from(self.slice(start, end));
        loop {
            // A comment ends the text.
            if self.byte() == b'#' {
                break;
            }
            let mut line = self.line_end(self.pos) + 1;
            let mut breaks = 0;
            let (column, first) = loop {
                let (column, first, _) = self.indent_of(line);
                let blank = matches!(self.byte_at(first), b'\n' | b'\r');
                if !blank || line > self.bytes.len() {
                    break (column, first);
                }
                breaks += 1;
                line = self.line_end(first) + 1;
            };
            let goes_on = first < self.bytes.len() && column > parent && self.byte_at(first) != b'#' && !self.marker_at(line);
            if !goes_on || self.key_end(first).is_some() {
                break;
            }
            self.pos = first;
            end = self.plain_line();
            if breaks == 0 {
                text.push(' ');
            }
            (0..breaks).for_each(|_| text.push('\n'));
            text.push_str(self.slice(first, end));
        }
        self.skip_line();
        Node::new(self.span(start, end), Kind::Scalar { text, style: Style::Plain })
    }

    /// Reads to the end of the text on this line and returns that end.
    fn plain_line(&mut self) -> usize {
        let mut end = self.pos;
        loop {
            match self.byte() {
                b'\n' => return end,
                b'#' if self.pos > 0 && is_blank(self.byte_at(self.pos - 1)) => return end,
                b' ' | b'\t' | b'\r' => self.pos += 1,
                _ => {
                    self.pos += 1;
                    end = self.pos;
                }
            }
        }
    }

    fn key_colon(&self, start: usize, end: usize) -> Option<usize> {
        (start..end).find(|at| self.byte_at(*at) == b':' && is_blank(self.byte_at(at + 1)))
    }

    /// `|` and `>`: lines as they stand, without their indentation.
    fn block_scalar(&mut self, parent: i32) -> Node {
        let start = self.pos;
        let folded = self.byte() == b'>';
        let (mut chomp, mut indent) = (Chomp::Clip, None);
        self.pos += 1;
        loop {
            match self.byte() {
                b'-' => chomp = Chomp::Strip,
                b'+' => chomp = Chomp::Keep,
                digit @ b'1'..=b'9' => indent = Some(parent.max(0) + i32::from(digit - b'0')),
                _ => break,
            }
            self.pos += 1;
        }
        if !self.at_line_end() {
            let end = self.line_end(self.pos);
            self.report("syntax", self.pos, end, "the text of a block begins on the next line; this is left out");
        }
        self.skip_line();
        let mut lines: Vec<&'t str> = Vec::new();
        let (mut line, mut end) = (self.pos + 1, self.pos);
        while line <= self.bytes.len() {
            let stop = self.line_end(line);
            let text = self.slice(line, stop);
            let text = text.strip_suffix('\r').unwrap_or(text);
            let spaces = text.bytes().take_while(|byte| *byte == b' ').count() as i32;
            let empty = spaces as usize == text.len();
            if !empty && (indent.unwrap_or(parent + 1) > spaces || self.marker_at(line)) {
                break;
            }
            if !empty && indent.is_none() {
                indent = Some(spaces.max(parent + 1));
            }
            if empty && stop >= self.bytes.len() {
                // What follows the last line feed is no line.
                if let (Some(indent), true) = (indent, !text.is_empty()) {
                    lines.extend(text.get(indent as usize..));
                }
                self.pos = stop;
                break;
            }
            lines.push(text.get(indent.map_or(text.len(), |indent| indent as usize)..).unwrap_or(""));
            self.pos = stop;
            if !empty {
                end = stop;
            }
            line = stop + 1;
        }
        if end >= self.bytes.len() {
            // No line feed ends the last line, so none is kept.
            chomp = Chomp::Strip;
        }
        let text = scalar::block_text(&lines, folded, chomp);
        let end = if end <= start { self.line_end(start) } else { end.min(self.pos) };
        Node::new(self.span(start, end), Kind::Scalar { text, style: Style::Block })
    }
}
