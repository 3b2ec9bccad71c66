//! Numbers as Terraform computes them: binary, of 512 bits, rounded to the nearest. Only to tell whether a decimal result is
//! what the language has, or beside it by some 150th digit that a comparison would see.

use std::cmp::Ordering;

use rust_decimal::Decimal;

const BITS: usize = 512;
/// Room for a product, and for a numerator that leaves 512 bits.
const LIMBS: usize = 40;

/// Of 32 bits each, so that nothing needs numbers wider than 64.
type Wide = [u32; LIMBS];

#[derive(Clone, Copy, PartialEq)]
struct Float {
    negative: bool,
    /// Of exactly 512 bits, or 0.
    digits: Wide,
    exponent: i32,
}

#[derive(Clone, Copy)]
pub(super) enum Operation {
    Add,
    Multiply,
    Divide,
}

/// Whether the language's result for two decimals is what it makes of the decimal `result`.
pub(super) fn is_result(operation: Operation, a: Decimal, b: Decimal, result: Decimal) -> bool {
    let (a, b) = (of(a), of(b));
    let found = match operation {
        Operation::Add => add(a, b),
        Operation::Multiply => round(a.negative != b.negative, multiply(&a.digits, &b.digits), a.exponent + b.exponent, false),
        Operation::Divide => {
            let (digits, rest) = divide(shifted(&a.digits, 600), &b.digits);
            round(a.negative != b.negative, digits, a.exponent - b.exponent - 600, rest)
        }
    };
    found == of(result)
}

/// Whether a decimal is more or less than the binary number it becomes.
pub(super) fn beside(value: Decimal) -> Ordering {
    let (mut exact, scale) = (wide(value.mantissa().unsigned_abs()), value.scale());
    let float = of(value);
    if scale == 0 || float.exponent >= 0 {
        return Ordering::Equal;
    }
    // value = exact / 10^scale, and float = digits / 2^-exponent.
    exact = shifted(&exact, float.exponent.unsigned_abs() as usize);
    let float = multiply(&float.digits, &wide(10_u128.pow(scale)));
    let order = compare(&exact, &float);
    if value.is_sign_negative() { order.reverse() } else { order }
}

fn wide(number: u128) -> Wide {
    let mut wide = [0; LIMBS];
    for (at, limb) in wide.iter_mut().take(4).enumerate() {
        *limb = (number >> (32 * at)) as u32;
    }
    wide
}

fn of(value: Decimal) -> Float {
    let mut digits = shifted(&wide(value.mantissa().unsigned_abs()), 640);
    let mut rest = false;
    for _ in 0..value.scale() {
        let mut left = 0;
        for limb in digits.iter_mut().rev() {
            let part = u64::from(left) << 32 | u64::from(*limb);
            (*limb, left) = ((part / 10) as u32, (part % 10) as u32);
        }
        rest |= left != 0;
    }
    round(value.is_sign_negative(), digits, -640, rest)
}

/// To 512 bits; a tie goes to the even one. `rest` says that there is more behind the digits.
fn round(negative: bool, digits: Wide, exponent: i32, rest: bool) -> Float {
    let length = length(&digits);
    if length == 0 {
        return Float { negative: false, digits, exponent: 0 };
    }
    let Some(dropped) = length.checked_sub(BITS).filter(|dropped| *dropped > 0) else {
        let up = BITS - length;
        return Float { negative, digits: shifted(&digits, up), exponent: exponent - up as i32 };
    };
    let mut kept = halved(&digits, dropped);
    let (half, below) = (bit(&digits, dropped - 1), rest || (0..dropped - 1).any(|at| bit(&digits, at)));
    if half && (below || bit(&kept, 0)) {
        kept = sum(&kept, &wide(1));
    }
    let over = usize::from(bit(&kept, BITS));
    Float { negative, digits: halved(&kept, over), exponent: exponent + (dropped + over) as i32 }
}

fn add(a: Float, b: Float) -> Float {
    let low = a.exponent.min(b.exponent);
    let [x, y] = [a, b].map(|it| shifted(&it.digits, (it.exponent - low) as usize));
    if a.negative == b.negative {
        return round(a.negative, sum(&x, &y), low, false);
    }
    if compare(&x, &y).is_ge() {
        round(a.negative, difference(&x, &y), low, false)
    } else {
        round(b.negative, difference(&y, &x), low, false)
    }
}

fn bit(wide: &Wide, at: usize) -> bool {
    wide.get(at / 32).is_some_and(|limb| limb >> (at % 32) & 1 == 1)
}

fn length(wide: &Wide) -> usize {
    wide.iter().rposition(|limb| *limb != 0).map_or(0, |at| (at + 1) * 32 - wide.get(at).map_or(0, |limb| limb.leading_zeros() as usize))
}

fn shifted(wide: &Wide, by: usize) -> Wide {
    let part = |at: usize| at.checked_sub(by / 32).and_then(|at| wide.get(at)).copied().unwrap_or(0);
    std::array::from_fn(|at| match by % 32 {
        0 => part(at),
        bits => part(at) << bits | if at == 0 { 0 } else { part(at - 1) >> (32 - bits) },
    })
}

fn halved(wide: &Wide, by: usize) -> Wide {
    let part = |at: usize| wide.get(at + by / 32).copied().unwrap_or(0);
    std::array::from_fn(|at| match by % 32 {
        0 => part(at),
        bits => part(at) >> bits | part(at + 1) << (32 - bits),
    })
}

fn compare(a: &Wide, b: &Wide) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

fn sum(a: &Wide, b: &Wide) -> Wide {
    let mut carry = 0;
    let mut total = *a;
    for (limb, other) in total.iter_mut().zip(b) {
        let all = u64::from(*limb) + u64::from(*other) + carry;
        (*limb, carry) = (all as u32, all >> 32);
    }
    total
}

/// `a - b`, of which `a` is no less.
fn difference(a: &Wide, b: &Wide) -> Wide {
    sum(&sum(a, &b.map(|limb| !limb)), &wide(1))
}

fn multiply(a: &Wide, b: &Wide) -> Wide {
    let mut product = [0; LIMBS];
    for (shift, factor) in a.iter().enumerate().filter(|(_, factor)| **factor != 0) {
        let mut carry = 0;
        for (limb, other) in product.iter_mut().skip(shift).zip(b) {
            let all = u64::from(*limb) + u64::from(*factor) * u64::from(*other) + carry;
            (*limb, carry) = (all as u32, all >> 32);
        }
    }
    product
}

/// The quotient, and whether something is left.
fn divide(a: Wide, b: &Wide) -> (Wide, bool) {
    let mut quotient = [0; LIMBS];
    let mut left = [0; LIMBS];
    for at in (0..length(&a)).rev() {
        left = shifted(&left, 1);
        if let Some(limb) = left.first_mut() {
            *limb |= u32::from(bit(&a, at));
        }
        if compare(&left, b).is_ge() {
            left = difference(&left, b);
            if let Some(limb) = quotient.get_mut(at / 32) {
                *limb |= 1 << (at % 32);
            }
        }
    }
    (quotient, left != [0; LIMBS])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// As `terraform console` compares them.
    #[test]
    fn results_are_those_of_512_bits() {
        use Operation::{Add, Divide, Multiply};
        for (operation, a, b, result, same) in [
            (Add, "0.1", "0.2", "0.3", true),
            (Add, "1.1", "2.2", "3.3", false),
            (Add, "3.3", "-1.1", "2.2", false),
            (Add, "1.0", "-0.9", "0.1", false),
            (Add, "0.5", "-0.5", "0", true),
            (Multiply, "0.1", "3", "0.3", true),
            (Multiply, "1.1", "3", "3.3", false),
            (Multiply, "100", "1.1", "110", true),
            (Divide, "3.3", "3", "1.1", true),
            (Divide, "1", "10", "0.1", true),
            (Divide, "1", "3", "0.3333333333333333333333333333", false),
            (Divide, "10", "4", "2.5", true),
        ] {
            assert_eq!(is_result(operation, decimal(a), decimal(b), decimal(result)), same, "{a} {b}");
        }
    }

    #[test]
    fn a_decimal_lies_beside_its_binary_number() {
        assert_eq!(beside(decimal("2.5")), Ordering::Equal);
        assert_ne!(beside(decimal("1.005")), Ordering::Equal);
        assert_eq!(beside(decimal("-1.005")), beside(decimal("1.005")).reverse());
    }
}
