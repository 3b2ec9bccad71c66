use super::*;
use crate::source::{SourceFile, Version};

/// The document as compact text: `{key: value}`, quotes around what is text, tags before values; then what was said.
fn tree(text: &str) -> (String, Vec<String>) {
    let file = SourceFile::new(FileId(0), Version::After, "t.yaml", text);
    let mut out = Diagnostics::new();
    let nodes = read(file.id, text, &mut out);
    let printed: Vec<String> = nodes.iter().map(print).collect();
    let said = out.iter().map(|it| {
        let (line, column) = it.span.map_or((0, 0), |span| file.line_column(span.start));
        format!("{line}:{column} {}: {}", it.code, it.message)
    });
    (printed.join(" --- "), said.collect())
}

fn print(node: &Node) -> String {
    let value = match &node.kind {
        Kind::Scalar { .. } => match node.scalar() {
            Some(Scalar::Text(text)) => format!("{text:?}"),
            Some(Scalar::Null) => "~".into(),
            Some(Scalar::Bool(truth)) => truth.to_string(),
            Some(Scalar::Integer(number)) => number.to_string(),
            Some(Scalar::Number(number)) => number.into(),
            None => String::new(),
        },
        Kind::Sequence(items) => format!("[{}]", items.iter().map(print).collect::<Vec<_>>().join(", ")),
        Kind::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", entry.key.text().unwrap_or("?"), print(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    };
    node.tag.as_ref().map_or(value.clone(), |tag| format!("{tag} {value}"))
}

fn clean(text: &str) -> String {
    let (printed, said) = tree(text);
    assert!(said.is_empty(), "{said:?}");
    printed
}

#[test]
fn a_template_reads_as_it_is_written() {
    let text = "AWSTemplateFormatVersion: '2010-09-09' # the version\nResources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    \
                Properties:\n      Name: !Sub \"${AWS::StackName}-t\"\n      Tags:\n      - Key: a\n        Value: !GetAtt Other.Arn\n      \
                - {Key: b, Value: !Ref \"X\"}\n      Empty:\n    DeletionPolicy: Retain\n";
    assert_eq!(
        clean(text),
        "{AWSTemplateFormatVersion: \"2010-09-09\", Resources: {Table: {Type: \"AWS::DynamoDB::Table\", Properties: {Name: !Sub \
         \"${AWS::StackName}-t\", Tags: [{Key: \"a\", Value: !GetAtt \"Other.Arn\"}, {Key: \"b\", Value: !Ref \"X\"}], Empty: ~}, \
         DeletionPolicy: \"Retain\"}}}"
    );
}

#[test]
fn places_are_exact_to_the_value() {
    let text = "a: !Ref  \"quoted\" # c\nb:\n  - first value  \n  - {c: d}\né: |\n  one\n  two\n";
    let mut out = Diagnostics::new();
    let node = read_one(FileId(0), text, &mut out).unwrap();
    let slice = |node: &Node| &text[node.span.start as usize..node.span.end as usize];
    assert_eq!(slice(node.get("a").unwrap()), "\"quoted\"");
    let items = node.get("b").unwrap().items();
    assert_eq!(slice(&items[0]), "first value");
    assert_eq!(slice(&items[1]), "{c: d}");
    assert_eq!(slice(items[1].get("c").unwrap()), "d");
    assert_eq!(slice(node.get("é").unwrap()), "|\n  one\n  two");
    assert_eq!(slice(&node.entry("é").unwrap().key), "é");
}

#[test]
fn tags_before_collections() {
    assert_eq!(clean("a: !If\n  - c\n  - !Ref x\n  - !Ref AWS::NoValue\n"), "{a: !If [\"c\", !Ref \"x\", !Ref \"AWS::NoValue\"]}");
    assert_eq!(clean("a: !If [c, !Sub 'x', {b: !Ref y}]\n"), "{a: !If [\"c\", !Sub \"x\", {b: !Ref \"y\"}]}");
    assert_eq!(
        clean("- !Join\n  - ''\n  - - a\n    - !Ref b\n- !Equals [!Ref a, b]\n"),
        "[!Join [\"\", [\"a\", !Ref \"b\"]], !Equals [!Ref \"a\", \"b\"]]"
    );
    assert_eq!(clean("a: !X\n- 1\n- 2\nb: !Y\n  c: d\n"), "{a: !X [1, 2], b: !Y {c: \"d\"}}");
}

#[test]
fn anchors_aliases_and_merges() {
    let text = "base: &b\n  x: 1\n  y: 2\none:\n  <<: *b\n  y: 3\ntwo: *b\nl: [&s text, *s]\nthree:\n  <<: [*b, {z: 9}]\n";
    assert_eq!(
        clean(text),
        "{base: {x: 1, y: 2}, one: {y: 3, x: 1}, two: {x: 1, y: 2}, l: [\"text\", \"text\"], three: {x: 1, y: 2, z: 9}}"
    );
    assert_eq!(tree("a: *none\n").1, ["1:4 alias: no anchor of this name stands before this line; the value is left out"]);
}

#[test]
fn an_alias_bomb_stays_small() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 10].join(", "));
    }
    text += "last: 1\n";
    let mut out = Diagnostics::new();
    let node = read_one(FileId(0), &text, &mut out).unwrap();
    assert!(size_of(&node) < 300_000, "{}", size_of(&node));
    assert!(out.iter().any(|it| it.code == "alias"));
    assert_eq!(node.get("last").map(print).as_deref(), Some("1"));
}

#[test]
fn what_plain_scalars_mean() {
    let text =
        "[1, 0x1f, 017, 08, 1.5, .5, 1e3, -3, yes, Off, null, ~, 012345678901, 2012-10-17, 1_000, '1', !!str 1, 99999999999999999999]";
    assert_eq!(
        clean(&text.replace("[1,", "a: [1,")),
        "{a: [1, 31, 15, \"08\", 1.5, .5, 1e3, -3, true, false, ~, ~, \"012345678901\", \"2012-10-17\", 1000, \"1\", !!str \"1\", \
         99999999999999999999]}"
    );
}

#[test]
fn json_is_read_and_its_slips_are_named() {
    assert_eq!(clean("{\"a\":[1,{\"b\":\"\\u00e9\\ud83d\\ude00\\/\"},true,null],\n\t\"c\":{}}"), "{a: [1, {b: \"é😀/\"}, true, ~], c: {}}");
    let (printed, said) = tree("{\n  \"a\": [1, 2,],\n  \"b\": 3\n  \"c\": 4,\n}\n");
    assert_eq!(printed, "{a: [1, 2], b: 3, c: 4}");
    assert_eq!(
        said,
        [
            "2:13 trailing-comma: JSON has no comma before a closing bracket",
            "4:3 syntax: a comma is missing before this",
            "4:9 trailing-comma: JSON has no comma before a closing bracket"
        ]
    );
    assert_eq!(tree("{\"a\": [1, 2").1, ["1:7 syntax: this bracket is not closed", "1:1 syntax: this bracket is not closed"]);
}

#[test]
fn a_bad_line_loses_little() {
    let (printed, said) = tree("a:\n  b: 1\n  this is no key\n  c: 2\nd: 3\n");
    assert_eq!(printed, "{a: {b: 1, c: 2}, d: 3}");
    assert_eq!(said, ["3:3 syntax: this is no `key: value`; the line is left out"]);
    let (printed, said) = tree("a:\n    b: 1\n  c: 2\n   e: 5\nd: 3\n");
    assert_eq!(printed, "{a: {b: 1, c: 2, e: 5}, d: 3}");
    assert_eq!(said.len(), 2, "{said:?}");
    let (printed, said) = tree("a: [1, 2\nb: 3\n");
    assert_eq!(printed, "{a: [1, 2], b: 3}");
    assert_eq!(said, ["1:4 syntax: this bracket is not closed"]);
    let (printed, said) = tree("a: \"open\nb: 3\n");
    assert_eq!(printed, "{a: \"open\", b: 3}");
    assert_eq!(said, ["1:4 syntax: this quote is not closed; the text is taken to end with its line"]);
    assert_eq!(tree("Description: one: two\nb: 3\n").0, "{Description: \"one: two\", b: 3}");
    assert_eq!(tree("a:\n  - 1\n  b\n  - 2\n").0, "{a: [1, 2]}");
}

#[test]
fn tabs_and_duplicates_are_reported() {
    let (printed, said) = tree("a:\n\tb: 1\n\tc: 2\na: 3\n");
    assert_eq!(printed, "{a: 3}");
    assert_eq!(
        said,
        [
            "2:1 tab: YAML forbids tabs before a line's text; each is read as two spaces",
            "4:1 duplicate-key: `a` stands twice here, first in line 1; the last one counts"
        ]
    );
}

#[test]
fn deep_nesting_ends_in_a_diagnostic() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "- ".repeat(100_000),
        (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
    ] {
        let (_, said) = tree(&text);
        // What is left out is not missed too: brackets that close nowhere, because nothing more is read.
        assert!(matches!(&said[..], [one] if one.contains("too-deep")), "{:?}", said.get(..2));
    }
}

#[test]
fn any_text_ends() {
    let pieces = [
        "a: ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", ": ", "\"", "'", "|", ">-", "&x ", "*x", "!T ", "<<: ", "# c", "---", "? ",
        "é", "\\u", "\r\n", "%", "\0",
    ];
    let mut seed = 7u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += pieces[(seed >> 16) as usize % pieces.len()];
        }
        let mut out = Diagnostics::new();
        for node in read(FileId(0), &text, &mut out) {
            within(&node, &text);
        }
        assert!(out.iter().all(|it| it.span.is_some_and(|span| text.get(span.start as usize..span.end as usize).is_some())), "{text:?}");
    }
}

fn within(node: &Node, text: &str) {
    assert!(text.get(node.span.start as usize..node.span.end as usize).is_some(), "{text:?}: {node:?}");
    node.items().iter().for_each(|item| within(item, text));
    for entry in node.entries() {
        within(&entry.key, text);
        within(&entry.value, text);
    }
}
