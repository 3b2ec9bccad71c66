//! Digests and name-based identifiers.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::argument::{fail, give, text};
use super::encoding::base64;
use super::{Outcome, functions};
use crate::model::Value;

functions! {
    whole "base64sha256"(1) = base64sha256;
    whole "base64sha512"(1) = base64sha512;
    impure "bcrypt"(1 ..= 2);
    whole "md5"(1) = md5;
    unsupported "rsadecrypt"(2);
    whole "sha1"(1) = sha1;
    whole "sha256"(1) = sha256;
    whole "sha512"(1) = sha512;
    impure "uuid"(0);
    whole "uuidv5"(2) = uuidv5;
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn md5(args: &[Value]) -> Outcome {
    give(hex(&Md5::digest(text(args, 0)?.as_bytes())))
}

fn sha1(args: &[Value]) -> Outcome {
    give(hex(&Sha1::digest(text(args, 0)?.as_bytes())))
}

fn sha256(args: &[Value]) -> Outcome {
    give(hex(&Sha256::digest(text(args, 0)?.as_bytes())))
}

fn sha512(args: &[Value]) -> Outcome {
    give(hex(&Sha512::digest(text(args, 0)?.as_bytes())))
}

fn base64sha256(args: &[Value]) -> Outcome {
    give(base64(&Sha256::digest(text(args, 0)?.as_bytes())))
}

fn base64sha512(args: &[Value]) -> Outcome {
    give(base64(&Sha512::digest(text(args, 0)?.as_bytes())))
}

/// RFC 4122: the digest of a namespace and a name.
fn uuidv5(args: &[Value]) -> Outcome {
    let (space, name) = (text(args, 0)?, text(args, 1)?);
    // The four namespaces of RFC 4122, appendix C, differ in one byte.
    let last = match space.as_str() {
        "dns" => Some(0x10),
        "url" => Some(0x11),
        "oid" => Some(0x12),
        "x500" => Some(0x14),
        _ => None,
    };
    let namespace = match last {
        Some(last) => [0x6b, 0xa7, 0xb8, last, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8],
        None => match uuid_bytes(&space) {
            Some(bytes) => bytes,
            None => return fail("the namespace is not a UUID"),
        },
    };
    let mut digest = Sha1::new();
    digest.update(namespace);
    digest.update(name.as_bytes());
    let mut bytes: Vec<u8> = digest.finalize().iter().take(16).copied().collect();
    if let Some(version) = bytes.get_mut(6) {
        *version = (*version & 0x0f) | 0x50;
    }
    if let Some(variant) = bytes.get_mut(8) {
        *variant = (*variant & 0x3f) | 0x80;
    }
    let digits = hex(&bytes);
    let mut id = String::with_capacity(36);
    for (at, digit) in digits.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            id.push('-');
        }
        id.push(digit);
    }
    give(id)
}

fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let digits: Vec<u32> = text.chars().filter(|letter| *letter != '-').map(|letter| letter.to_digit(16)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.as_chunks::<2>().0.iter().map(|[high, low]| (high * 16 + low) as u8).collect();
    if text.len() == 36 { bytes.try_into().ok() } else { None }
}
