//! What HCL text becomes, printed in a form that shows structure and nothing else.

use super::*;
use crate::model::{Block, Body, Declaration, ExprKind, Part, Step};
use crate::source::Version;

pub(super) fn file(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), Version::After, "main.tf", text)
}

/// The value of `x = …` in prefix form, and what was said about it.
fn value(text: &str) -> (String, Vec<String>) {
    let file = file(&format!("x = {text}\n"));
    let (module, said) = lower(&file, blocks::assignments);
    let said = said.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    (module.assignments.first().map(|it| show(&it.value)).unwrap_or_default(), said)
}

#[test]
fn a_file_of_values_has_values() {
    let said = |text: &str| assignments(&file(text)).1.iter().map(|it| it.message.to_string()).collect::<Vec<_>>();
    assert!(said("a = [1, { b = true }]\nc = -1\nd = <<-E\n  x\n  E\n").is_empty());
    for wrong in ["a = upper(\"x\")\n", "a = [var.b]\n", "a = { b = local.c }\n"] {
        assert_eq!(said(wrong), ["nothing is evaluated here: write the value out"], "{wrong}");
    }
}

fn read(text: &str) -> String {
    let (shown, said) = value(text);
    assert!(said.is_empty(), "{text}: {said:?}");
    shown
}

fn show(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Literal(value) => value.to_string(),
        ExprKind::Template(parts) => format!("`{}`", show_parts(parts)),
        ExprKind::Reference { root, steps } => format!("{root}{}", show_steps(steps)),
        ExprKind::Access { of, steps } => format!("<{}>{}", show(of), show_steps(steps)),
        ExprKind::Call { function, args, expand_last } => format!("{function}({}{})", list(args), if *expand_last { "..." } else { "" }),
        ExprKind::Unary { operator, operand } => format!("({operator:?} {})", show(operand)),
        ExprKind::Binary { operator, left, right } => format!("({operator:?} {} {})", show(left), show(right)),
        ExprKind::Conditional { condition, then, otherwise } => format!("(? {} {} {})", show(condition), show(then), show(otherwise)),
        ExprKind::List(items) => format!("[{}]", list(items)),
        ExprKind::Object(items) => {
            format!("{{{}}}", items.iter().map(|item| format!("{}={}", show(&item.key), show(&item.value))).collect::<Vec<_>>().join(" "))
        }
        ExprKind::ForList(it) => {
            let condition = it.condition.as_ref().map(show);
            format!("[for {:?} {} in {} : {} if {condition:?}]", it.key, it.value, show(&it.collection), show(&it.body))
        }
        ExprKind::ForObject(it) => format!(
            "{{for {:?} {} in {} : {} => {} {} if {:?}}}",
            it.key,
            it.value,
            show(&it.collection),
            show(&it.body_key),
            show(&it.body),
            it.group,
            it.condition.as_ref().map(show)
        ),
        ExprKind::Unknown(unknown) => format!("unknown({unknown})"),
    }
}

fn show_steps(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Name(name, _) => format!(".{name}"),
        Step::Index(index) => format!("[{}]", show(index)),
        Step::Splat(_) => "[*]".into(),
        Step::LegacySplat(_) => ".*".into(),
    };
    steps.iter().map(step).collect()
}

fn show_parts(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.to_string(),
        Part::Interpolation(expr) => format!("${{{}}}", show(expr)),
        Part::If { condition, then, otherwise } => {
            format!("%{{if {}}}{}%{{else}}{}%{{endif}}", show(condition), show_parts(then), show_parts(otherwise))
        }
        Part::For { key, value, collection, body } => {
            format!("%{{for {key:?} {value} in {}}}{}%{{endfor}}", show(collection), show_parts(body))
        }
    };
    parts.iter().map(part).collect()
}

#[test]
fn literals_and_names() {
    assert_eq!(read("null"), "null");
    assert_eq!(read("1.50"), "1.5");
    assert_eq!(read("-2"), "-2");
    assert_eq!(read("1e3"), "1000");
    assert_eq!(read("\"a\\\"b\\u00e9\""), "\"a\\\"bé\"");
    assert_eq!(read("var.region"), "var.region");
    assert_eq!(read("aws_x.a[0].b.c"), "aws_x.a[0].b.c");
    assert_eq!(read("aws_x.a.*.id"), "aws_x.a.*.id");
    assert_eq!(read("aws_x.a[*].id"), "aws_x.a[*].id");
    assert_eq!(read("aws_x.a.0.id"), "aws_x.a[0].id");
    assert_eq!(read("f(x).y[\"k\"]"), "<f(x)>.y[\"k\"]");
}

#[test]
fn operators_bind_as_written_in_the_specification() {
    assert_eq!(read("1 + 2 * 3"), "(Add 1 (Multiply 2 3))");
    assert_eq!(read("1 - 2 - 3"), "(Subtract (Subtract 1 2) 3)");
    assert_eq!(read("a || b && c == d < e"), "(Or a (And b (Equal c (Less d e))))");
    assert_eq!(read("!a && -b < 3"), "(And (Not a) (Less (Negate b) 3))");
    assert_eq!(read("a ? b : c ? d : e"), "(? a b (? c d e))");
    assert_eq!(read("(1 + 2) * 3"), "(Multiply (Add 1 2) 3)");
}

#[test]
fn collections_and_loops() {
    assert_eq!(read("[1, \"a\", [],]"), "[1 \"a\" []]");
    assert_eq!(read("{ a = 1, \"b\" : 2, (c) = 3\n d = 4 }"), "{\"a\"=1 \"b\"=2 c=3 \"d\"=4}");
    assert_eq!(read("{ null = 1, 15 = 2 }"), "{\"null\"=1 15=2}");
    assert_eq!(read("[for x in y : x.id]"), "[for None x in y : x.id if None]");
    assert_eq!(read("[for k, v in y : v if k != 1]"), "[for Some(\"k\") v in y : v if Some(\"(NotEqual k 1)\")]");
    assert_eq!(read("{for v in y : v.a => v... if v.b}"), "{for None v in y : v.a => v true if Some(\"v.b\")}");
    assert_eq!(read("max(a, b...)"), "max(a b...)");
    assert_eq!(read("provider::aws::arn_parse(x)"), "provider::aws::arn_parse(x)");
}

#[test]
fn templates() {
    assert_eq!(read("\"${x}\""), "`${x}`");
    assert_eq!(read("\"a ${x}-$${y} %%{z\""), "`a ${x}-${y} %{z`");
    assert_eq!(read("\"a  ${~ x ~}  b\""), "`a${x}b`");
    assert_eq!(read("\"%{ if a }b%{ else }c%{ endif }\""), "`%{if a}b%{else}c%{endif}`");
    assert_eq!(read("\"%{ for k, v in m ~} ${k} %{~ endfor }.\""), "`%{for Some(\"k\") v in m}${k}%{endfor}.`");
    assert_eq!(read("\"http://${host}:$80 50%\""), "`http://${host}:$80 50%`");
}

#[test]
fn heredocs() {
    assert_eq!(read("<<EOT\nFoo\n  Bar\nEOT"), "\"Foo\\n  Bar\\n\"");
    assert_eq!(read("<<-EOT\n    Foo\n  ${bar}\n\n    Baz\n    EOT"), "`  Foo\n${bar}\n\n  Baz\n`");
    assert_eq!(read("<<-EOT\n    a $${b}\n      c\n    EOT"), "\"a ${b}\\n  c\\n\"");
    assert_eq!(read("<<EOT\n%{ for x in y ~}\n  - ${x}\n%{ endfor ~}\nEOT"), "`%{for None x in y}  - ${x}\n%{endfor}`");
    assert_eq!(read("<<EOT\nC:\\dir\nEOT"), "\"C:\\\\dir\\n\"");
}

#[test]
fn declarations_lose_their_meta_arguments() {
    let file = file(
        r#"resource "aws_ecs_service" "web" {
  count      = 2
  provider   = aws.east
  depends_on = [aws_iam_role.a, module.b]
  name       = "web"
  dynamic "rule" {
    for_each = var.rules
    iterator = it
    content {
      port = it.value
    }
  }
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags["a"], name]
  }
}
"#,
    );
    let (module, said) = configuration(&file);
    assert!(said.is_empty(), "{said:?}");
    let Declaration { native_type, name, count, provider, depends_on, lifecycle, body, header, .. } = &*module.resources[0];
    assert_eq!((native_type.as_str(), name.as_str()), ("aws_ecs_service", "web"));
    assert_eq!(file.slice(*header), "resource \"aws_ecs_service\" \"web\"");
    assert_eq!(show(count.as_ref().unwrap()), "2");
    assert_eq!(show(provider.as_ref().unwrap()), "aws.east");
    assert_eq!(depends_on.iter().map(show).collect::<Vec<_>>(), ["aws_iam_role.a", "module.b"]);
    assert_eq!(show(lifecycle.prevent_destroy.as_ref().unwrap()), "true");
    assert_eq!(lifecycle.ignore_changes.iter().map(show).collect::<Vec<_>>(), ["tags[\"a\"]", "name"]);
    let Body { attributes, blocks } = body;
    assert_eq!(attributes.len(), 1);
    assert_eq!(file.slice(attributes[0].span()), "name       = \"web\"");
    let Block { name, body, dynamic, .. } = &blocks[0];
    let dynamic = dynamic.as_ref().unwrap();
    assert_eq!((name.as_str(), dynamic.iterator.as_str()), ("rule", "it"));
    assert_eq!(show(&dynamic.for_each), "var.rules");
    assert_eq!(show(&body.attributes[0].value), "it.value");
}

#[test]
fn the_words_of_a_provisioner_are_no_names() {
    let file = file(
        "resource \"null_resource\" \"a\" {\n  when = destroy\n  provisioner \"local-exec\" {\n    when       = create\n    on_failure = continue\n    command    = command\n  }\n}\n",
    );
    let (module, said) = configuration(&file);
    assert!(said.is_empty(), "{said:?}");
    let body = &module.resources[0].body;
    let shown = |body: &Body| body.attributes.iter().map(|it| show(&it.value)).collect::<Vec<_>>();
    assert_eq!(shown(&body.blocks[0].body), ["\"create\"", "\"continue\"", "command"]);
    assert_eq!(shown(body), ["destroy"]);
}

#[test]
fn moved_and_removed_name_addresses() {
    let file = file(
        "moved {\n  from = aws_vpc.a[0]\n  to = module.net[\"x\"].aws_vpc.a\n}\nremoved {\n  from = module.old\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  to = aws_vpc.b\n  id = \"vpc-1\"\n}\n",
    );
    let (module, said) = configuration(&file);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(module.moved[0].from.as_str(), "aws_vpc.a[0]");
    assert_eq!(module.moved[0].to.as_str(), "module.net[\"x\"].aws_vpc.a");
    assert_eq!(module.moved[0].to.module(), "module.net[\"x\"]");
    assert_eq!((module.removed[0].from.as_str(), module.removed[0].destroy), ("module.old", false));
    assert_eq!(show(&module.imports[0].to), "aws_vpc.b");
}
