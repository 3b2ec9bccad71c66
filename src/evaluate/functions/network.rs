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
        if bits == 128 && number >> 32 == 0xffff {
            // The language takes some of these for IPv4 and others not.
            return unsupported("networks of IPv4 addresses written as IPv6");
        }
        Ok(Network { first: number & mask(prefix, bits), prefix, bits })
    }

    fn host_bits(self) -> u32 {
        self.bits - self.prefix
    }

    fn last(self) -> u128 {
        self.first | !mask(self.prefix, self.bits) & mask_all(self.bits)
    }

    fn written(self) -> EcoString {
        eco_format!("{}/{}", address(self.first, self.bits), self.prefix)
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

/// A negative number counts from the end.
fn cidrhost(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    let number = big(args, 1)?;
    let size = mask_all(network.host_bits());
    let offset = number.unsigned_abs();
    let inside = if number < 0 { offset.checked_sub(1).is_some_and(|offset| offset <= size) } else { offset <= size };
    if !inside {
        return fail(eco_format!("{} has no such host", network.written()));
    }
    let host = if number < 0 { network.last() - (offset - 1) } else { network.first + offset };
    give(eco_format!("{}", address(host, network.bits)))
}

fn cidrnetmask(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    if network.bits != 32 {
        return fail("IPv6 networks have no netmask");
    }
    give(eco_format!("{}", address(mask(network.prefix, 32), 32)))
}

fn cidrsubnet(args: &[Value]) -> Outcome {
    let network = Network::parse(&text(args, 0)?)?;
    let (added, number) = (whole(args, 1)?, big(args, 2)?);
    if added < 0 || number < 0 {
        return unsupported("networks of a negative number");
    }
    let Some(added) = u32::try_from(added).ok().filter(|added| *added <= network.host_bits()) else {
        return fail(eco_format!("{} has no room for {added} more bits", network.written()));
    };
    let Some(number) = u128::try_from(number).ok().filter(|number| *number <= mask_all(added)) else {
        return fail(eco_format!("{added} bits do not hold the number"));
    };
    let prefix = network.prefix + added;
    let shift = network.bits - prefix;
    // With no bits added there is one subnet, and nothing to shift.
    let offset = if number == 0 { 0 } else { number << shift };
    give(Network { first: network.first | offset, prefix, bits: network.bits }.written())
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
    let mut next = Some(network.first);
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
