//! What the user's own tool calls a resource: `module.vpc.aws_subnet.private[0]`.

use std::cmp::Ordering;
use std::fmt;

use ecow::{EcoString, eco_format};

/// The instance key of a resource or module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Neither `count` nor `for_each`.
    None,
    /// `count`: `[0]`.
    Index(u64),
    /// `for_each`: `["a"]`.
    Name(EcoString),
    /// The number of instances is not known: one placeholder, `[*]`.
    Unknown,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::None => Ok(()),
            Key::Index(index) => write!(f, "[{index}]"),
            Key::Name(name) => write!(f, "[{:?}]", name.as_str()),
            Key::Unknown => f.write_str("[*]"),
        }
    }
}

/// The printed path of a module instance, empty for the root module: `module.a["k"].module.b`.
pub type ModulePath = EcoString;

/// The printed address of a resource; compared and sorted as text, with numbers by their value.
///
/// Cheap to clone. Formats build it with their own spelling; later stages never take it apart
/// except through [`Address::module`] and [`Address::without_key`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    text: EcoString,
    /// Length in bytes of the module part with its dot.
    module: u32,
    /// Length in bytes of the key part at the end.
    key: u32,
}

impl Address {
    /// A Terraform address. `data` prefixes the type as Terraform prints data sources.
    pub fn terraform(module: &str, data: bool, native_type: &str, name: &str, key: &Key) -> Address {
        // A root's prefix, `infra/network//`, needs no dot.
        let dot = if module.is_empty() || module.ends_with("//") { "" } else { "." };
        let data = if data { "data." } else { "" };
        let printed = match key {
            Key::None => EcoString::new(),
            other => eco_format!("{other}"),
        };
        Address {
            module: (module.len() + dot.len()) as u32,
            key: printed.len() as u32,
            text: eco_format!("{module}{dot}{data}{native_type}.{name}{printed}"),
        }
    }

    /// An address that has no module and no key, such as a logical id.
    pub fn plain(text: impl Into<EcoString>) -> Address {
        Address { text: text.into(), module: 0, key: 0 }
    }

    /// A name in a stack: the path of stacks around it ends in a slash, or is empty.
    pub fn in_stack(path: &str, name: &str) -> Address {
        Address { text: eco_format!("{path}{name}"), module: path.len() as u32, key: 0 }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn text(&self) -> &EcoString {
        &self.text
    }

    /// The module instance path, empty for the root module.
    pub fn module(&self) -> &str {
        let module = self.text.get(..self.module as usize).unwrap_or("");
        let stack = module.strip_suffix('/').filter(|stack| !stack.ends_with('/'));
        stack.or_else(|| module.strip_suffix('.')).unwrap_or(module)
    }

    /// The same address in a module instance: `aws_vpc.main` becomes `module.net.aws_vpc.main`.
    pub fn inside(&self, module: &str) -> Address {
        if module.is_empty() {
            return self.clone();
        }
        let dot = if module.ends_with("//") { "" } else { "." };
        let added = (module.len() + dot.len()) as u32;
        Address { text: eco_format!("{module}{dot}{}", self.text), module: self.module + added, key: self.key }
    }

    /// The address of an instance of this block.
    pub fn with_key(&self, key: &Key) -> Address {
        let printed = eco_format!("{key}");
        Address { text: eco_format!("{}{printed}", self.text), module: self.module, key: printed.len() as u32 }
    }

    /// The address of the block, without instance key.
    pub fn without_key(&self) -> &str {
        self.text.get(..self.text.len() - self.key as usize).unwrap_or(&self.text)
    }

    /// A block's address for any instance of the modules around it: `module.a[*].aws_vpc.main`.
    pub fn with_open_keys(block: &str) -> EcoString {
        let mut open = EcoString::new();
        let mut rest = block;
        while let Some((before, key)) = rest.split_once('[') {
            open.push_str(before);
            open.push_str("[*]");
            let end = if key.starts_with('"') { "\"]" } else { "]" };
            rest = key.split_once(end).map_or("", |(_, rest)| rest);
        }
        open.push_str(rest);
        open
    }

    /// The instance key as printed, brackets included; empty without one.
    pub fn key(&self) -> &str {
        self.text.get(self.text.len() - self.key as usize..).unwrap_or("")
    }
}

/// Numbers inside addresses compare by value, so `[2]` stands before `[10]`.
impl Ord for Address {
    fn cmp(&self, other: &Address) -> Ordering {
        let (left, right) = (self.text.as_bytes(), other.text.as_bytes());
        // What both begin with decides nothing, except that a number must be compared whole.
        let shared = shared(left, right);
        let digits = left.get(..shared).unwrap_or_default().iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let behind = |bytes: &'_ [u8]| -> std::ops::Range<usize> { shared - digits..bytes.len() };
        let order = natural(left.get(behind(left)).unwrap_or_default(), right.get(behind(right)).unwrap_or_default());
        order.then_with(|| left.cmp(right))
    }
}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Address) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How many bytes both begin with.
fn shared(left: &[u8], right: &[u8]) -> usize {
    const WORD: usize = 8;
    let words = left.chunks_exact(WORD).zip(right.chunks_exact(WORD)).take_while(|(a, b)| a == b).count() * WORD;
    let rest = |bytes: &'_ [u8]| -> usize { bytes.len().min(words) };
    let (left, right) = (left.get(rest(left)..).unwrap_or_default(), right.get(rest(right)..).unwrap_or_default());
    words + left.iter().zip(right).take_while(|(a, b)| a == b).count()
}

fn natural(mut left: &[u8], mut right: &[u8]) -> Ordering {
    loop {
        match (left.split_first(), right.split_first()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some((a, left_rest)), Some((b, right_rest))) => {
                if a.is_ascii_digit() && b.is_ascii_digit() {
                    let (left_digits, left_after) = split_digits(left);
                    let (right_digits, right_after) = split_digits(right);
                    let order = left_digits.len().cmp(&right_digits.len()).then_with(|| left_digits.cmp(right_digits));
                    if order != Ordering::Equal {
                        return order;
                    }
                    (left, right) = (left_after, right_after);
                } else if a != b {
                    return a.cmp(b);
                } else {
                    (left, right) = (left_rest, right_rest);
                }
            }
        }
    }
}

/// The leading digits without leading zeros, and what follows them.
fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, after) = bytes.split_at(end);
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    (digits.get(zeros..).unwrap_or(digits), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_terraform_address() {
        let address = Address::terraform("module.vpc[\"a\"]", true, "aws_subnet", "private", &Key::Index(3));
        assert_eq!(address.as_str(), "module.vpc[\"a\"].data.aws_subnet.private[3]");
        assert_eq!(address.module(), "module.vpc[\"a\"]");
        assert_eq!(address.without_key(), "module.vpc[\"a\"].data.aws_subnet.private");
        assert_eq!(address.key(), "[3]");
    }

    #[test]
    fn numbers_sort_by_value() {
        let mut addresses: Vec<Address> = ["a.b[10]", "a.b[2]", "a.b", "a.b2", "a.b[02]"].map(Address::plain).to_vec();
        addresses.sort();
        assert_eq!(format!("{addresses:?}"), "[a.b, a.b2, a.b[02], a.b[2], a.b[10]]");
    }
}
