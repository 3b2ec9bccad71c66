//! Input that is broken, huge or made to hurt: it costs a diagnostic with its place, never the review of the file
//! beside it, and never more than two seconds of one core (`cargo test --release --test hostile`).

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::time::{Duration, Instant};

use plumbline::report::{Format, render};
use plumbline::{Input, InputFile, Review, intake, review, review_with_sources};

/// What stands for a million. Without optimisation everything takes ten to twenty times as long.
const MILLION: usize = if cfg!(debug_assertions) { 60_000 } else { 1_000_000 };
/// Two seconds are promised of what is shipped; the limits that end the work are the same without optimisation, and
/// the work up to them takes ten times as long.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

/// Reviews a hostile file beside a good one.
fn hostile(path: &str, bytes: impl Into<Vec<u8>>) -> Review {
    let good = InputFile::new("good.tf", *b"resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\n");
    let input = Input { files: vec![InputFile::new(path, bytes.into()), good], ..Input::default() };
    let start = used();
    let review = review(&input);
    let took = used() - start;
    assert!(took < MOST, "{path} took {took:?}");
    let kept = review.resources.iter().any(|resource| resource.address.ends_with("aws_sqs_queue.jobs"));
    assert!(kept, "the file beside {path} is not in the review: {}", said(&review).join("\n"));
    review
}

/// Time that this thread has computed, where the system tells; tests run side by side and wait for each other.
fn used() -> Duration {
    thread_local!(static START: Instant = Instant::now());
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|it| it.split(' ').next().and_then(|it| it.parse().ok()));
    nanoseconds.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}

fn said(review: &Review) -> Vec<String> {
    let line =
        |it: &plumbline::review::DiagnosticEntry| format!("{}:{}:{} {}", it.source.file, it.source.line, it.source.column, it.message);
    review.diagnostics.iter().take(20).map(line).collect()
}

fn assert_said(review: &Review, wanted: &str) {
    let said = said(review);
    assert!(said.iter().any(|line| line.starts_with(wanted)), "wanted {wanted}, found {said:#?}");
}

#[test]
fn nothing_and_white_space_are_files() {
    for text in ["", "\u{feff}", "\n", &" ".repeat(MILLION), &"\n".repeat(MILLION), &"\r\n\t".repeat(MILLION / 3)] {
        assert_eq!(said(&hostile("a.tf", text)), [""; 0], "{:?}", text.get(..20));
    }
}

#[test]
fn what_is_not_text_is_named() {
    assert_said(&hostile("a.tf", *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "a.tf:0:0 this is not text");
    assert_said(&hostile("a.tf", vec![0; MILLION]), "a.tf:0:0 this is not text");
    let noise: Vec<u8> = (0..MILLION as u64).map(|at| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
    assert_said(&hostile("a.tf", noise), "a.tf:0:0 this is not text");
    assert_said(&hostile("a.tf", *b"# fine\nlocals {}\n# caf\xe9\n"), "a.tf:0:0 line 3 is not valid UTF-8");
}

#[test]
fn a_file_past_the_limit_is_left_out_and_the_limit_is_named() {
    let review = hostile("a.tf", vec![b' '; intake::MAX_FILE_BYTES + 1]);
    assert_said(&review, "a.tf:0:0 this file has 10 MB; files larger than 10 MB (MAX_FILE_BYTES) are left out");
}

#[test]
fn ten_megabytes_are_read() {
    let most = if cfg!(debug_assertions) { 1 << 20 } else { 9_900_000 };
    let fill = |part: &str, around: (&str, &str)| format!("{}{}{}", around.0, part.repeat(most / part.len()), around.1);
    for (text, wanted) in [
        (fill("x", ("locals {\n  a = \"", "\"\n}\n")), ""),
        (fill("x", ("# ", "\n")), ""),
        (fill("# a line of words that say nothing\n", ("", "")), ""),
        (fill("x", ("/*", "")), "a.tf:1:1 cannot read `/*`"),
        (fill("1, ", ("locals {\n  a = [", "]\n}\n")), "a.tf:2:7 more than 100000 items; not read (MAX_ITEMS)"),
        (fill("a=1,", ("locals {\n  a = {", "}\n}\n")), "a.tf:2:7 more than 100000 items; not read (MAX_ITEMS)"),
        (fill("1, ", ("locals {\n  a = max(", "1)\n}\n")), "a.tf:2:7 more than 100000 items; not read (MAX_ITEMS)"),
        (fill("a = 1\n", ("locals {\n", "}\n")), "a.tf:3:3"),
    ] {
        let review = hostile("a.tf", text);
        if wanted.starts_with("a.tf:1") || wanted.contains("MAX_ITEMS") {
            assert_said(&review, wanted);
        }
    }
    let queue = |at: usize| format!("resource \"aws_sqs_queue\" \"q{at}\" {{\n  name = \"q{at}\"\n}}\n");
    let few = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    assert_eq!(hostile("a.tf", (0..few).map(queue).collect::<String>()).resources.len(), few + 1);
}

/// Whether a block stands there twice is asked of every block, behind all that are none.
#[test]
fn a_million_settings_that_may_stand_once() {
    let half = MILLION / 2;
    let text = format!("terraform {{\n{}{}}}\n", "a {}\n".repeat(half), "backend \"s3\" {}\n".repeat(half));
    assert!((1..=203).contains(&hostile("a.tf", text).diagnostics.len()));
}

/// Each move is held against everything that is declared.
#[test]
fn a_thousand_moves_before_a_hundred_thousand_resources() {
    let moved = |at: usize| format!("moved {{\n  from = terraform_data.b{at}\n  to = terraform_data.a{at}\n}}\n");
    let declared = |at: usize| format!("resource \"terraform_data\" \"a{at}\" {{}}\n");
    let many = MILLION / 10;
    let text: String = (0..1_000).map(moved).chain((0..many).map(declared)).collect();
    assert_eq!(hostile("a.tf", text).resources.len(), many + 1);
}

/// A source is followed through locals before anything is evaluated, where no other limit holds.
#[test]
fn a_source_that_doubles_through_locals() {
    let local = |at: usize| format!("  a{at} = \"{}\"\n", format!("${{local.a{}}}x", at + 1).repeat(MILLION / 30));
    let locals: String = (0..3).map(local).collect();
    let text = format!("locals {{\n{locals}}}\nmodule \"m\" {{\n  source = \"./${{local.a0}}\"\n}}\n");
    assert_eq!(hostile("a.tf", text).resources.len(), 2);
}

#[test]
fn many_comments_before_one_name() {
    let text = format!("output \"o\" {{\n  value = (var.{}x)\n}}\n", "/**/".repeat(MILLION));
    assert_eq!(hostile("a.tf", text).outputs.len(), 1);
}

/// Each here document sends the parser back to the beginning of its line: that is work which its size justifies.
#[test]
fn thousands_of_short_here_documents_are_read() {
    let policy = |at: usize| {
        let filler = "x".repeat(at % 300);
        format!("resource \"aws_iam_policy\" \"p{at}\" {{\n  policy = <<-EOT\n    {filler}\n  EOT\n}}\n")
    };
    let few = if cfg!(debug_assertions) { 4_000 } else { 40_000 };
    let review = hostile("a.tf", (0..few).map(policy).collect::<String>());
    assert_eq!(review.resources.len(), few + 1, "{:?}", said(&review).first());
}

#[test]
fn ten_megabytes_that_are_no_language_are_given_up_by_a_limit() {
    let most = if cfg!(debug_assertions) { 60_000 } else { 9_900_000 };
    let mut seed = 1u64;
    let mut letter = |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) % 96;
        if at == 95 { '\n' } else { char::from(32 + at as u8) }
    };
    for text in [(0..most).map(&mut letter).collect(), "{".repeat(most), "a {\n".repeat(most / 4), "}".repeat(most)] {
        let review = hostile("a.tf", text);
        let said = said(&review);
        let named = |line: &String| line.contains("more steps than its size justifies") || line.starts_with("a.tf:1:");
        assert!((1..=203).contains(&review.diagnostics.len()) && said.iter().any(named), "{said:#?}");
    }
}

#[test]
fn a_name_given_a_million_times_is_told_as_often_as_anyone_reads() {
    let left = MILLION - 201;
    for (text, left) in [
        ("locals { a = 1 }\n".repeat(MILLION), format!("{left} more names that are declared twice are not listed (MAX_PROBLEMS, 200)")),
        (
            format!("locals {{\n{}}}\n", "  a = 1\n".repeat(MILLION)),
            format!("{left} more problems of this file are not listed (MAX_PROBLEMS, 200)"),
        ),
    ] {
        let review = hostile("a.tf", text);
        assert!(review.diagnostics.len() <= 201, "{}", review.diagnostics.len());
        assert!(review.diagnostics.iter().any(|it| it.message == left), "{:#?}", review.diagnostics.last());
    }
}

/// `n` times each: openings without closings, the reverse, and everything that may nest.
#[test]
fn braces_that_do_not_match_and_a_million_levels() {
    const DEEP: &str = "nested deeper than 200 levels";
    // What stays broken for long is given up by a limit, and then that is what is said at its place.
    const GIVEN_UP: &str = "a.tf:1:1 reading this file takes more steps than its size justifies; it is left out";
    let n = MILLION;
    let value = |open: &str, inner: &str, close: &str| format!("locals {{\n  a = {}{inner}{}\n}}\n", open.repeat(n), close.repeat(n));
    let cases: Vec<(&str, String, &str)> = vec![
        ("{", "{".repeat(n), "1:1 cannot read `{{{"),
        ("}", "}".repeat(n), "1:1 cannot read `}}}"),
        ("} in lines", "}\n".repeat(n), "1:1 cannot read `}`"),
        ("\"", "\"".repeat(n), "1:1 cannot read `\"\"\""),
        ("(", format!("locals {{\n  a = {}", "(".repeat(n)), "1:1 cannot read `locals {`"),
        ("[", format!("locals {{\n  a = {}", "[".repeat(n)), "1:1 cannot read `locals {`"),
        ("${", format!("locals {{\n  a = {}", "\"${".repeat(n)), "1:1 cannot read `locals {`"),
        ("here documents", format!("locals {{\n  a = {}", "<<E\n${".repeat(n / 10)), "2:7 the text that begins here is not closed"),
        ("open blocks", "a {\n".repeat(n), "1:1 cannot read `a {`"),
        ("blocks", format!("resource \"a_b\" \"c\" {{\n{}{}}}\n", "d {\n".repeat(n), "}\n".repeat(n)), DEEP),
        ("lists", value("[", "", "]"), DEEP),
        ("objects", value("{a=", "1", "}"), DEEP),
        ("parentheses", value("(", "1", ")"), DEEP),
        ("templates", value("\"${", "1", "}\""), DEEP),
        ("not", value("!", "true", ""), DEEP),
        ("minus", value("-", "1", ""), DEEP),
        ("calls", value("abs(", "1", ")"), DEEP),
        ("sums", value("1 + ", "1", ""), DEEP),
        ("conditions", value("true?1:", "1", ""), DEEP),
        ("loops", format!("locals {{\n  a = {}1{}\n}}\n", "[for a in b : ".repeat(n / 2), "]".repeat(n / 2)), DEEP),
        ("indexes in indexes", value("b[", "0", "]"), DEEP),
        ("directives", format!("locals {{\n  a = \"{}\"\n}}\n", "%{ if true }".repeat(n / 10)), "2:7 directives nested deeper than 200"),
        ("steps", value("", "a_b.c", ".d"), "2:7 a_b.c is declared in no file here"),
        ("numbered steps", value("", "a_b.c", "[0]"), "2:7 a_b.c is declared in no file here"),
        ("splats", value("", "a_b.c", "[*]"), "2:7 a_b.c is declared in no file here"),
        ("labels", format!("resource {} {{}}\n", "\"a\" ".repeat(n)), "1:1 `resource` takes 2 labels"),
    ];
    for (name, text, wanted) in cases {
        let review = hostile("a.tf", text);
        let said = said(&review);
        let found = said.iter().any(|line| match wanted {
            DEEP => line.contains(DEEP) && !line.starts_with("a.tf:0"),
            wanted if wanted.starts_with("1:1 cannot read") && line == GIVEN_UP => true,
            wanted => line.strip_prefix("a.tf:").is_some_and(|line| line.starts_with(wanted)),
        });
        assert!(found, "{name}: wanted {wanted}, found {said:#?}");
        assert!(review.diagnostics.len() <= 3, "{name}: one thing is wrong, and {} are said: {said:#?}", review.diagnostics.len());
    }
    const DEEP_DATA: &str = "values nested deeper than 450 are not read; the rest of the file is left out";
    for (path, head) in [
        ("a.tf.json", "{\"locals\": {\"a\": "),
        ("terraform.tfvars.json", "{\"a\": "),
        ("plan.json", "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", \"resource_changes\": "),
        ("state.json", "{\"format_version\": \"1.0\", \"terraform_version\": \"1.9.0\", \"values\": "),
    ] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[", ""), ("[{\"a\":", "}]")] {
            let review = hostile(path, format!("{head}{}{}}}}}", open.repeat(n), close.repeat(n)));
            assert!(said(&review).iter().any(|line| line.starts_with(&format!("{path}:1:")) && line.ends_with(DEEP_DATA)));
            assert!(review.diagnostics.len() <= 3, "{path} {open}: {:#?}", said(&review));
        }
    }
}

#[test]
fn words_in_no_order_give_a_list_that_ends() {
    let words = ["a ", "{ ", "} ", "= ", "\"", "${", "[ ", "<<E\n", "]\n", "for ", ": "];
    let text: String = (0..MILLION).map(|at| words[(at * 7919 + at / 13) % words.len()]).collect();
    let review = hostile("a.tf", text);
    assert!((1..=201).contains(&review.diagnostics.len()), "{}", review.diagnostics.len());
    assert_said(&review, "a.tf:1:");
    assert!(said(&review).iter().any(|line| line.contains("MAX_PROBLEMS")) || review.diagnostics.len() <= 200);
}

fn doubled(first: &str, next: &str) -> String {
    let step = |at: usize| format!("  a{} = {}\n", at + 1, next.replace('$', &format!("local.a{at}")));
    let locals: String = (0..60).map(step).collect();
    format!(
        "locals {{\n  a0 = {first}\n{locals}}}\nresource \"aws_sqs_queue\" \"q\" {{\n  name = local.a60\n  tags = {{ all = local.a60 }}\n}}\n"
    )
}

#[test]
fn a_few_lines_that_ask_for_a_lot_get_a_little() {
    let queue = |arguments: &str| format!("resource \"aws_sqs_queue\" \"q\" {{\n  {arguments}\n}}\n");
    for (arguments, wanted) in [
        ("count = 1000000000", "2:11 a block of more than 10,000 instances is shown as one"),
        ("count = 1e300", "2:11 `1e300` has more digits than are kept; it is taken for unknown"),
        ("count = 1e99999999999", "2:11 `1e99999999999` has more digits"),
        ("count = -1", "2:11 count is not a whole number"),
        ("for_each = toset([for i in range(1000000000) : tostring(i)])", "2:14 for_each is not a map or a set"),
        ("dynamic \"a\" {\n    for_each = range(1000000000)\n    content {}\n  }", "3:16 range(): more than 1,024 items"),
    ] {
        let review = hostile("a.tf", queue(arguments));
        assert_said(&review, &format!("a.tf:{wanted}"));
        assert!(review.resources.iter().any(|resource| resource.address.starts_with("aws_sqs_queue.q")), "{arguments}: shown as one");
    }
    let inner = "dynamic \"c\" {\n for_each = range(1000)\n content {}\n}\n";
    let middle = format!("dynamic \"b\" {{\n for_each = range(1000)\n content {{\n{inner}}}\n}}\n");
    let outer = queue(&format!("dynamic \"a\" {{\n for_each = range(1000)\n content {{\n{middle}}}\n}}\n"));
    assert_said(&hostile("a.tf", outer), "a.tf:6:13 past 200,000 dynamic blocks in all");
}

#[test]
fn values_that_double_at_every_step_end_as_unknown() {
    for (first, next) in [
        ("\"ha\"", "\"${$}${$}\""),
        ("\"ha\"", "join(\"\", [$, $])"),
        ("\"ha\"", "format(\"%s%s\", $, $)"),
        ("\"ha\"", "replace($, \"a\", $)"),
        ("\"ha\"", "jsonencode([$, $])"),
        ("[1, 1]", "[$, $]"),
        ("[1, 1]", "concat($, $)"),
        ("[1, 1]", "setproduct($, $)"),
        ("{ a = 1 }", "{ a = $, b = $ }"),
        ("[1, 1]", "[for x in $ : $]"),
    ] {
        let review = hostile("a.tf", doubled(first, next));
        let queue = review.resources.iter().find(|resource| resource.address == "aws_sqs_queue.q").unwrap();
        let value = serde_json::to_value(queue).unwrap();
        let length = value["attributes"].to_string().len();
        assert!(length < 20_000_000, "{next}: {length}");
    }
    for value in [
        "[for x in range(1000) : [for y in range(1000) : [for z in range(1000) : x]]]",
        "setproduct(range(1000), range(1000), range(1000))",
        "format(\"%1000000000d\", 1)",
        "format(\"%.999999999f\", 1.5)",
        "indent(1000000000, \"a\\nb\")",
        "pow(9999999999, 999999999)",
        "regexall(\"(a*)*b\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")",
        "regex(\"((a{1000}){1000}){1000}\", \"a\")",
        "[for i in range(1024) : cidrsubnet(\"10.0.0.0/8\", 16, i)]",
        "jsondecode(join(\"\", [for i in range(1024) : \"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]))",
        "yamldecode(join(\"\", [for i in range(1024) : \"- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - \"]))",
    ] {
        hostile("a.tf", format!("resource \"aws_sqs_queue\" \"q\" {{\n  tags = {{ a = {value} }}\n}}\n"));
    }
    let aliases: String = (0..60).map(|at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)).collect();
    hostile("a.tf", format!("output \"a\" {{\n  value = yamldecode(<<E\na0: &a0 [x, x]\n{aliases}E\n  )\n}}\n"));
}

#[test]
fn long_chains_of_names_are_followed_and_circles_are_told() {
    let n = MILLION / 20;
    let chain: String = (0..n).map(|at| format!("  a{at} = local.a{}\n", at + 1)).collect();
    let review =
        hostile("a.tf", format!("locals {{\n{chain}  a{n} = \"end\"\n}}\nresource \"aws_sqs_queue\" \"q\" {{\n  name = local.a0\n}}\n"));
    let queue = serde_json::to_value(review.resources.iter().find(|resource| resource.address == "aws_sqs_queue.q")).unwrap();
    assert_eq!(queue["attributes"]["name"], "end");
    let review = hostile("a.tf", format!("locals {{\n{chain}  a{n} = local.a0\n}}\noutput \"a\" {{\n  value = local.a0\n}}\n"));
    assert!(said(&review).iter().any(|line| line.contains("depends on itself")), "{:#?}", said(&review));
}

/// Names become addresses, labels and cells of tables; a page that shows a report must not run them.
#[test]
fn names_are_never_markup() {
    const NAME: &str = "<img src=x onerror=alert(1)>";
    let text = format!(
        "resource \"aws_sqs_queue\" \"{NAME}\" {{\n  name = \"{NAME}\"\n}}\nresource \"aws_sns_topic\" \"t\" {{\n  for_each = toset([\"{NAME}\", \"a|b`c`\"])\n  name = each.key\n  tags = {{ \"{NAME}\" = var.{NAME} }}\n}}\nresource \"aws_eip\" \"e\" {{\n  count = \"{NAME}\"\n}}\n{NAME}\n"
    );
    let input = |base: Option<Vec<InputFile>>| Input {
        files: vec![InputFile::new(format!("{NAME}.tf"), text.as_bytes())],
        base,
        ..Input::default()
    };
    for input in [input(None), input(Some(vec![InputFile::new("a.tf", *b"resource \"aws_sqs_queue\" \"gone\" {}\n")]))] {
        let (review, sources) = review_with_sources(&input);
        assert!(!review.diagnostics.is_empty());
        assert!(review.resources.iter().any(|resource| resource.address.contains(NAME)), "the name itself stays as it is");
        for format in [Format::Html, Format::Svg, Format::Markdown, Format::Mermaid] {
            let mut report = render(format, &review, &sources).to_lowercase();
            if format == Format::Markdown {
                report = without_code(&report);
            }
            assert!(!report.contains("<img"), "{format:?} has markup of the input");
        }
    }
}

/// Markdown without its code spans, in which nothing is markup.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        out.push_str(&rest[..start]);
        let ticks: String = rest[start..].chars().take_while(|it| *it == '`').collect();
        let inside = &rest[start + ticks.len()..];
        rest = inside.find(&ticks).map_or("", |end| &inside[end + ticks.len()..]);
    }
    out + rest
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, text) in files {
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (mut entry, config) = archive.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
        let mut data = config.wrap(Vec::new());
        data.write_all(text).unwrap();
        let (_, descriptor) = data.finish().unwrap();
        entry.write_all(&miniz_oxide::deflate::compress_to_vec(text, 6)).unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

#[test]
fn an_archive_that_unpacks_to_far_more_is_stopped() {
    let zeros = vec![b' '; if cfg!(debug_assertions) { 1 << 20 } else { 9 << 20 }];
    let names: Vec<String> = (0..40).map(|at| format!("{at}.tf")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..])).collect();
    let bomb = zip(&files);
    let review = hostile("bomb.zip", bomb.clone());
    assert_said(&review, "bomb.zip:0:0 unpacks to more than 128 MB (MAX_TOTAL_BYTES) or more than 200 times its size (MAX_ARCHIVE_RATIO)");
    let nested = hostile("outer.zip", zip(&[("inner.zip", &bomb), ("b.tf", b"resource \"aws_sns_topic\" \"b\" {}\n")]));
    assert!(said(&nested).iter().any(|line| line.contains("an archive inside an archive is not opened")));
    assert!(nested.resources.iter().any(|resource| resource.address.ends_with("aws_sns_topic.b")));
    let huge = hostile("huge.zip", zip(&[("big.tf", &vec![b' '; intake::MAX_FILE_BYTES + 1])]));
    assert!(said(&huge).iter().any(|line| line.contains("more than 10 MB (MAX_FILE_BYTES)")), "{:#?}", said(&huge));
    let many: Vec<String> = (0..=intake::MAX_ARCHIVE_ENTRIES).map(|at| format!("{at}.txt")).collect();
    let many = hostile("many.zip", zip(&many.iter().map(|name| (name.as_str(), &b""[..])).collect::<Vec<_>>()));
    assert_said(&many, "many.zip:0:0 more than 20000 entries (MAX_ARCHIVE_ENTRIES)");
}
