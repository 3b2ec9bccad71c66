//! Programs that are wrong, endless, or do what cannot be known: each says so, once and with its line, and all else is
//! reviewed.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use plumbline::{Input, InputFile, Review};

fn review(path: &str, text: &str) -> Review {
    let runtime = if path.ends_with(".py") { "python" } else { "nodejs" };
    let project = format!("name: bad\nruntime: {runtime}\n");
    let files = vec![InputFile::new("Pulumi.yaml", project.as_bytes()), InputFile::new(path, text.as_bytes())];
    plumbline::review(&Input { files, ..Input::default() })
}

/// The names of the resources, and of each diagnostic its code with its line.
fn of(path: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let review = review(path, text);
    let mut names: Vec<String> = review.resources.iter().map(|it| it.name.to_string()).collect();
    names.sort();
    let said = review.diagnostics.iter().map(|it| format!("{} {}", it.code, it.source.line)).collect();
    (names, said)
}

fn python(body: &str) -> (Vec<String>, Vec<String>) {
    of("__main__.py", &format!("import pulumi_aws as aws\nq = aws.sqs.Queue\nq(\"first\")\n{body}\nq(\"last\")\n"))
}

fn typescript(body: &str) -> (Vec<String>, Vec<String>) {
    let head = "import * as aws from \"@pulumi/aws\";\nconst q = (n: string) => new aws.sqs.Queue(n);\nq(\"first\");";
    of("index.ts", &format!("{head}\n{body}\nq(\"last\");\n"))
}

#[track_caller]
fn check((names, said): (Vec<String>, Vec<String>), expected_names: &[&str], expected_said: &[&str]) {
    assert_eq!((names, said), (owned(expected_names), owned(expected_said)));
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn what_is_broken_in_the_middle_is_left_out() {
    let body = "q(\"a\"\ndef broken(:\n    x = = 3\nq(\"b\")";
    check(python(body), &["b", "first", "last"], &["syntax 4", "syntax 5"]);
    let body = "q(\"a\";\nfunction broken( {\n}\nconst x = = 3;\nq(\"b\");";
    let (names, said) = typescript(body);
    assert!(["b", "first", "last"].iter().all(|name| names.iter().any(|it| it == name)), "{names:?}");
    assert!(said.iter().all(|it| it.starts_with("syntax ")) && !said.is_empty(), "{said:?}");
}

#[test]
fn an_older_python_is_read_as_far_as_it_is_the_same() {
    let body = "print \"hello\"\ntry:\n    q(\"tried\")\nexcept ValueError, e:\n    print e\nprint >>out, \"x\"";
    let (names, said) = python(body);
    assert_eq!(names, ["first", "last", "tried"]);
    assert!(said.contains(&"syntax 4".to_owned()) && said.contains(&"syntax 8".to_owned()), "{said:?}");
}

#[test]
fn loops_without_end_are_left_and_what_follows_is_read() {
    check(python("n = 0\nwhile True:\n    n += 1"), &["first", "last"], &["too-many-rounds 5"]);
    check(
        typescript("for (;;) {}\nlet n = 0;\ndo { n++; } while (n !== 0.5);"),
        &["first", "last"],
        &["too-many-rounds 4", "too-many-rounds 6"],
    );
    let (names, said) = python("while True:\n    q(\"again\")");
    assert!(names.len() < 6_000 && names.contains(&"last".to_owned()));
    assert_eq!(said, ["too-many-rounds 4"]);
    // A generator without end is asked only so much.
    let body = "function* all() { let n = 0; while (true) yield n++; }\nfor (const n of all()) { if (n > 1) break; q(`g${n}`); }";
    check(typescript(body), &["first", "g0", "g1", "last"], &[]);
    check(
        python(
            "def all():\n    n = 0\n    while True:\n        yield n\n        n += 1\nfor n in all():\n    if n > 1:\n        break\n    q(f\"g{n}\")",
        ),
        &["first", "g0", "g1", "last"],
        &[],
    );
}

#[test]
fn calls_without_end_are_left() {
    let (names, said) = python("def f(n):\n    f(n + 1)\n    f(n + 2)\nf(0)");
    assert_eq!(names, ["first", "last"]);
    assert!(said.contains(&"too-many-steps 7".to_owned()) && said.iter().all(|it| it.starts_with("too-")), "{said:?}");
    let (names, said) = typescript("const f = (n: number): any => f(n + 1);\nf(0);");
    assert_eq!((names, said), (owned(&["first", "last"]), owned(&["too-deep 4"])));
}

#[test]
fn what_takes_too_many_steps_is_said_once_and_the_rest_is_read() {
    let work = "def work():\n    for a in range(1000):\n        for b in range(1000):\n            c = a * b + 1";
    let body = format!("{work}\nq(\"before\")\nwork()\nq(\"after\")\nwork()\nq(\"then\")");
    check(python(&body), &["after", "before", "first", "last", "then"], &["too-many-steps 9"]);
    let work = "function work() { for (let a = 0; a < 1000; a++) for (let b = 0; b < 1000; b++) { const c = a * b; } }";
    check(
        typescript(&format!("{work}\nq(\"before\");\nwork();\nq(\"after\");")),
        &["after", "before", "first", "last"],
        &["too-many-steps 6"],
    );
}

#[test]
fn code_that_is_made_while_it_runs_is_not_read() {
    check(python("eval(\"q('made')\")\nexec(\"q('made')\")"), &["first", "last"], &["code-in-a-text 4", "code-in-a-text 5"]);
    check(
        typescript("eval(\"q('made')\");\nnew Function(\"q('made')\")();"),
        &["first", "last"],
        &["code-in-a-text 4", "code-in-a-text 5"],
    );
    let body = "const name = process.env.X;\nconst m = require(name!);\nm.run(() => q(\"called\"));";
    check(typescript(body), &["called", "first", "last"], &["module-not-at-hand 5"]);
}

#[test]
fn names_of_a_star_are_taken_for_those_of_the_provider() {
    let body = "from pulumi_aws.sns import *\nfrom elsewhere import *\nTopic(\"star\")";
    check(python(body), &["first", "last", "star"], &["star-import 4", "star-import 5"]);
}

#[test]
fn a_library_that_is_changed_is_read_as_it_was() {
    let body = "def fake(*args, **kw):\n    return None\naws.sqs.Queue = fake\naws.sqs.Queue(\"patched\")";
    check(python(body), &["first", "last", "patched"], &["changed-library 6"]);
    check(
        typescript("(aws.sqs as any).Queue = class {};\nnew aws.sqs.Queue(\"patched\");"),
        &["first", "last", "patched"],
        &["changed-library 4"],
    );
}

#[test]
fn what_a_loop_goes_over_may_be_unknown() {
    let body = "import pulumi\nfor name in pulumi.Config().require_object(\"names\"):\n    q(f\"of-{name}\")\nfor i in range(pulumi.Config().require_int(\"count\")):\n    q(\"one\")";
    check(python(body), &["first", "last", "of-…", "one"], &[]);
    let body = "import { Config } from \"@pulumi/pulumi\";\nnew Config().requireObject<string[]>(\"names\").forEach((name) => q(`of-${name}`));\nwhile (new Config().requireNumber(\"n\") > 3) q(\"once\");";
    check(typescript(body), &["first", "last", "of-…", "once"], &["undecided-loop 6"]);
}

#[test]
fn twenty_thousand_lines_are_read() {
    let lines: String =
        (0..5_000).map(|at| format!("q(f\"n{at}\", tags={{\n    \"a\": \"{at}\",\n    \"b\": [1, 2, {at}],\n}})\n")).collect();
    let (names, said) = python(&lines);
    assert_eq!((names.len(), said.len()), (5_002, 0));
    let lines: String = (0..10_000).map(|at| format!("const v{at} = {{ a: [{at}, \"x\"] }};\nv{at}.a.push({at});\n")).collect();
    check(typescript(&lines), &["first", "last"], &[]);
}

#[test]
fn more_code_than_people_write_is_left_out_and_said() {
    let filler = "x".repeat(8_000_000);
    check(python(&format!("# {filler}")), &[], &["too-large 1"]);
    check(typescript(&format!("// {filler}")), &[], &["too-large 1"]);
}

#[test]
fn what_is_nested_as_deep_as_the_steps_allow_is_freed() {
    let deep = |step: &str| format!("node = None\nfor i in range(100):\n    for j in range(600):\n        node = {step}\n");
    for step in ["[node]", "{\"next\": node}", "(node,)", "(lambda inner: lambda: inner)(node)"] {
        // The steps may not suffice for all of it; then that is said.
        assert_eq!(python(&deep(step)).0, ["first", "last"]);
        assert_eq!(python(&format!("{}node = None", deep(step))).0, ["first", "last"]);
    }
    let (names, _) = python(&format!("{}q(\"deep\", tags=node)", deep("{\"next\": node}")));
    assert_eq!(names, ["deep", "first", "last"]);
    let body = "class Node { next: any; constructor(next: any) { this.next = next; } }\nlet node: any = null;\nfor (let i = 0; i < 100; i++) for (let j = 0; j < 300; j++) node = new Node(node);";
    assert_eq!(typescript(body).0, ["first", "last"]);
}

#[test]
fn a_setting_that_nothing_gives_is_listed_with_its_line() {
    let python = "import pulumi\nimport pulumi_aws as aws\nconfig = pulumi.Config()\nconfig.get(\"unasked\")\n\
                  aws.sqs.Queue(\"q\", name=config.require(\"name\"), delay_seconds=config.get_int(\"delay\") or 5)\n\
                  aws.sqs.Queue(\"r\", name=config.require(\"name\"))\n\
                  aws.rds.Instance(\"db\", password=config.require_secret(\"password\"))\n";
    let typescript = "import * as pulumi from \"@pulumi/pulumi\";\nimport * as aws from \"@pulumi/aws\";\nconst config = new pulumi.Config();\n\
                      config.get(\"unasked\");\nnew aws.sqs.Queue(\"q\", { name: config.require(\"name\") });\n\
                      new aws.sqs.Queue(\"r\", { name: config.require(\"name\") });\n\
                      new aws.rds.Instance(\"db\", { password: config.requireSecret(\"password\") });\n";
    for (path, text) in [("__main__.py", python), ("index.ts", typescript)] {
        let review = review(path, text);
        let listed: Vec<_> =
            review.not_known.iter().map(|it| (it.what.as_str(), it.source.line, it.sensitive, it.concerns.len())).collect();
        assert_eq!(listed, [("the configuration bad:name", 5, false, 2), ("the configuration bad:password", 7, true, 1)], "{path}");
        assert!(review.not_known.iter().all(|it| it.why.contains("no file of the stack gives it a value")));
        assert_eq!(review.resources.len(), 3, "{path}");
    }
}
