//! Flow style, and with it JSON: structure by brackets.

use ecow::EcoString;

use super::{DEPTH, Entry, Kind, Node, Reader, Style, is_blank, is_flow_sign};

impl Reader<'_, '_> {
    /// The value that begins at hand within brackets, or a bracket itself.
    pub(super) fn flow_node(&mut self) -> Node {
        if self.depth >= DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let properties = self.properties(true);
        self.skip_blank();
        let node = match self.byte() {
            b'[' => self.flow_sequence(),
            b'{' => self.flow_mapping(),
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            b'*' => self.alias(),
            b',' | b']' | b'}' => self.null(),
            _ => self.flow_plain(),
        };
        self.depth -= 1;
        self.with_properties(node, properties)
    }

    fn flow_sequence(&mut self) -> Node {
        let start = self.pos;
        self.pos += 1;
        let mut items = Vec::new();
        while self.flow_goes_on(start, b']') {
            let at = self.pos;
            let node = self.flow_node();
            if self.at_flow_colon(&node) {
                self.pos += 1;
                let value = self.flow_value();
                let end = value.span.end.max(node.span.end) as usize;
                items.push(self.joined(at, end, vec![Entry { key: node, value }]));
            } else {
                items.push(node);
            }
            self.separator(at, b']');
        }
        Node::new(self.span(start, self.pos), Kind::Sequence(items))
    }

    fn flow_mapping(&mut self) -> Node {
        let start = self.pos;
        self.pos += 1;
        let mut entries = Vec::new();
        while self.flow_goes_on(start, b'}') {
            let at = self.pos;
            if self.byte() == b'?' && is_blank(self.byte_at(at + 1)) {
                self.pos += 1;
                self.skip_blank();
            }
            let key = self.flow_node();
            let value = if self.at_flow_colon(&key) {
                self.pos += 1;
                self.flow_value()
            } else {
                self.null()
            };
            entries.push(Entry { key, value });
            self.separator(at, b'}');
        }
        let end = self.pos;
        self.joined(start, end, entries)
    }

    /// Skips to the next item; false past the closing bracket or where there is none.
    fn flow_goes_on(&mut self, start: usize, closing: u8) -> bool {
        loop {
            self.skip_flow_blank();
            let byte = self.byte();
            if self.ended() || byte == b'\n' {
                self.report("syntax", start, start + 1, "this bracket is not closed");
                return false;
            }
            if byte == closing {
                self.pos += 1;
                return false;
            }
            match byte {
                b']' | b'}' => {
                    self.report("syntax", self.pos, self.pos + 1, "this bracket closes another kind; it is taken for the right one");
                    self.pos += 1;
                    return false;
                }
                b',' => {
                    self.report("syntax", self.pos, self.pos + 1, "nothing stands before this comma");
                    self.pos += 1;
                }
                _ => return true,
            }
        }
    }

    /// White space and comments; stops at a line end after which a block's key makes clear that a bracket is missing.
    fn skip_flow_blank(&mut self) {
        loop {
            self.skip_spaces();
            match self.byte() {
                b'\n' if self.ended() || !self.json && self.next_line_is_a_key() => return,
                b'\n' => self.pos += 1,
                b'#' if self.pos > 0 && is_blank(self.byte_at(self.pos - 1)) => self.skip_line(),
                _ => return,
            }
        }
    }

    /// The comma after an item that began at `start`.
    fn separator(&mut self, start: usize, closing: u8) {
        self.skip_flow_blank();
        let at = self.pos;
        if self.byte() == b',' {
            self.pos += 1;
            if self.json {
                self.skip_flow_blank();
                if self.byte() == closing {
                    self.report("trailing-comma", at, at + 1, "JSON has no comma before a closing bracket");
                }
            }
        } else if !matches!(self.byte(), b']' | b'}' | b'\n') {
            if at == start {
                // A sign that can begin nothing.
                self.pos += 1;
                while !self.text.is_char_boundary(self.pos) {
                    self.pos += 1;
                }
            }
            self.report("syntax", at, at + 1, "a comma is missing before this");
        }
    }

    /// A colon that makes the node before it a key: after quotes it needs no space.
    fn at_flow_colon(&mut self, key: &Node) -> bool {
        self.skip_flow_blank();
        let quoted = !matches!(&key.kind, Kind::Scalar { style: Style::Plain, .. });
        let next = self.byte_at(self.pos + 1);
        self.byte() == b':' && (quoted || self.json || is_blank(next) || is_flow_sign(next))
    }

    fn flow_value(&mut self) -> Node {
        let null = self.null();
        self.skip_flow_blank();
        if matches!(self.byte(), b',' | b']' | b'}' | b'\n') { null } else { self.flow_node() }
    }

    fn flow_plain(&mut self) -> Node {
        let start = self.pos;
        let mut end = start;
        let mut text = EcoString::new();
        let mut from = start;
        loop {
            let byte = self.byte();
            let next = self.byte_at(self.pos + 1);
            match byte {
                b'\n' => {
                    text.push_str(self.slice(from, end));
                    from = end;
                    let stop = self.pos;
                    if self.ended() || self.json || self.next_line_is_a_key() {
                        break;
                    }
                    let kept = text.len();
                    self.fold(&mut text);
                    from = self.pos;
                    let byte = self.byte();
                    if self.ended() || is_flow_sign(byte) || matches!(byte, b'#') || byte == b':' && is_blank(self.byte_at(self.pos + 1)) {
                        text.truncate(kept);
                        self.pos = stop;
                        from = end;
                        break;
                    }
                }
                _ if is_flow_sign(byte) => break,
                b':' if is_blank(next) || is_flow_sign(next) || self.json => break,
                b'#' if self.pos > start && is_blank(self.byte_at(self.pos - 1)) => break,
                b' ' | b'\t' | b'\r' => self.pos += 1,
                _ => {
                    self.pos += 1;
                    end = self.pos;
                }
            }
        }
        if from < end {
            text.push_str(self.slice(from, end));
        }
        Node::new(self.span(start, end), Kind::Scalar { text, style: Style::Plain })
    }
}
