//! Configurations that ask for more than there is time for, and values of the wrong kind: a limit that is named at its
//! place, and the rest reviewed.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use plumbline::{Input, InputFile, Review, review};

/// Without optimisation, beside other tests, on a machine of two cores.
const MOST: Duration = Duration::from_secs(20);

fn reviewed(files: &[(&str, &str)]) -> Review {
    let files = files.iter().map(|(path, text)| InputFile::new(*path, text.as_bytes())).collect();
    let start = Instant::now();
    let review = review(&Input { files, ..Input::default() });
    assert!(start.elapsed() < MOST, "took {:?}", start.elapsed());
    let kept = review.resources.iter().any(|resource| resource.address.ends_with("aws_sqs_queue.rest"));
    assert!(kept, "the rest is not reviewed");
    review
}

fn said(review: &Review) -> Vec<String> {
    review.diagnostics.iter().map(|it| format!("{}:{} {}", it.source.file, it.source.line, it.message)).collect()
}

const REST: &str = "resource \"aws_sqs_queue\" \"rest\" {\n  name = \"rest\"\n}\n";

#[test]
fn what_is_too_much_is_named_where_it_is_asked_for() {
    let all = [
        ("range(0, 1e12)", "range(): more than 1,024 items"),
        ("setproduct(range(1000), range(1000), range(1000))", "setproduct(): lists of more than 100,000 items are not evaluated"),
        ("flatten([for i in range(1000) : range(1000)])", "flatten(): lists of more than 100,000 items are not evaluated"),
        ("[for a in range(1000) : [for b in range(1000) : \"${a}-${b}\"]]", "values of more than 400,000 parts are not evaluated"),
        ("format(\"%1000000000d\", 1)", "format(): widths over 10,000 are not evaluated"),
        (
            "join(\"\", [for i in range(1000) : join(\"\", [for j in range(1000) : \"xxxxxxxx\"])])",
            "join(): texts longer than 4 MiB are not evaluated",
        ),
        (
            "regexall(\"((((a?){30}){30}){30}){30}\", \"aaaa\")",
            "regexall(): regular expressions of more than 1 MiB in memory are not evaluated",
        ),
    ];
    for (expression, wanted) in all {
        let text =
            format!("locals {{\n  big = {expression}\n}}\nresource \"aws_ssm_parameter\" \"big\" {{\n  value = local.big\n}}\n{REST}");
        let said = said(&reviewed(&[("main.tf", &text)]));
        assert!(
            said.iter()
                .any(|line| line.starts_with("main.tf:2 ") && line.ends_with(wanted)
                    || line.starts_with("main.tf:5 ") && line.ends_with(wanted)),
            "{expression}: {said:#?}"
        );
        assert!(said.len() <= 2, "{expression}: {said:#?}");
    }
}

#[test]
fn ten_thousand_alternatives_are_refused_by_name() {
    let mut pattern = String::new();
    for at in 0..10_000 {
        let _ = write!(pattern, "word{at}|");
    }
    let text = format!("resource \"aws_ssm_parameter\" \"big\" {{\n  value = regex(\"^({pattern}x)$\", \"word9999\")\n}}\n{REST}");
    let said = said(&reviewed(&[("main.tf", &text)]));
    assert_eq!(said, ["main.tf:2 regex(): regular expressions longer than 64 KiB are not evaluated"]);
}

#[test]
fn five_million_instances_are_one() {
    let text = format!("resource \"aws_sqs_queue\" \"many\" {{\n  count = 5000000\n}}\n{REST}");
    let review = reviewed(&[("main.tf", &text)]);
    assert_eq!(said(&review), ["main.tf:2 a block of more than 10,000 instances is shown as one"]);
    assert_eq!(review.resources[0].address, "aws_sqs_queue.many[*]");
}

/// Thirty folders that each call the next one twice: a thousand million modules.
#[test]
fn modules_that_double_at_every_level_end_at_a_named_limit() {
    let mut files = vec![("main.tf".to_string(), "module \"a\" {\n  source = \"./m0\"\n}\n".to_string() + REST)];
    for at in 0..30 {
        let call = |name: &str| format!("module \"{name}\" {{\n  source = \"../m{}\"\n}}\n", at + 1);
        files.push((format!("m{at}/main.tf"), call("a") + &call("b")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let review = reviewed(&files);
    assert!(
        said(&review).iter().any(|it| it.contains("past 50,000 modules, or 200,000 instances in all, modules are not entered")),
        "{:?}",
        said(&review)
    );
}

#[test]
fn a_module_that_calls_itself_is_told_and_not_entered() {
    let text = format!("module \"again\" {{\n  source = \"./\"\n}}\nmodule \"round\" {{\n  source = \"./x\"\n}}\n{REST}");
    let review = reviewed(&[("main.tf", &text), ("x/main.tf", "module \"back\" {\n  source = \"../\"\n}\n")]);
    let said = said(&review);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("main.tf:1 module.again calls itself"), "{said:#?}");
    assert!(said[1].starts_with("x/main.tf:1 module.back calls itself"), "{said:#?}");
}

#[test]
fn a_value_of_the_wrong_type_is_told_once() {
    let text = format!(
        "variable \"n\" {{\n  type = number\n}}\nvariable \"m\" {{\n  type = map(object({{ a = number }}))\n}}\n\
         resource \"aws_sqs_queue\" \"q\" {{\n  count = var.n\n}}\nresource \"aws_sqs_queue\" \"m\" {{\n  for_each = var.m\n  name = each.value.a\n}}\n{REST}"
    );
    let review = reviewed(&[("main.tf", &text), ("terraform.tfvars", "n = \"many\"\nm = [1, 2]\n")]);
    assert_eq!(
        said(&review),
        [
            "main.tf:1 The value of var.n does not fit its type: this string is not a number",
            "main.tf:4 The value of var.m does not fit its type: a map is needed, this is a list",
        ]
    );
}

#[test]
fn plans_on_one_line_cut_off_or_whole() {
    let mut plan = String::from(
        "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":{\"root_module\":{}},\"resource_changes\":[",
    );
    for at in 0..2_000 {
        let name = if at == 0 { "rest".to_owned() } else { format!("q{at}") };
        let _ = write!(
            plan,
            "{}{{\"address\":\"aws_sqs_queue.{name}\",\"mode\":\"managed\",\"type\":\"aws_sqs_queue\",\"name\":\"{name}\",\
             \"provider_name\":\"aws\",\"change\":{{\"actions\":[\"update\"],\"before\":{{\"name\":\"a\"}},\"after\":{{\"name\":\"b\"}},\
             \"after_unknown\":{{}},\"before_sensitive\":{{}},\"after_sensitive\":{{}}}}}}",
            if at == 0 { "" } else { "," }
        );
    }
    plan.push_str("]}");
    let whole = reviewed(&[("plan.json", &plan)]);
    assert_eq!(whole.changes.len(), 2_000);
    assert!(said(&whole).is_empty());
    let half = reviewed(&[("plan.json", &plan[..plan.len() / 2])]);
    assert!(half.changes.len() > 900 && half.changes.len() < 1_100, "{}", half.changes.len());
    assert!(said(&half).iter().any(|line| line == "plan.json:1 this bracket is not closed"), "{:#?}", said(&half));
}

#[test]
fn a_plan_over_the_limit_is_refused_by_name_and_the_rest_is_reviewed() {
    let large = |start: &str| format!("{start}{}}}", " ".repeat(65 * 1024 * 1024));
    let plan = large("{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"resource_changes\":[]");
    let template = large("{\"Resources\":{}");
    let review = reviewed(&[("main.tf", REST), ("plan.json", &plan), ("stack.json", &template)]);
    assert_eq!(
        said(&review),
        [
            "plan.json:0 this file has 65 MB; files larger than 64 MB (MAX_RECORDED_BYTES) are left out",
            "stack.json:0 this file has 65 MB; files larger than 10 MB (MAX_FILE_BYTES) are left out",
        ]
    );
}

/// One of a large stack is larger than any file that people write.
#[test]
fn a_plan_of_eleven_megabytes_is_read() {
    let mut plan = String::from("{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"resource_changes\":[");
    let padding = "x".repeat(11 * 1024);
    for at in 0..1_024 {
        let (name, comma) = if at == 0 { ("rest".to_owned(), "") } else { (format!("q{at}"), ",") };
        let _ = write!(
            plan,
            "{comma}{{\"address\":\"aws_sqs_queue.{name}\",\"mode\":\"managed\",\"type\":\"aws_sqs_queue\",\"name\":\"{name}\",\
             \"provider_name\":\"aws\",\"change\":{{\"actions\":[\"create\"],\"before\":null,\"after\":{{\"policy\":\"{padding}\"}},\
             \"after_unknown\":{{}},\"before_sensitive\":false,\"after_sensitive\":{{}}}}}}"
        );
    }
    plan.push_str("]}");
    assert!(plan.len() > plumbline::intake::MAX_FILE_BYTES);
    let review = reviewed(&[("plan.json", &plan)]);
    assert_eq!((review.changes.len(), said(&review)), (1_024, Vec::new()));
}

/// Each deleted resource may be any created one under another name: ten times as many must not take a hundred times as long.
#[test]
fn a_project_in_which_everything_is_renamed() {
    let text = |size: usize, name: &str| {
        let mut text = String::new();
        for at in 0..size {
            let _ = writeln!(text, "resource \"aws_sqs_queue\" \"{name}{at}\" {{\n  name = \"queue-{at}\"\n  delay_seconds = 5\n}}");
        }
        text
    };
    let time = |size: usize| {
        let file = |name: &str| vec![InputFile::new("main.tf", text(size, name).as_bytes())];
        let input = Input { files: file("new"), base: Some(file("old")), ..Input::default() };
        let start = Instant::now();
        let review = review(&input);
        let found = review.changes.iter().filter(|it| it.reason.contains("a `moved` block would keep it")).count();
        assert_eq!(found, size);
        start.elapsed()
    };
    let few = time(500).max(time(500));
    let many = time(4_000);
    assert!(many < few * 8 * 5, "{few:?}, and eight times as many {many:?}");
}
