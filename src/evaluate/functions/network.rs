//! IP networks in CIDR notation.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ecow::{EcoString, eco_format};

use super::argument::{any, fail, give, give_list, list_in, number, text, unsupported, whole};
use super::{Failure, MANY, Outcome, functions};
use crate::evaluate::convert::number_of;
use crate::model::Value;

functions! {
    whole "cidrcontains"(2) = cidrcontains;
    whole "cidrhost"(2) = cidrhost;
    whole "cidrnetmask"(1) = cidrnetmask;
    whole "cidrsubnet"(3) = cidrsubnet;
    whole "cidrsubnets"(1 ..= MANY) = cidrsubnets;
}

/// A network: its first address as a number, its prefix length, and how many bits addresses have.
#[derive(Clone, Copy)]
struct Network {
    first: u128,
    prefix: u32,
    bits: u32,
}

impl Network {
    fn parse(text: &str) -> Result<Network, Failure> {
        let parsed = text.split_once('/').and_then(|(address, prefix)| {
            // "/+8" is not a prefix; "/08" is.
            let plain = prefix.bytes().all(|byte| byte.is_ascii_digit());
            Some((address_in(address)?, prefix.parse::<u32>().ok().filter(|_| plain)?))
        });
        let Some((address, prefix)) = parsed else { return fail(eco_format!("{text:?} is not a network in CIDR notation")) };
        let (number, bits) = number_and_bits(address);
        if prefix > bits {
            return fail(eco_format!("the prefix of {text:?} is longer than {bits} bits"));
        }
        Ok(Network { first: number & mask(prefix, bits), prefix, bits })
    }

    fn host_bits(self) -> u32 {
        self.bits - self.prefix
    }

    fn last(self) -> u128 {
        self.first | !mask(self.prefix, self.bits) & mask_all(self.bits)
    }

    /// Whether it is one of IPv4 addresses, written as IPv6.
    fn is_mapped(self) -> bool {
        self.bits == 128 && self.first >> 32 == 0xffff
    }

    fn written(self) -> EcoString {
        let prefix = if self.is_mapped() { self.prefix.saturating_sub(96) } else { self.prefix };
        eco_format!("{}/{prefix}", address(self.first, self.bits))
    }
}

fn number_and_bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    }
}

/// Numbers of an IPv4 address may begin with zeros, and are decimal then too.
fn address_in(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok();
    }
    let plain = |part: &str| {
        let digits = part.trim_start_matches('0');
        if digits.is_empty() && !part.is_empty() { "0".to_owned() } else { digits.to_owned() }
    };
    text.split('.').map(plain).collect::<Vec<_>>().join(".").parse().ok()
}

fn mask_all(bits: u32) -> u128 {
    if bits == 128 { u128::MAX } else { (1 << bits) - 1 }
}

fn mask(prefix: u32, bits: u32) -> u128 {
    mask_all(bits) & !mask_all(bits - prefix)
}

fn address(number: u128, bits: u32) -> IpAddr {
    // An IPv4 address written as IPv6 is printed as what it stands for.
    if bits == 32 || number >> 32 == 0xffff { IpAddr::V4(Ipv4Addr::from(number as u32)) } else { IpAddr::V6(Ipv6Addr::from(number)) }
}

fn cidrcontains(args: &[Value]) -> Outcome {
    let outer = Network::parse(&text(args, 0)?)?;
    if outer.is_mapped() {
        return unsupported("networks of IPv4 addresses written as IPv6");
    }
    let inner = text(args, 1)?;
    let (first, last, bits) = match address_in(&inner) {
        Some(address) => {
            let (number, bits) = number_and_bits(address);
            (number, number, bits)
        }
        None => {
            let inner = Network::parse(&inner)?;
            (inner.first, inner.last(), inner.bits)
        }
    };
    if bits != outer.bits {
        return fail("one is IPv4, the other is IPv6");
    }
    Ok(Value::Bool(outer.first <= first && last <= outer.last()))
}

/// A whole number of as many digits as are kept.
fn big(args: &[Value], at: usize) -> Result<i128, Failure> {
    let number = number(args, at)?;
    if number.is_integer() { Ok(number.decimal().mantissa()) } else { fail("a whole number is needed") }
}

/// A negative number counts from the end. Of a positive one the language compares the low 64 bits, with their sign; and in
/// a network of IPv4 addresses written as IPv6 it counts in the first bits.
fn cidrhost(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    let number = big(args, 1)?;
    let size = mask_all(network.host_bits());
    let compared = if number < 0 { !number as u128 } else { (number as i64).max(0) as u128 };
    let offset = if number < 0 { size.wrapping_sub(!number as u128) } else { number as u128 };
    match moved(network, offset, false, if network.is_mapped() { 96 } else { 0 }) {
        Some(host) if compared <= size => give(eco_format!("{}", address(host, network.bits))),
        _ => fail(eco_format!("{} has no such host", network.written())),
    }
}

/// The first address with a number written into it, which may be negative: what the language then makes of all bits.
fn moved(network: Network, number: u128, negative: bool, by: u32) -> Option<u128> {
    let moved = if number == 0 { 0 } else { number.checked_shl(by)? };
    let kept = number == 0 || if negative { (moved as i128) >> by == number as i128 } else { moved >> by == number };
    let first = network.first | moved;
    let first = if negative { first.wrapping_neg() } else { first };
    Some(first).filter(|first| kept && *first <= mask_all(network.bits))
}

fn cidrnetmask(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    if network.bits != 32 && !network.is_mapped() {
        return fail("IPv6 networks have no netmask");
    }
    give(eco_format!("{}", address(mask(network.prefix, network.bits), network.bits)))
}

fn cidrsubnet(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    let (added, number) = (whole(args, 1)?, big(args, 2)?);
    let prefix = i64::from(network.prefix).saturating_add(added);
    let Some(shift) = i64::from(network.bits).checked_sub(prefix).and_then(|shift| u32::try_from(shift).ok()) else {
        return fail(eco_format!("{} has no room for {added} more bits", network.written()));
    };
    let most = if (0..64).contains(&added) { (1 << added) - 1 } else { u64::MAX };
    let first = moved(network, number as u128, number < 0, shift).filter(|_| number.unsigned_abs() as u64 <= most);
    let Some(first) = first else { return fail(eco_format!("{added} bits do not hold the number")) };
    match u32::try_from(prefix) {
        Ok(prefix) => give(Network { first, prefix, bits: network.bits }.written()),
        // So the language writes it.
        Err(_) => give("<nil>"),
    }
}

/// Consecutive subnets of the given sizes, each at the next place where it fits.
fn cidrsubnets(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    let mut sizes = Vec::new();
    for arg in args.iter().skip(1) {
        match arg {
            Value::List(_) => {
                for item in list_in(arg)? {
                    sizes.push(number_of(item)?);
                }
            }
            other => sizes.push(number_of(other)?),
        }
    }
    let _ = any(args, 0)?;
    let mut subnets = Vec::with_capacity(sizes.len());
    // It begins before the network, where there is nothing before the first address.
    let mut next = Some(network.first).filter(|first| *first > 0 && !network.is_mapped());
    for size in sizes {
        let Some(added) =
            size.to_i64().and_then(|size| u32::try_from(size).ok()).filter(|added| (1..=network.host_bits().min(32)).contains(added))
        else {
            return fail(eco_format!("{} has no room for {size} more bits", network.written()));
        };
        let prefix = network.prefix + added;
        let block = mask_all(network.bits - prefix);
        let first = next.and_then(|next| next.checked_add(block)).map(|end| end & !block);
        let Some(first) = first.filter(|first| first | block <= network.last()) else {
            return fail(eco_format!("{} is used up", network.written()));
        };
        subnets.push(Value::Text(Network { first, prefix, bits: network.bits }.written()));
        next = (first | block).checked_add(1);
    }
    give_list(subnets)
}
