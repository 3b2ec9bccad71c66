//! The text of `Fn::Sub`, and dynamic references in any text.

/// A piece of a `Fn::Sub` text, with the offset of a name in it.
#[derive(Debug, PartialEq)]
pub enum Piece<'t> {
    Text(&'t str),
    /// `${Name}`, without white space around the name.
    Name(usize, &'t str),
}

/// Cuts a text into pieces. `${!Name}` is the text `${Name}`.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(at) = text.get(search..).and_then(|rest| rest.find("${")).map(|at| at + search) {
        let Some(end) = text.get(at..).and_then(|rest| rest.find('}')).map(|end| at + end) else { break };
        let inner = text.get(at + 2..end).unwrap_or("");
        search = end + 1;
        if inner.starts_with('!') {
            pieces.extend(text.get(from..at + 2).filter(|text| !text.is_empty()).map(Piece::Text));
            from = at + 3;
            continue;
        }
        pieces.extend(text.get(from..at).filter(|text| !text.is_empty()).map(Piece::Text));
        let name = inner.trim();
        let lead = inner.len() - inner.trim_start().len();
        pieces.push(Piece::Name(at + 2 + lead, name));
        from = end + 1;
    }
    pieces.extend(text.get(from..).filter(|text| !text.is_empty()).map(Piece::Text));
    pieces
}

/// The dynamic reference in a text, `ssm:/path:1`, and whether what it reads is a secret.
pub fn dynamic(text: &str) -> Option<(&str, bool)> {
    let start = text.find("{{resolve:")? + "{{resolve:".len();
    let inner = text.get(start..)?;
    let inner = inner.get(..inner.find("}}")?)?;
    Some((inner, inner.starts_with("secretsmanager:") || inner.starts_with("ssm-secure:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_literals() {
        let found = pieces("a ${B}-${ C.D }${!E}/${F");
        let expected =
            [Piece::Text("a "), Piece::Name(4, "B"), Piece::Text("-"), Piece::Name(10, "C.D"), Piece::Text("${"), Piece::Text("E}/${F")];
        assert_eq!(found, expected);
        assert_eq!(pieces("plain"), [Piece::Text("plain")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn dynamic_references() {
        assert_eq!(dynamic("{{resolve:ssm:/a/b:1}}"), Some(("ssm:/a/b:1", false)));
        assert_eq!(dynamic("x{{resolve:secretsmanager:db:SecretString:pw}}"), Some(("secretsmanager:db:SecretString:pw", true)));
        assert_eq!(dynamic("{{resolve:"), None);
    }
}
