//! Snippets, and what is read of them.

use super::*;
use crate::lang::pulumi::program::ast::*;
use crate::source::Span;

fn file(text: &str) -> (Vec<Stmt>, Vec<String>) {
    let mut out = Diagnostics::new();
    let file = read(FileId(0), "index.ts", text, &mut out);
    let line = |span: Option<Span>| span.map_or(0, |span| text[..span.start as usize].matches('\n').count() + 1);
    (file.body, out.iter().map(|it| format!("{}: {}", line(it.span), it.message)).collect())
}

fn body(text: &str) -> Vec<Stmt> {
    let (body, said) = file(text);
    assert!(said.is_empty(), "{text}: {said:?}");
    body
}

/// The value of the last statement, whatever declares it.
fn value(text: &str) -> ExprKind {
    match body(text).pop().map(|stmt| stmt.kind) {
        Some(StmtKind::Expr(value) | StmtKind::Assign { value, .. }) => value.kind,
        other => panic!("{text}: {other:?}"),
    }
}

fn text_at(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn types_leave_nothing_behind() {
    let text = "interface A extends B<C> { a?: string; (x: number): string }\n\
        type M<T> = { [K in keyof T]?: T[K] extends infer U ? U : never } & Record<string, () => void>;\n\
        declare module \"m\" { export const a: number }\n\
        declare const z: any;\nimport type { T } from \"./t\";\nfunction over(a: string): string;\n\
        type F = (a: string, ...b: number[]) => a is string;\ntype U =\n  | \"a\"\n  | `b${string}`;\nabstract class X { abstract f(): void; declare g: string; [key: string]: any }";
    let left = body(text);
    assert_eq!(left.len(), 1, "{left:?}");
    let StmtKind::Class(class) = &left[0].kind else { panic!("{left:?}") };
    assert!(class.members.is_empty());
}

#[test]
fn casts_and_assertions_are_the_value_itself() {
    for text in [
        "const a = b as unknown as Map<string, C[]>",
        "const a = b!",
        "const a = <any>b",
        "const a = b satisfies C<D>",
        "const a = (b as const)",
    ] {
        assert_eq!(value(text), ExprKind::Name("b".into()), "{text}");
    }
}

#[test]
fn a_comparison_is_no_list_of_types() {
    assert!(matches!(value("x = a < b && c > d"), ExprKind::Logic { .. }));
    assert!(matches!(value("x = f<string, Array<Map<a, b>>>(c)"), ExprKind::Call(call) if call.args.len() == 1));
    assert!(matches!(value("x = a >= b"), ExprKind::Compare { rest, .. } if rest[0].0 == Compare::GreaterOrEqual));
    assert!(matches!(value("x = a >> 2 > 1"), ExprKind::Compare { .. }));
    assert!(matches!(value("x = a >>> 1"), ExprKind::Binary { operator: Binary::ShiftRight, .. }));
}

#[test]
fn arrows_are_told_from_brackets() {
    let arrow = |text: &str| matches!(value(text), ExprKind::Function(function) if function.arrow);
    for text in [
        "x = a => b",
        "x = async a => b",
        "x = () => ({})",
        "x = ({ a, b = 1 }, [c], ...d) => a",
        "x = async <T,>(a: T, b?: number): Promise<T[]> => { return [a] }",
        "x = (a): a is string => true",
    ] {
        assert!(arrow(text), "{text}");
    }
    assert!(matches!(value("x = c ? (a) : b => d"), ExprKind::Conditional { .. }));
    assert!(matches!(value("x = c ? (a, b) => a : (d) => d"), ExprKind::Conditional { .. }));
    assert!(matches!(value("x = (a, b)"), ExprKind::Sequence(_)));
    assert!(matches!(value("x = async(a)"), ExprKind::Call(_)));
}

#[test]
fn slashes_divide_or_begin_an_expression() {
    assert!(matches!(value("x = a / b / c"), ExprKind::Binary { operator: Binary::Divide, .. }));
    let ExprKind::Call(call) = value("x = s.replace(/[/'`]+/gi, \"-\")") else { panic!() };
    let Arg::Positional(Expr { kind: ExprKind::Call(regex), .. }) = &call.args[0] else { panic!("{call:?}") };
    assert_eq!(regex.callee.kind, ExprKind::Name("RegExp".into()));
    assert!(matches!(&regex.args[0], Arg::Positional(Expr { kind: ExprKind::Text(text), .. }) if text == "[/'`]+"));
    assert!(matches!(&regex.args[1], Arg::Positional(Expr { kind: ExprKind::Text(text), .. }) if text == "gi"));
}

#[test]
fn templates_hold_templates() {
    let ExprKind::Template(pieces) = value("x = `a${b ? `c${{ d: 1 }.d}` : \"}\"}e\\n`") else { panic!() };
    assert_eq!(pieces.len(), 3);
    assert_eq!(pieces[2], Piece::Text("e\n".into()));
    assert_eq!(value("x = `plain`"), ExprKind::Text("plain".into()));
    let ExprKind::Call(call) = value("x = pulumi.interpolate`arn:${a}/*`") else { panic!() };
    assert_eq!(call.args.len(), 3);
    assert_eq!(value("x = 'a\\u{1F600}\\x41\\u0042\\\nc'"), ExprKind::Text("a\u{1F600}ABc".into()));
}

#[test]
fn semicolons_may_be_missing() {
    let stmts = body("let i = 0\nconst a = i\n++i\nfoo()\nreturn_()\nconst f = function () { return\n1 }\nx = y\n(z)");
    assert_eq!(stmts.len(), 7);
    let StmtKind::Assign { value, .. } = &stmts[5].kind else { panic!() };
    let ExprKind::Function(function) = &value.kind else { panic!() };
    assert_eq!(function.body.len(), 2, "a line ends `return`");
}

#[test]
fn classes_keep_methods_fields_and_parameter_properties() {
    let stmts = body(
        "export class A<T> extends p.Base<T> implements I {\n  static n = 0;\n  readonly v!: V;\n  get name() { return 1 }\n\
         constructor(private a: string, public readonly b = 1, c?: C) { super(a); this.x = c }\n  async m<T>(this: A): Promise<T> {}\n  get = 2\n  async = 3\n}",
    );
    let StmtKind::Class(class) = &stmts[0].kind else { panic!() };
    assert_eq!(class.bases.len(), 1);
    let names: Vec<&str> = class
        .members
        .iter()
        .map(|member| match member {
            ClassMember::Method { function, .. } => function.name.as_str(),
            ClassMember::Field { name, .. } => name.as_str(),
            ClassMember::Statement(_) => "?",
        })
        .collect();
    assert_eq!(names, ["n", "v", "name", "constructor", "m", "get", "async"]);
    let ClassMember::Method { function, .. } = &class.members[3] else { panic!() };
    assert_eq!(function.params.iter().map(|param| param.field).collect::<Vec<_>>(), [true, true, false]);
    let ClassMember::Method { function, .. } = &class.members[4] else { panic!() };
    assert!(function.params.is_empty() && function.is_async);
    assert!(matches!(&stmts[1].kind, StmtKind::Export(Export::Names(names)) if names[0].0 == "A"));
}

#[test]
fn imports_and_exports_in_every_form() {
    let stmts = body(
        "import a, { b as c, type D } from \"m\"\nimport * as e from 'n';\nimport \"o\";\nimport f = require(\"p\");\nimport g = f.h;\n\
         const i = require(\"./q\").r;\nexport { a as j };\nexport * from \"./s\";\nexport * as t from \"./s\";\nexport { u as default } from \"./v\";\n\
         export default async function () {}\nexport const { w, x: [y] } = a, z = 1;\nmodule.exports = a;\nexport = a;",
    );
    let kinds: Vec<String> = stmts
        .iter()
        .map(|stmt| match &stmt.kind {
            StmtKind::Import(Import { module, names, .. }) => match names {
                ImportNames::Some(names) => format!("{module} {names:?}"),
                ImportNames::Whole { alias } => format!("{module} as {}", alias.as_deref().unwrap_or("")),
                _ => module.to_string(),
            },
            StmtKind::Export(Export::Names(names)) => {
                format!("export {}", names.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(" "))
            }
            StmtKind::Export(Export::Default(_)) => "default".into(),
            StmtKind::Export(Export::Whole(_)) => "whole".into(),
            StmtKind::Export(Export::All { alias, .. }) => format!("all {}", alias.as_deref().unwrap_or("")),
            StmtKind::Export(Export::From { names, .. }) => format!("from {}", names[0].1),
            _ => "declares".into(),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "m [(\"default\", \"a\"), (\"b\", \"c\")]",
            "n as e",
            "o",
            "p as f",
            "declares",
            "declares",
            "export a",
            "all ",
            "all t",
            "from default",
            "default",
            "declares",
            "declares",
            "export w y z",
            "whole",
            "whole"
        ]
    );
}

#[test]
fn loops_switches_and_handlers() {
    let stmts = body(
        "for (let i = 0; i < n; i++) f()\nfor (const [k, v] of Object.entries(o)) { g(k in v) }\nfor (const k in o) h()\nfor (x of y) z()\n\
         do { i-- } while (i)\nouter: for (;;) { break outer }\nswitch (a) { case 1: case \"b\": c(); break; default: d() }\n\
         try { a() } catch { b() } finally { c() }\nif (a) b(); else if (c) d(); else { e() }",
    );
    assert_eq!(stmts.len(), 9);
    assert!(matches!(&stmts[1].kind, StmtKind::For { keys: false, .. }));
    assert!(matches!(&stmts[2].kind, StmtKind::For { keys: true, .. }));
    assert!(matches!(&stmts[4].kind, StmtKind::While { body_first: true, .. }));
    assert!(matches!(&stmts[6].kind, StmtKind::Switch { cases, .. } if cases.len() == 3));
    assert!(matches!(&stmts[7].kind, StmtKind::Try { handlers, finally, .. } if handlers.len() == 1 && finally.len() == 1));
}

#[test]
fn a_call_keeps_its_place() {
    let text = "const a = (x as Y).z;\nconst b = new aws.s3.Bucket(\"b\", { tags }, { parent: this });\n";
    let stmts = body(text);
    assert_eq!(text_at(text, stmts[0].span), "const a = (x as Y).z;");
    let StmtKind::Assign { value, .. } = &stmts[1].kind else { panic!() };
    assert_eq!(text_at(text, value.span), "new aws.s3.Bucket(\"b\", { tags }, { parent: this })");
}

#[test]
fn what_is_broken_is_said_once_and_the_rest_is_read() {
    let text = "const a = { b: 1;\nconst c = new X(\"a\", { d: [1, 2 });\nexport const d = 3;\nfunction f() {\n  const x = ;\n  return 1;\n}\nconst s = \"abc\nconst t = `abc\nconst u = 2;\n";
    let (stmts, said) = file(text);
    assert_eq!(
        said,
        [
            "1: this is not closed",
            "2: this is not closed",
            "8: this text is not closed",
            "9: this template is not closed",
            "1: cannot read `;`",
            "5: cannot read `;`"
        ]
    );
    let declared = stmts.iter().filter(|stmt| matches!(stmt.kind, StmtKind::Assign { .. })).count();
    assert_eq!(declared, 5, "c, d, s, t and u: {stmts:?}");
    assert!(stmts.iter().any(|stmt| matches!(&stmt.kind, StmtKind::Function(function) if function.body.len() == 2)));
}

#[test]
fn no_depth_and_no_length_is_too_much() {
    for open in ["(", "[", "{a:", "x=>", "f(", "!", "`${", "a?", "new ", "<T>", "if(a){", "a<", "x as {a:", "class{a=", "async(", "(a):"] {
        let (stmts, _) = file(&open.repeat(5_000));
        drop(stmts);
    }
    for link in ["+a", ".b", "(c)", "?d:e", "\nf()", " as g", "[0]", "??h", " else if (a) b;"] {
        let (stmts, _) = file(&format!("x = if_{}", link.repeat(20_000)));
        drop(stmts);
    }
}
