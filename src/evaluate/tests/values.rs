//! Variables, locals, outputs, functions with files, marks and reasons.

use super::*;

/// Evaluates `text` and compares the value of each output with the line for it.
#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(outputs(&snapshot(text)).lines().collect::<Vec<_>>(), wanted);
}

#[test]
fn variables_take_the_last_value_given() {
    let text = r#"
        variable "size"  { default = 1 }
        variable "names" { type = list(string) }
        output "size"  { value = var.size }
        output "names" { value = var.names }
        //// terraform.tfvars
        size  = 2
        names = ["a", 1]
        //// b.auto.tfvars
        size = 3
    "#;
    assert_eq!(outputs(&snapshot(text)), "names = [\"a\", \"1\"]\nsize = 3");
    let given = snapshot_with(text, &[("size", "4"), ("names", "[\"x\"]")]);
    // Without a type, a value from outside is text, as it is on the command line.
    assert_eq!(outputs(&given), "names = [\"x\"]\nsize = \"4\"");
}

#[test]
fn a_value_is_converted_to_its_type() {
    check(
        r#"
        variable "number" {
          type    = number
          default = "12"
        }
        variable "set" {
          type    = set(string)
          default = ["b", "a", "b"]
        }
        variable "object" {
          type = object({
            name  = string
            size  = optional(number, 3)
            inner = optional(object({ on = optional(bool, true) }), {})
          })
          default = { name = 7, extra = true }
        }
        output "a" { value = var.number + 1 }
        output "b" { value = var.set }
        output "c" { value = var.object }
    "#,
        &["a = 13", "b = [\"a\", \"b\"]", "c = { name = \"7\", size = 3, inner = { on = true } }"],
    );
}

#[test]
fn null_for_a_variable_that_is_not_nullable_is_its_default() {
    check(
        r#"
        module "m" {
          source = "./m"
          strict = null
          loose  = null
        }
        output "strict" { value = module.m.strict }
        output "loose"  { value = module.m.loose }
        //// m/main.tf
        variable "strict" {
          default  = 1
          nullable = false
        }
        variable "loose" { default = 1 }
        output "strict" { value = var.strict }
        output "loose"  { value = var.loose }
    "#,
        &["loose = null", "strict = 1"],
    );
}

#[test]
fn a_variable_without_value_is_asked_for_once_and_only_if_used() {
    let found = snapshot(
        r#"
        variable "used" {}
        variable "unused" {}
        variable "secret" { sensitive = true }
        variable "flag" { default = false }
        variable "untaken" {}
        output "a" { value = "${var.used}-x" }
        output "b" { value = var.used }
        output "c" {
          value     = var.secret
          sensitive = true
        }
        output "d" { value = var.flag ? var.untaken : "none" }
    "#,
    );
    assert_eq!(outputs(&found), "a = (var.used has no value)\nb = (var.used has no value)\nc = (sensitive)\nd = \"none\"");
    assert_eq!(
        questions(&found),
        ["Variable var.used: it has no default, and no value was given", "Variable var.secret: it has no default, and no value was given",]
    );
    assert_eq!(found.questions.iter().map(|question| question.sensitive).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn unknown_values_keep_their_reason_through_everything() {
    check(
        r#"
        variable "x" {}
        resource "aws_db_instance" "primary" { identifier = "db-1" }
        output "and"     { value = var.x && false }
        output "element" { value = [1, var.x][0] }
        output "length"  { value = length([1, var.x]) }
        output "host"    { value = "db: ${aws_db_instance.primary.address}" }
        output "name"    { value = aws_db_instance.primary.identifier }
        output "merged"  { value = merge({ a = 1 }, { b = var.x }) }
        output "sum"     { value = 1 + var.x }
        output "same"    { value = var.x ? "a" : "a" }
        output "try"     { value = try(aws_db_instance.primary.address, "none") }
        output "when"    { value = timestamp() }
    "#,
        &[
            "and = false",
            "element = 1",
            "host = (aws_db_instance.primary.address is known after apply)",
            "length = 2",
            "merged = { a = 1, b = (var.x has no value) }",
            "name = \"db-1\"",
            "same = \"a\"",
            "sum = (var.x has no value)",
            "try = (aws_db_instance.primary.address is known after apply)",
            "when = (timestamp() depends on when and where it runs)",
        ],
    );
}

#[test]
fn wrong_expressions_are_caught_by_try_and_can() {
    check(
        r#"
        locals { map = { a = 1 } }
        output "a" { value = try(local.map.b, "none") }
        output "b" { value = can(local.map.b) }
        output "c" { value = can(local.map.a) }
        output "d" { value = local.map.b }
        output "e" { value = try([1][3], { x = local.map.b }, "last") }
    "#,
        &["a = \"none\"", "b = false", "c = true", "d = (there is no \"b\" in this object)", "e = \"last\""],
    );
}

#[test]
fn marks_spread_and_never_print() {
    let found = snapshot(
        r#"
        variable "password" {
          sensitive = true
          default   = "hunter2"
        }
        locals {
          url  = "postgres://app:${var.password}@db"
          tags = merge({ name = "db" }, { secret = var.password })
        }
        output "url"    { value = local.url }
        output "tags"   { value = local.tags }
        output "name"   { value = local.tags.name }
        output "length" { value = length(var.password) }
        output "json"   { value = jsonencode(local.tags) }
        output "equal"  { value = var.password == "x" }
        output "pick"   { value = var.password == "x" ? 1 : 2 }
        output "list"   { value = [for k, v in local.tags : k] }
        output "open"   { value = nonsensitive(var.password) }
    "#,
    );
    assert_eq!(
        outputs(&found),
        "equal = (sensitive)\njson = (sensitive)\nlength = (sensitive)\nlist = [\"name\", \"secret\"]\nname = \"db\"\nopen = \"hunter2\"\n\
         pick = (sensitive)\ntags = { name = \"db\", secret = (sensitive) }\nurl = (sensitive)"
    );
    assert!(found.outputs.iter().all(|output| output.address.ends_with("open") || !format!("{:?}", output.value).contains("hunter2")));
}

#[test]
fn circles_are_broken_and_told() {
    let found = snapshot(
        "locals {\n  a = local.b\n  b = local.c\n  c = local.a\n  d = 1\n}\noutput \"x\" { value = local.a }\noutput \"y\" { value = local.d }",
    );
    assert_eq!(outputs(&found), "x = (local.a depends on itself)\ny = 1");
    assert_eq!(diagnostics(&found), ["cycle: local.a depends on itself: local.a → local.b → local.c → local.a"]);
}

#[test]
fn long_chains_and_long_circles_need_no_stack() {
    let mut text = String::from("locals {\n  a0 = 1\n");
    for at in 1..5_000 {
        text.push_str(&format!("  a{at} = local.a{} + 1\n", at - 1));
    }
    for at in 0..1_000 {
        text.push_str(&format!("  c{at} = local.c{}\n", (at + 1) % 1_000));
    }
    text.push_str("}\noutput \"last\" { value = local.a4999 }\noutput \"circle\" { value = local.c0 }\n");
    let found = snapshot(&text);
    assert!(outputs(&found).ends_with("\nlast = 5000"), "{}", outputs(&found));
    assert!(outputs(&found).starts_with("circle = (local.c"), "{}", outputs(&found));
    assert_eq!(found.diagnostics.len(), 1);
}

#[test]
fn growth_is_bounded() {
    let mut text = String::from("locals {\n  a0 = [1, 2, 3, 4]\n  t0 = \"0123456789\"\n");
    for at in 1..60 {
        text.push_str(&format!("  a{at} = [local.a{0}, local.a{0}]\n  t{at} = \"${{local.t{0}}}${{local.t{0}}}\"\n", at - 1));
    }
    text.push_str("}\noutput \"list\" { value = local.a59 }\noutput \"text\" { value = local.t59 }\n");
    text.push_str("output \"loop\" {\n  value = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [for d in range(1000) : d]]]]\n}\n");
    let found = snapshot(&text);
    let limited =
        |name: &str| found.outputs.iter().any(|output| output.address == name && format!("{}", output.value).contains("limit reached"));
    assert!(limited("output.list") && limited("output.text") && limited("output.loop"), "{:?}", diagnostics(&found));
}

#[test]
fn files_that_were_given_are_read_and_others_asked_for() {
    let found = snapshot(
        r#"
        output "json"     { value = jsondecode(file("${path.module}/data/x.json")).a }
        output "template" { value = templatefile("data/t.tftpl", { names = ["a", "b"], port = 80 }) }
        output "missing"  { value = file("data/none.txt") }
        output "exists"   { value = fileexists("data/x.json") }
        output "hash"     { value = filemd5("data/x.json") }
        //// data/x.json
        {"a": 5}
        //// data/t.tftpl
        %{ for name in names ~}
        ${name}:${port} \n
        %{ endfor ~}
    "#,
    );
    let text = outputs(&found);
    assert!(text.contains("exists = true\n") && text.contains("json = 5\n"), "{text}");
    assert!(text.contains("missing = (data/none.txt is not at hand)\n"), "{text}");
    assert!(text.contains(r#"template = "                a:80 \\n\n                b:80 \\n\n            \n"#), "{text}");
    assert_eq!(questions(&found), ["File data/none.txt: file() reads it, and it was not given"]);
}

#[test]
fn sets_iterate_with_their_items_as_keys() {
    check(
        r#"
        variable "names" {
          type    = set(string)
          default = ["b", "a"]
        }
        output "a" { value = { for k, v in toset(["x"]) : k => v } }
        output "b" { value = { for k, v in var.names : k => v } }
        output "c" { value = { for k, v in ["x"] : k => v } }
    "#,
        &["a = { x = \"x\" }", "b = { a = \"a\", b = \"b\" }", "c = { 0 = \"x\" }"],
    );
}

#[test]
fn the_unsupported_is_named_once() {
    let found = snapshot(
        "output \"a\" { value = base64gzip(\"x\") }\noutput \"b\" { value = base64gzip(\"y\") }\noutput \"c\" { value = nosuch(1) }",
    );
    assert_eq!(
        outputs(&found),
        "a = (base64gzip() is not evaluated)\nb = (base64gzip() is not evaluated)\nc = (there is no function nosuch)"
    );
    assert_eq!(
        questions(&found),
        [
            "Unsupported base64gzip(): the function base64gzip is not evaluated",
            "Unsupported nosuch(): the function nosuch is not evaluated",
        ]
    );
}

#[test]
fn a_wrong_output_is_told_at_its_value() {
    let found = snapshot(
        "output \"a\" { value = range(0, 1e12) }\noutput \"b\" { value = [1, tonumber(\"x\")] }\noutput \"c\" { value = try(tonumber(\"x\"), 1) }",
    );
    assert_eq!(diagnostics(&found), ["expression: range(): more than 1,024 items", "expression: tonumber(): this string is not a number"]);
}
