//! What must hold of conversions and templates for every value.

use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::vectors::evaluated;
use crate::evaluate::convert::{Type, convert, number_of, sort_set, text_of};
use crate::model::{Number, Object, UnknownKind, Value};

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        proptest::bool::ANY.prop_map(Value::Bool),
        (-1_000_000_000_000_000_000i64..1_000_000_000_000_000_000).prop_map(|number| Value::Number(number.into())),
        "[ -~é]{0,8}".prop_map(Value::text),
        Just(Value::text("true")),
        (0i64..100).prop_map(|number| Value::text(number.to_string())),
        Just(Value::unknown(UnknownKind::NoValue, "var.x")),
        Just(Value::text("secret").sensitive()),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::list),
            proptest::collection::btree_map("[a-c]", inner, 0..4)
                .prop_map(|map| Value::object(map.into_iter().map(|(key, value)| (key.into(), value)).collect())),
        ]
    })
}

fn types() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![Just(Type::Any), Just(Type::Text), Just(Type::Number), Just(Type::Bool)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| Type::List(Box::new(item))),
            inner.clone().prop_map(|item| Type::Set(Box::new(item))),
            inner.clone().prop_map(|item| Type::Map(Box::new(item))),
            proptest::collection::vec(inner, 0..3).prop_map(Type::Tuple),
        ]
    })
}

/// A text as the language writes it between quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '$' | '%' if letters.peek() == Some(&'{') => out.extend([letter, letter]),
            plain => out.push(plain),
        }
    }
    out.push('"');
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_converted_value_has_its_type(value in values(), to in types()) {
        if let Ok(once) = convert(value, &to) {
            prop_assert_eq!(convert(once.clone(), &to), Ok(once));
        }
    }

    #[test]
    fn what_is_not_known_and_what_is_hidden_stay_so(to in types()) {
        let unknown = Value::unknown(UnknownKind::NoValue, "var.x");
        prop_assert_eq!(convert(unknown.clone(), &to), Ok(unknown));
        prop_assert_eq!(convert(Value::Null, &to), Ok(Value::Null));
        if let Ok(hidden) = convert(Value::text("1").sensitive(), &to) {
            prop_assert!(hidden.is_sensitive());
        }
    }

    #[test]
    fn numbers_are_texts_and_back(whole in -1_000_000_000_000_000_000i64..1_000_000_000_000_000_000, digits in 0u32..6) {
        let divisor = Number::from(10i64.pow(digits));
        let number = Number::from(whole).checked_div(divisor).unwrap();
        let text = text_of(&Value::Number(number)).unwrap();
        prop_assert!(!text.contains('e') && (!text.contains('.') || !text.ends_with('0')), "{}", text);
        prop_assert_eq!(number_of(&Value::Text(text)), Ok(number));
    }

    #[test]
    fn a_set_has_each_item_once_and_one_order(items in proptest::collection::vec("[a-d]{0,2}", 0..12)) {
        let mut set: Vec<Value> = items.iter().map(Value::text).collect();
        sort_set(&mut set);
        let mut wanted = items.clone();
        wanted.sort();
        wanted.dedup();
        prop_assert_eq!(&set, &wanted.iter().map(Value::text).collect::<Vec<_>>());
        let mut turned: Vec<Value> = items.iter().rev().map(Value::text).collect();
        sort_set(&mut turned);
        prop_assert_eq!(turned, set);
    }

    #[test]
    fn what_is_quoted_is_read_back(text in "[ -~éß\t]{0,24}") {
        prop_assert_eq!(evaluated(&quoted(&text), false, None), Value::text(&text), "{}", quoted(&text));
    }

    #[test]
    fn a_heredoc_keeps_its_lines(lines in proptest::collection::vec("[ -#&-~]{0,12}", 0..5), indent in 0usize..4) {
        let plain: String = lines.iter().map(|line| format!("{line}\n")).collect();
        prop_assert_eq!(evaluated(&format!("<<END_OF_TEXT\n{plain}END_OF_TEXT"), false, None), Value::text(&plain));
        // The first line has no space of its own, so that the indent is what is taken away.
        let margin = " ".repeat(indent);
        let moved: String = lines.iter().map(|line| format!("{margin}|{line}\n")).collect();
        let wanted: String = lines.iter().map(|line| format!("|{line}\n")).collect();
        prop_assert_eq!(evaluated(&format!("<<-END_OF_TEXT\n{moved}  END_OF_TEXT"), false, None), Value::text(&wanted));
    }

    #[test]
    fn one_interpolation_alone_keeps_its_value(value in values()) {
        let mut vars = Object::default();
        vars.insert("x".into(), value.clone());
        prop_assert_eq!(evaluated("\"${x}\"", false, Some(&vars)), value.clone());
        // With text beside it, it is text: the value's own, or no value and the reason.
        match (text_of(&value), evaluated("\"<${x}>\"", false, Some(&vars)).unmarked()) {
            (Ok(text), Value::Text(found)) => prop_assert_eq!(found.as_str(), format!("<{text}>")),
            (Err(_), Value::Unknown(_)) => {}
            (_, found) => prop_assert!(false, "{:?} gives {:?}", value, found),
        }
    }

    #[test]
    fn any_template_is_read_or_refused(text in "[ a-c\"$%{}~\n.\\[\\]()=:?<-]{0,40}") {
        let none = Object::default();
        evaluated(&text, true, Some(&none));
        evaluated(&text, false, Some(&none));
    }
}
