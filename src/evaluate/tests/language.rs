//! The corners of the language's values: one type for both arms, letters as people see them, classes of signs, digits.

use super::*;

#[track_caller]
fn gives(cases: &[(&str, &str)]) {
    let text: String =
        cases.iter().enumerate().map(|(at, (expression, _))| format!("output \"o{at:03}\" {{ value = {expression} }}\n")).collect();
    let found = outputs(&snapshot(&format!("{text}{GIVEN}")));
    for ((at, (expression, wanted)), line) in cases.iter().enumerate().zip(found.lines()) {
        assert_eq!(line, format!("o{at:03} = {wanted}"), "{expression}");
    }
    assert_eq!(found.lines().count(), cases.len(), "{found}");
}

const GIVEN: &str = r#"
    variable "port" {
      type    = string
      default = "80"
    }
    variable "names" {
      type    = list(string)
      default = []
    }
    variable "flags" {
      type    = map(string)
      default = {}
    }
    variable "ids" {
      type    = set(string)
      default = []
    }
    locals {
      host = { name = "a", port = 1 }
      none = {}
    }
"#;

#[test]
fn arms_of_a_condition_have_one_type() {
    gives(&[
        ("true ? 1 : \"a\"", "\"1\""),
        ("true ? 1 : var.port", "\"1\""),
        ("true ? 1 : format(\"%d\", 2)", "\"1\""),
        ("true ? 1 : length(\"a\")", "1"),
        ("true ? 1 : null", "1"),
        // Lists of one length keep a type for each place; of different lengths, one for all.
        ("true ? [1, true] : [\"a\", false]", "[\"1\", true]"),
        ("true ? [1, \"a\"] : []", "[\"1\", \"a\"]"),
        ("true ? [1, 2] : []", "[1, 2]"),
        ("true ? [1] : var.names", "[\"1\"]"),
        ("true ? [for i in range(2) : i] : var.names", "[\"0\", \"1\"]"),
        ("true ? [\"b\", \"a\", \"b\"] : var.ids", "[\"a\", \"b\"]"),
        // Objects with the same names stay objects; with others they are a map.
        ("true ? { a = 1, b = true } : { a = \"x\", b = false }", "{ a = \"1\", b = true }"),
        ("true ? { host = \"a\", port = 22 } : {}", "{ host = \"a\", port = \"22\" }"),
        ("true ? { a = 1, b = 2 } : {}", "{ a = 1, b = 2 }"),
        ("true ? { a = 1 } : var.flags", "{ a = \"1\" }"),
        ("true ? local.host : local.none", "{ name = \"a\", port = \"1\" }"),
        ("true ? { a = [1] } : { a = var.names }", "{ a = [\"1\"] }"),
        ("jsonencode(true ? { p = 1, n = \"x\" } : {})", r#""{\"n\":\"x\",\"p\":\"1\"}""#),
        ("true ? [1] : keys({ a = 1 })", "[\"1\"]"),
        ("true ? toset([1]) : [\"2\"]", "[1]"),
        ("true ? var.names : var.ids", "[]"),
        // Nothing has the type of both.
        ("true ? { a = 1, b = [2] } : {}", "(the arms of a condition have no type in common)"),
        ("true ? 1 : false", "(the arms of a condition have no type in common)"),
        ("true ? \"a\" : [1]", "(the arms of a condition have no type in common)"),
        ("try(true ? { a = 1 } : [], \"none\")", "\"none\""),
    ]);
}

#[test]
fn letters_are_what_people_see() {
    gives(&[
        ("length(\"caf\u{e9}\")", "4"),
        ("length(\"\u{65e5}\u{672c}\")", "2"),
        ("length(\"a\\r\\nb\")", "3"),
        ("strrev(\"a\\r\\nb\")", "\"b\\r\\na\""),
        ("length(\"\u{1f600}\")", "1"),
        ("length(\"e\u{301}\")", "1"),
        ("\"${\"e\"}\u{301}\" == \"\u{e9}\"", "true"),
        ("length(\"x\u{301}\")", "(counting letters beside U+0301 is not evaluated)"),
        ("length(\"\u{1f468}\u{200d}\u{1f469}\")", "(counting letters beside U+200D is not evaluated)"),
        ("substr(\"\u{1f1e9}\u{1f1ea}\", 0, 1)", "(counting letters beside U+1F1E9 is not evaluated)"),
        ("substr(\"\u{fc}ber\", 1, 2)", "\"be\""),
        ("format(\"%5s|\", \"\u{e9}\")", "\"    \u{e9}|\""),
    ]);
}

/// What `terraform plan` says is known after apply, and what it knows.
#[test]
fn what_is_not_known_is_neither_counted_nor_compared() {
    gives(&[
        ("zipmap([timestamp()], [])", "(timestamp() depends on when and where it runs)"),
        ("matchkeys([1], [timestamp()], [3])", "(timestamp() depends on when and where it runs)"),
        ("matchkeys([1], [timestamp(), 2], [3])", "(matchkeys(): values and keys have different lengths)"),
        ("[timestamp()] == null", "false"),
        ("lookup({ a = 1 }, \"a\", timestamp())", "1"),
        ("lookup({ a = 1 }, \"b\", timestamp())", "(timestamp() depends on when and where it runs)"),
        ("length([timestamp()])", "1"),
        ("format(\"%v\", null)", "(format() of a null that has no type is not evaluated)"),
        ("false && tobool(null)", "false"),
        ("true || upper(null)", "true"),
        ("false && 1", "(this number is not true or false)"),
    ]);
}

#[test]
fn classes_of_signs_are_known_or_said_to_be_unknown() {
    gives(&[
        ("regexall(\"\\\\p{Lu}\", \"aB\u{c9}\u{e9}\")", "[\"B\", \"\u{c9}\"]"),
        ("regexall(\"\\\\p{Ll}+\", \"stra\u{df}e X\")", "[\"stra\u{df}e\"]"),
        ("regexall(\"\\\\p{Nd}\", \"1\u{b2}2\")", "[\"1\", \"2\"]"),
        ("regexall(\"[^\\\\p{L}]\", \"a-b\")", "[\"-\"]"),
        ("regexall(\"\\\\p{Greek}+\", \"ab\u{3b1}\u{3b2}\")", "[\"\u{3b1}\u{3b2}\"]"),
        ("regexall(\"\\\\p{Han}\", \"a\u{65e5}\")", "[\"\u{65e5}\"]"),
        ("regexall(\"\\\\P{Latin}\", \"a1\")", "[\"1\"]"),
        ("regexall(\"\\\\p{Sc}\", \"5\u{a5} $\")", "[\"\u{a5}\", \"$\"]"),
        ("regexall(\"\\\\p{P}\", \"a,b\u{2026}\")", "(the character class in \"\\\\p{P}\" for signs like these is not evaluated)"),
        ("regexall(\"\\\\p{L}\", \"x\u{301}\")", "(the character class in \"\\\\p{L}\" for signs like these is not evaluated)"),
        ("regexall(\"\\\\p{Thai}\", \"a\")", "(the class or name in \"\\\\p{Thai}\" is not evaluated)"),
        ("regexall(\"(?i)STRASSE\", \"strasse\")", "[\"strasse\"]"),
        ("regexall(\"(?i)\u{c9}\", \"\u{e9}\")", "(matching beyond ASCII without regard to case is not evaluated)"),
    ]);
}

#[test]
fn digits_are_exact_or_unknown() {
    gives(&[
        ("1 / 3 * 3", "1"),
        ("floor(1 / 3 * 3)", "(limit reached: numbers have at most 28 digits)"),
        // Comparisons that the 150th digit decides, which the language has and numbers here have not.
        ("1 / 3 + 1 / 3 + 1 / 3 == 1", "(limit reached: numbers have at most 28 digits)"),
        ("1.1 + 2.2 == 3.3", "(limit reached: numbers have at most 28 digits)"),
        ("1.1 + 2.2 > 3.3", "(limit reached: numbers have at most 28 digits)"),
        ("1.1 + 2.2 > 3.29", "true"),
        ("0.1 + 0.2 == 0.3", "true"),
        ("ceil(100 * 1.1)", "110"),
        ("format(\"%.2f\", 1.1 + 2.2)", "\"3.30\""),
        ("try(5 / 0, \"none\")", "(division by zero)"),
        ("5 % 0", "5"),
        ("try(tonumber(\"1e400\"), \"none\")", "(limit reached: numbers have at most 28 digits)"),
        ("try(tonumber(\"x\"), \"none\")", "\"none\""),
        ("ceil(10 / 3)", "4"),
        ("1 / 8", "0.125"),
        ("\"x${1 / 3}\"", "(limit reached: numbers have at most 28 digits)"),
        ("jsonencode([1 / 3])", "(limit reached: numbers have at most 28 digits)"),
        ("9007199254740993 + 0", "9007199254740993"),
        ("tonumber(\"123456789012345678901234567890\")", "(limit reached: numbers have at most 28 digits)"),
        ("tonumber(\"0.10000000000000000000000000000001\")", "(limit reached: numbers have at most 28 digits)"),
        ("0.5000000000000000000000000000000000", "0.5"),
    ]);
}
