//! The core as a browser runs it: what crosses the door, both ways.
//!
//! Compiled for WebAssembly and run in a real browser by `cargo xtask test`; natively this file is empty.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use js_sys::{JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use plumbline::catalog::prices::{Prices, bundled};
use plumbline::{Catalog, Input, InputFile, report};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const QUEUE: &str = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\n";

fn parsed(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn at(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, step| Reflect::get(&value, &JsValue::from_str(step)).unwrap())
}

fn open() -> plumbline::wasm::Project {
    let mut project = plumbline::wasm::Project::new(JsValue::UNDEFINED).unwrap();
    project.set_prices(bundled()).unwrap();
    project
}

#[wasm_bindgen_test]
fn texts_are_composed_by_the_browser() {
    for (written, kept) in
        [("e\u{301}", "\u{e9}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("\u{1100}\u{1161}", "\u{ac00}"), ("\u{1f600}", "\u{1f600}")]
    {
        assert_eq!(plumbline::unicode::composed(written.into()), kept);
    }
}

#[wasm_bindgen_test]
fn a_snippet_gives_a_review() {
    let mut project = open();
    project.set_file("after", "main.tf", QUEUE.as_bytes()).unwrap();
    let review = parsed(&project.analyze());
    assert_eq!(at(&review, &["resources", "0", "address"]).as_string().unwrap(), "aws_sqs_queue.jobs");
    assert_eq!(at(&review, &["resources", "0", "source", "line"]).as_f64().unwrap(), 1.0);
}

#[wasm_bindgen_test]
fn a_version_before_makes_a_comparison() {
    let mut project = open();
    project.set_file("before", "main.tf", QUEUE.as_bytes()).unwrap();
    project.set_file("after", "main.tf", QUEUE.replace("\"jobs\"\n", "\"work\"\n").as_bytes()).unwrap();
    let review = parsed(&project.analyze());
    assert_eq!(at(&review, &["compared"]), JsValue::TRUE);
    // The queue's name cannot change in place: data/replacement/terraform_aws.json.
    assert_eq!(at(&review, &["changes", "0", "action"]).as_string().unwrap(), "replace");
}

#[wasm_bindgen_test]
fn geometry_has_four_numbers_for_each_card() {
    let mut project = open();
    project.set_file("after", "main.tf", QUEUE.as_bytes()).unwrap();
    let scene = parsed(&project.layout(JsValue::UNDEFINED).unwrap());
    let cards = js_sys::Array::from(&at(&scene, &["cards"])).length();
    assert_eq!(cards, 1);
    assert!(project.geometry().length() >= 4 * cards);
}

#[wasm_bindgen_test]
fn one_call_takes_text_and_bytes() {
    let files = Object::new();
    Reflect::set(&files, &"main.tf".into(), &QUEUE.into()).unwrap();
    Reflect::set(&files, &"more.tf".into(), &Uint8Array::from("resource \"aws_sns_topic\" \"news\" {}\n".as_bytes())).unwrap();
    let input = Object::new();
    Reflect::set(&input, &"files".into(), &files).unwrap();
    let review = plumbline::wasm::review(input.into(), None).unwrap();
    assert_eq!(js_sys::Array::from(&at(&review, &["resources"])).length(), 2);
}

#[wasm_bindgen_test]
fn what_does_not_fit_is_an_error_and_ends_nothing() {
    let mut project = open();
    assert!(project.set_file("middle", "main.tf", b"").is_err());
    assert!(project.export("papyrus").is_err());
    assert!(project.set_prices(&[0, 1, 2]).is_err());
    let options = Object::new();
    Reflect::set(&options, &"regoin".into(), &"eu-west-1".into()).unwrap();
    assert!(project.set_options(options.into()).is_err());
    assert!(project.export("markdown").is_ok());
}

#[wasm_bindgen_test]
fn the_same_input_gives_the_same_bytes_through_either_door() {
    let mut project = open();
    project.set_file("after", "main.tf", QUEUE.as_bytes()).unwrap();
    let input = Input {
        files: vec![InputFile::new("main.tf", QUEUE.as_bytes())],
        catalog: Catalog::new().with_prices(Prices::open(bundled()).unwrap()),
        ..Input::default()
    };
    assert_eq!(project.analyze(), report::json::json(&plumbline::review(&input)));
}

#[wasm_bindgen_test]
fn deep_nesting_overflows_no_stack() {
    let mut project = open();
    let deep = format!("locals {{\n  a = {}{}\n}}\n{QUEUE}", "[".repeat(20_000), "]".repeat(20_000));
    project.set_file("after", "main.tf", deep.as_bytes()).unwrap();
    let review = parsed(&project.analyze());
    assert!(js_sys::Array::from(&at(&review, &["diagnostics"])).length() > 0);
    assert_eq!(at(&review, &["resources", "0", "address"]).as_string().unwrap(), "aws_sqs_queue.jobs");
}

#[wasm_bindgen_test]
fn hostile_names_stay_text() {
    let mut project = open();
    project.set_file("after", "<img onerror=x>.tf", b"resource \"aws_sqs_queue\" \"</script><img onerror=x>\" {}\n").unwrap();
    project.analyze();
    let svg = project.export("svg").unwrap();
    assert!(!svg.contains("<img"));
}

#[wasm_bindgen_test]
fn the_version_is_the_package_s() {
    assert_eq!(plumbline::wasm::core_version(), env!("CARGO_PKG_VERSION"));
    assert!(JsValue::from_str("").dyn_into::<js_sys::JsString>().is_ok());
}
