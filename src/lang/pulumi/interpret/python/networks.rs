//! `ipaddress`: networks and addresses of the fourth version, with the arithmetic that programs cut their ranges with.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::Args;
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::value::{Native, Value, deps_of};

/// The names of what stands for a network and an address; each keeps its text.
const NETWORK: &str = "Network";
const ADDRESS: &str = "Address";

/// Parts of one network that are made.
const MOST: u32 = 4096;

pub fn library(path: &str, args: &Args) -> Option<Value> {
    let first = args.first()?;
    let text = match first {
        Value::Native(native) if is_one(native) => native.this.as_text()?.clone(),
        Value::Int(number) => return u32::try_from(*number).ok().map(address),
        Value::Text(text) => text.clone(),
        other => return Some(Value::unsupported("a network that is not known", deps_of(other))),
    };
    match path.trim_start_matches("ipaddress.") {
        "ip_address" | "IPv4Address" => Some(address(number(&text)?)),
        "ip_network" | "IPv4Network" | "ip_interface" | "IPv4Interface" => {
            let (start, prefix) = parsed(&text)?;
            Some(network(start & mask(prefix), prefix))
        }
        _ => None,
    }
}

fn is_one(native: &Native) -> bool {
    native.name == NETWORK || native.name == ADDRESS
}

fn number(text: &str) -> Option<u32> {
    let octets: Vec<u8> = text.split('.').map(|octet| octet.parse().ok()).collect::<Option<_>>()?;
    Some(u32::from_be_bytes(octets.try_into().ok()?))
}

fn parsed(text: &str) -> Option<(u32, u32)> {
    let (start, prefix) = text.split_once('/').unwrap_or((text, "32"));
    let prefix = prefix.trim().parse().ok().filter(|prefix| *prefix <= 32)?;
    Some((number(start.trim())?, prefix))
}

fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix).unwrap_or(0)
}

fn spelled(number: u32) -> EcoString {
    let [a, b, c, d] = number.to_be_bytes();
    eco_format!("{a}.{b}.{c}.{d}")
}

fn address(number: u32) -> Value {
    native(&Value::Text(spelled(number)), ADDRESS)
}

fn network(start: u32, prefix: u32) -> Value {
    native(&Value::Text(eco_format!("{}/{prefix}", spelled(start))), NETWORK)
}

/// The text of a network or an address.
pub fn text(native: &Native) -> Option<&Value> {
    is_one(native).then_some(&native.this)
}

/// What has no brackets behind it: `prefixlen`, `network_address`.
pub fn property(of: &Native, name: &str) -> Option<Value> {
    let text = of.this.as_text().filter(|_| is_one(of))?;
    let (start, prefix) = parsed(text)?;
    Some(match name {
        "prefixlen" => Value::Int(i64::from(prefix)),
        "max_prefixlen" => Value::Int(32),
        "version" => Value::Int(4),
        "num_addresses" => Value::Int(1_i64 << (32 - prefix)),
        "network_address" => address(start),
        "broadcast_address" => address(start | !mask(prefix)),
        "netmask" => address(mask(prefix)),
        "hostmask" => address(!mask(prefix)),
        "with_prefixlen" | "compressed" | "exploded" => Value::Text(text.clone()),
        "ip" => address(start),
        "network" => network(start & mask(prefix), prefix),
        _ => return None,
    })
}

pub fn method(of: &Native, name: &str, args: &Args) -> Option<Value> {
    let (start, prefix) = parsed(of.this.as_text().filter(|_| is_one(of))?)?;
    let int = |value: Option<&Value>| match value {
        Some(Value::Int(number)) => u32::try_from(*number).ok(),
        _ => None,
    };
    match name {
        "subnets" => {
            let new = int(args.get(1, "new_prefix")).or_else(|| prefix.checked_add(int(args.get(0, "prefixlen_diff")).unwrap_or(1)))?;
            if new < prefix || new > 32 {
                return None;
            }
            let count = 1_u64.checked_shl(new - prefix)?.min(u64::from(MOST)) as u32;
            let size = 1_u64.checked_shl(32 - new)? as u32;
            Some(Value::list((0..count).map(|at| network(start.wrapping_add(at.wrapping_mul(size)), new)).collect()))
        }
        "supernet" => {
            let new = prefix.checked_sub(int(args.get(0, "prefixlen_diff")).unwrap_or(1))?;
            Some(network(start & mask(new), new))
        }
        "hosts" => addresses(of, prefix < 31).map(Value::list),
        "subnet_of" | "supernet_of" | "overlaps" => {
            let Value::Native(other) = args.first()? else { return None };
            let (theirs, their_prefix) = parsed(other.this.as_text()?)?;
            let inside = |a: u32, a_prefix: u32, b: u32, b_prefix: u32| a_prefix >= b_prefix && a & mask(b_prefix) == b;
            let (below, above) = (inside(start, prefix, theirs, their_prefix), inside(theirs, their_prefix, start, prefix));
            Some(Value::Bool(match name {
                "subnet_of" => below,
                "supernet_of" => above,
                _ => below || above,
            }))
        }
        "__str__" => Some(of.this.clone()),
        _ => None,
    }
}

/// The addresses of a network, as far as they are made.
pub fn addresses(of: &Native, only_hosts: bool) -> Option<Vec<Value>> {
    let (start, prefix) = parsed(of.this.as_text().filter(|_| of.name == NETWORK)?)?;
    let count = 1_u64 << (32 - prefix);
    let (from, to) = if only_hosts { (1, count.saturating_sub(1)) } else { (0, count) };
    Some((from..to.min(from + u64::from(MOST))).map(|at| address(start.wrapping_add(at as u32))).collect())
}

/// `network[5]`, `network[-1]`.
pub fn element(of: &Native, at: i64) -> Option<Value> {
    let (start, prefix) = parsed(of.this.as_text().filter(|_| of.name == NETWORK)?)?;
    let count = 1_i64 << (32 - prefix);
    let at = if at < 0 { count + at } else { at };
    (0..count).contains(&at).then(|| address(start.wrapping_add(at as u32)))
}

/// `address + 4`.
pub fn moved(of: &Rc<Native>, by: i64) -> Option<Value> {
    let start = i64::from(number(of.this.as_text().filter(|_| of.name == ADDRESS)?)?);
    u32::try_from(start.checked_add(by)?).ok().map(address)
}

/// `int(address)`.
pub fn whole(of: &Native) -> Option<i64> {
    number(of.this.as_text().filter(|_| of.name == ADDRESS)?).map(i64::from)
}
