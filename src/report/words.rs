//! How reports write figures, places and actions. Formats what the review says; decides nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::order::{map_of, set_of};
use crate::review::{
    Action, AffectedEntry, Because, CostEntry, Direction, LeftOutEntry, MoneyRange, NotCompared, QuantityRange, ResourceCostEntry, Review,
    Severity, Source, Tier, grouped,
};

const NOT_KNOWN: &str = "not known";

/// Actions worst first: the order in which every report lists changes, with the heading of each group.
pub const ACTIONS: [(Action, &str); 9] = [
    (Action::Replace, "Replaced"),
    (Action::Delete, "Deleted"),
    (Action::Update, "Updated"),
    (Action::Create, "Created"),
    (Action::Move, "Moved"),
    (Action::Import, "Imported"),
    (Action::Forget, "Forgotten"),
    (Action::Read, "Read"),
    (Action::NoOp, "Unchanged"),
];

/// The action as a plan marks it.
pub const fn symbol(action: Action) -> &'static str {
    match action {
        Action::Create => "+",
        Action::Update => "~",
        Action::Replace => "-/+",
        Action::Delete => "-",
        Action::Move | Action::Import | Action::Forget => ">",
        Action::Read => "<=",
        Action::NoOp => "",
    }
}

pub const fn action(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Replace => "replace",
        Action::Delete => "delete",
        Action::Read => "read",
        Action::NoOp => "no-op",
        Action::Move => "move",
        Action::Import => "import",
        Action::Forget => "forget",
    }
}

pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Info => "Info",
    }
}

pub const fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Immediate => "At once",
        Tier::Data => "With data",
        Tier::Full => "Everything",
    }
}

/// `rds.tf:27`, and where the place is gone, `web.tf:44 (before)`.
pub fn place(source: &Source) -> String {
    let mut text = source.file.to_string();
    if source.line > 0 {
        let _ = write!(text, ":{}", source.line);
    }
    if source.before {
        text.push_str(" (before)");
    }
    text
}

/// `$1,234.50`. What is less than a cent but not nothing keeps its own digits.
pub fn money(amount: Decimal) -> String {
    let cents = amount.abs().round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "−" } else { "" };
    if cents.is_zero() && !amount.is_zero() {
        return format!("{sign}${}", amount.abs().normalize());
    }
    format!("{sign}${}", grouped(&format!("{cents:.2}")))
}

/// A unit price with every digit it has, and at least cents: `$0.095`, `$3.00`.
pub fn price(amount: Decimal) -> String {
    let amount = amount.normalize();
    if amount.scale() <= 2 { money(amount) } else { format!("${}", grouped(&amount.to_string())) }
}

/// One figure, or the expected one with its bounds: `$91.10 ($60.74–$303.68)`.
pub fn money_range(range: &MoneyRange) -> String {
    if range.low == range.high {
        return money(range.expected);
    }
    format!("{} ({}–{})", money(range.expected), money(range.low), money(range.high))
}

/// A difference with its sign: `+$91.07`, `−$4.00`, `$0.00`.
pub fn change(amount: Decimal) -> String {
    if amount > Decimal::ZERO { format!("+{}", money(amount)) } else { money(amount) }
}

/// The change of a cost as far as both versions tell it: `+$9.00`, `+$9.00 known`, `not known`.
pub fn difference(delta: Option<MoneyRange>, whole: bool) -> String {
    match delta {
        Some(delta) if whole => change(delta.expected),
        Some(delta) => format!("{} known", change(delta.expected)),
        None if whole => String::new(),
        None => NOT_KNOWN.to_string(),
    }
}

/// The difference of the totals; `None` of a snapshot.
pub fn total_difference(cost: &CostEntry) -> Option<String> {
    let delta = cost.monthly.delta?;
    if !has_total(cost) {
        return Some(NOT_KNOWN.to_string());
    }
    let apart = cost.monthly.not_compared > 0;
    // What is known does not differ, and it is not all.
    if apart && delta.low.is_zero() && delta.expected.is_zero() && delta.high.is_zero() {
        return Some(NOT_KNOWN.to_string());
    }
    Some(difference(Some(delta), !apart))
}

/// What a resource cost before and costs after: `–` where it is not there, `not known` where it is.
pub fn figures_of(entry: &ResourceCostEntry) -> (String, String) {
    let apart = entry.not_compared.as_ref();
    let figure = |range: Option<MoneyRange>, open: bool| match range {
        Some(range) => money_range(&range),
        None if open => NOT_KNOWN.to_string(),
        None => "–".to_string(),
    };
    let before = figure(entry.before, apart.is_some_and(|it| it.after.is_some()));
    (before, figure(entry.monthly, apart.is_some_and(|it| it.before.is_some())))
}

/// The costs that only one version tells, with what they come to there and why the other does not tell them.
pub fn not_compared(cost: &CostEntry) -> Vec<(&ResourceCostEntry, &Source, String)> {
    let told = |entry: &NotCompared| {
        let before = entry.before.map(|range| format!("{} before, not known now", money_range(&range)));
        let after = entry.after.map(|range| format!("not known before, {} now", money_range(&range)));
        let both = before.into_iter().chain(after).collect::<Vec<_>>().join("; ");
        format!("{both}: {}", entry.reason.trim_end_matches('.'))
    };
    cost.resources.iter().filter_map(|entry| entry.not_compared.as_ref().map(|it| (entry, &it.source, told(it)))).collect()
}

/// The total before and after, each as it is to be printed: a total of nothing but what is not known is none.
pub fn side_totals(cost: &CostEntry, figure: fn(&MoneyRange) -> String) -> (Option<String>, String) {
    let apart = || cost.resources.iter().filter_map(|entry| entry.not_compared.as_ref());
    let total = |range: &MoneyRange, open: bool| if open && range.high.is_zero() { NOT_KNOWN.to_string() } else { figure(range) };
    let before = cost.monthly.before.map(|range| total(&range, apart().any(|it| it.after.is_some())));
    (before, total(&cost.monthly.after, apart().any(|it| it.before.is_some())))
}

/// `$96.87 → $462.51, at most $1,048.15`.
pub fn totals(cost: &CostEntry) -> String {
    let totals = &cost.monthly;
    let mut text = match side_totals(cost, |range| money(range.expected)) {
        (Some(before), after) => format!("{before} → {after}"),
        (None, after) => after,
    };
    if totals.after.high != totals.after.expected {
        let _ = write!(text, ", at most {}", money(totals.after.high));
    }
    text
}

/// `730`, `3–10`: as few digits as say it.
pub fn quantity(range: &QuantityRange) -> String {
    let digits = |value: Decimal| grouped(&value.round_dp(4).normalize().to_string());
    if range.low == range.high {
        return digits(range.expected).into();
    }
    format!("{} ({}–{})", digits(range.expected), digits(range.low), digits(range.high))
}

/// The values of an argument before and after, each as the report writes code.
pub fn values(because: &Because, code: fn(&str) -> String) -> String {
    let (before, after) = (code(&because.before.to_string()), code(&because.after.to_string()));
    match &because.follows {
        // Nothing is known of either: what matters is whose value it is.
        Some(source) if before == after => format!("a new value of {}", code(source)),
        _ => format!("{before} → {after}"),
    }
}

/// Why something is in no total: `$0.045 per GB, depends on use`.
pub fn why_left_out(entry: &LeftOutEntry) -> String {
    let reason = entry.reason.trim_end_matches('.');
    match entry.unit_price {
        Some(each) => format!("{} per {}, {reason}", price(each), entry.unit),
        None => reason.to_string(),
    }
}

/// What is in reach in one direction and does not change itself, nearest first, with its place.
pub fn in_reach(review: &Review, direction: Direction) -> Vec<(&AffectedEntry, Option<&Source>)> {
    let changed: BTreeSet<&str> =
        set_of(review.changes.iter().filter(|change| change.action != Action::NoOp).map(|change| change.address.as_str()));
    let places = map_of(review.resources.iter().map(|entry| (entry.address.as_str(), &entry.source)));
    review
        .affected
        .iter()
        .filter(|entry| entry.direction == direction && !changed.contains(entry.address.as_str()))
        .map(|entry| (entry, places.get(entry.address.as_str()).copied()))
        .collect()
}

/// Whether the total says something: not where nothing has a figure and prices are missing.
pub fn has_total(cost: &CostEntry) -> bool {
    cost.unpriced.is_empty() || !figures(cost).is_empty()
}

/// The rows of a cost table: what has a figure in either version.
pub fn figures(cost: &CostEntry) -> Vec<&ResourceCostEntry> {
    cost.resources.iter().filter(|entry| entry.monthly.is_some() || entry.before.is_some()).collect()
}

/// `15–30 min`, `1–2 h`.
pub fn minutes((low, high): (u32, u32)) -> String {
    match (low % 60 == 0 && high % 60 == 0 && high > 0, low == high) {
        (true, true) => format!("{} h", high / 60),
        (true, false) => format!("{}–{} h", low / 60, high / 60),
        (false, true) => format!("{high} min"),
        (false, false) => format!("{low}–{high} min"),
    }
}

/// Text of the input made safe to print on one line: line breaks are spaces, and characters that steer a terminal
/// or turn the direction of writing show as their number.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => shown.push(' '),
            other if steers(other) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(other));
            }
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A run of text, or of code: the sentences of a review mark code with backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run<'a> {
    Text(&'a str),
    Code(&'a str),
}

/// Splits a sentence at its backticks; one without a partner is text.
pub fn runs(sentence: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = sentence;
    while let Some((text, after)) = rest.split_once('`') {
        let Some((code, next)) = after.split_once('`') else { break };
        if !text.is_empty() {
            runs.push(Run::Text(text));
        }
        runs.push(Run::Code(code));
        rest = next;
    }
    if !rest.is_empty() {
        runs.push(Run::Text(rest));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn money_has_cents_thousands_and_a_true_minus() {
        assert_eq!(money(decimal("1234567.5")), "$1,234,567.50");
        assert_eq!(money(decimal("-31.705")), "−$31.71");
        assert_eq!(money(decimal("0")), "$0.00");
        assert_eq!(money(decimal("0.0000002")), "$0.0000002");
        assert_eq!((price(decimal("0.0950")), price(decimal("3"))), ("$0.095".into(), "$3.00".into()));
        assert_eq!(change(decimal("0.5")), "+$0.50");
        assert_eq!(change(decimal("-0.5")), "−$0.50");
    }

    #[test]
    fn ranges_say_from_where_to_where() {
        let range = MoneyRange { low: decimal("0"), expected: decimal("5"), high: decimal("10") };
        assert_eq!(money_range(&range), "$5.00 ($0.00–$10.00)");
        let hours = QuantityRange { low: decimal("2190"), expected: decimal("2190.00"), high: decimal("2190") };
        assert_eq!(quantity(&hours), "2,190");
        assert_eq!((minutes((15, 30)), minutes((60, 120)), minutes((1, 1))), ("15–30 min".into(), "1–2 h".into(), "1 min".into()));
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\nc\u{202e}d"), "a\\u{1b}[31mb c\\u{202e}d");
        assert!(matches!(visible("größe"), Cow::Borrowed("größe")));
    }

    #[test]
    fn code_runs_need_both_backticks() {
        assert_eq!(runs("`a` is b"), [Run::Code("a"), Run::Text(" is b")]);
        assert_eq!(runs("a `b"), [Run::Text("a `b")]);
        assert_eq!(runs(""), []);
    }

    #[test]
    fn what_one_version_tells_is_in_no_difference_and_named() {
        let mut review = crate::report::example::replaced();
        let range = |text: &str| MoneyRange { low: decimal(text), expected: decimal(text), high: decimal(text) };
        let source = review.changes[0].source.clone();
        let place = place(&source);
        let entry = &mut review.cost.resources[0];
        (entry.monthly, entry.delta) = (None, None);
        entry.not_compared = Some(NotCompared { before: entry.before, after: None, reason: "var.class has no value".into(), source });
        review.cost.monthly.not_compared = 1;
        review.cost.monthly.delta = Some(range("-3.65"));
        let told = "$32.03 before, not known now: var.class has no value";
        let text = crate::report::text::text(&review);
        assert!(text.contains("not known  $32.03 → not known\n"), "{text}");
        assert!(text.contains(&format!("Not in the difference\n  aws_db_instance.primary  {place}\n      {told}\n")), "{text}");
        assert!(text.contains("−$3.65 known"), "{text}");
        let markdown = crate::report::markdown::markdown(&review);
        assert!(markdown.contains("| $32.03 | not known | not known |") && markdown.contains(told), "{markdown}");
        let html = crate::report::html::html(&review);
        assert!(html.contains("<td class=\"num\">−$3.65 known</td>") && html.contains("<h3>Not in the difference</h3>"), "{html}");
        review.cost.monthly.after = range("0");
        assert_eq!(totals(&review.cost), "$35.68 → not known");
        review.cost.monthly.delta = Some(range("0"));
        assert_eq!(total_difference(&review.cost).as_deref(), Some("not known"));
    }
}
