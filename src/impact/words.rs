//! Durations and names as people read them.

use ecow::{EcoString, eco_format};

use crate::model::Address;

/// A range of seconds in the largest unit that keeps both figures whole enough: `1–2 min`, `15–60 min`, `1–2 h`.
pub(crate) fn range((low, high): (u32, u32)) -> EcoString {
    if high == 0 {
        return "none".into();
    }
    let (unit, length) = match high {
        0..=90 => ("s", 1),
        91..=7199 => ("min", 60),
        _ => ("h", 3600),
    };
    let (low, high) = (low / length, high.div_ceil(length));
    match (low, low == high) {
        (_, true) => eco_format!("{high} {unit}"),
        (0, _) => eco_format!("up to {high} {unit}"),
        _ => eco_format!("{low}–{high} {unit}"),
    }
}

/// A range of minutes: `under 1 min`, `15–30 min`, `1–2 h`.
pub(crate) fn minutes((low, high): (u32, u32)) -> EcoString {
    match (low, high) {
        (0, 0 | 1) => "under 1 min".into(),
        (_, 0..=119) => range((low * 60, high * 60)),
        // Hours only where they are whole.
        _ if low % 60 == 0 && high % 60 == 0 => range((low * 60, high * 60)),
        _ if high >= 180 => eco_format!("{low} min – {} h", high.div_ceil(60)),
        _ => eco_format!("{low}–{high} min"),
    }
}

/// What is left of an address when its module and type are known from elsewhere: `primary`, `private[0]`.
pub(crate) fn short_name(address: &Address) -> &str {
    let text = address.as_str();
    let block = address.without_key();
    let outer = address.module().len();
    // A program's resource is its type and its name, and the name may have dots.
    if let Some(at) = block.get(outer..).and_then(|own| own.find("::")) {
        return text.get(outer + at + 2..).unwrap_or(text);
    }
    let start = block.rfind('.').map_or(0, |at| at + 1);
    text.get(start..).unwrap_or(text)
}

/// The same, with its type where the name says nothing of its own: `aws_vpc.main`.
pub(crate) fn telling_name(address: &Address) -> &str {
    let name = short_name(address);
    let bare = name.split('[').next().unwrap_or(name);
    if !["this", "main", "default"].contains(&bare) {
        return name;
    }
    let (text, block) = (address.as_str(), address.without_key());
    let typed = block.rsplit_once('.').filter(|(before, _)| before.len() > address.module().len());
    let start = typed.map(|(before, _)| before.rfind('.').map_or(0, |at| at + 1));
    start.and_then(|start| text.get(start..)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Key;

    #[test]
    fn durations() {
        assert_eq!(range((900, 3600)), "15–60 min");
        assert_eq!(range((60, 120)), "1–2 min");
        assert_eq!(range((3600, 7200)), "1–2 h");
        assert_eq!(range((0, 3600)), "up to 60 min");
        assert_eq!(range((30, 60)), "30–60 s");
        assert_eq!(minutes((0, 1)), "under 1 min");
        assert_eq!(minutes((60, 120)), "1–2 h");
        assert_eq!(minutes((15, 30)), "15–30 min");
        assert_eq!(minutes((75, 150)), "75–150 min");
        assert_eq!(minutes((1, 2880)), "1 min – 48 h");
    }

    #[test]
    fn names() {
        let address = Address::terraform("module.net[\"a.b\"]", false, "aws_subnet", "private", &Key::Name("x.y".into()));
        assert_eq!(short_name(&address), "private[\"x.y\"]");
        let address = Address::terraform("module.net[\"a::b\"]", false, "aws_subnet", "private", &Key::Name("x::y".into()));
        assert_eq!(short_name(&address), "private[\"x::y\"]");
        let main = |module| Address::terraform(module, false, "aws_vpc", "main", &Key::Index(0));
        assert_eq!(telling_name(&main("")), "aws_vpc.main[0]");
        assert_eq!(telling_name(&main("module.net[\"a.b\"]")), "aws_vpc.main[0]");
        assert_eq!(telling_name(&Address::terraform("module.net", true, "aws_vpc", "this", &Key::None)), "aws_vpc.this");
        assert_eq!(telling_name(&address), "private[\"x::y\"]");
        assert_eq!(telling_name(&Address::plain("main")), "main");
        assert_eq!(telling_name(&Address::plain("aws:s3/bucket:Bucket::main")), "main");
        assert_eq!(short_name(&Address::plain("aws:s3/bucket:Bucket::my.logs")), "my.logs");
        assert_eq!(short_name(&Address::plain("app//aws:s3/bucket:Bucket::logs")), "logs");
    }
}
