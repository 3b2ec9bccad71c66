//! Sets, which are lists without order or repetition: results are sorted.

use super::argument::{alike, any, give_kind, limit, list_in};
use super::{Failure, MANY, Outcome, functions};
use crate::evaluate::convert::sort_set;
use crate::evaluate::limits;
use crate::evaluate::unify::to_one_type;
use crate::model::{Kind, Value};

functions! {
    whole "setintersection"(1 ..= MANY) = setintersection;
    shape "setproduct"(2 ..= MANY) = setproduct;
    whole "setsubtract"(2) = setsubtract;
    whole "setunion"(1 ..= MANY) = setunion;
}

/// The sets of all arguments, their items of one type.
fn sets(args: &[Value]) -> Result<Vec<Vec<Value>>, Failure> {
    let mut all = Vec::new();
    let mut lengths = Vec::with_capacity(args.len());
    for arg in args {
        let items = list_in(arg)?;
        lengths.push(items.len());
        all.extend_from_slice(items);
    }
    to_one_type(&mut all)?;
    let mut items = all.into_iter();
    let mut sets = Vec::with_capacity(lengths.len());
    for length in lengths {
        let mut set: Vec<Value> = items.by_ref().take(length).collect();
        sort_set(&mut set);
        sets.push(set);
    }
    Ok(sets)
}

/// Membership without walking the set for each item; only texts are many.
struct Members<'a> {
    texts: rustc_hash::FxHashSet<&'a str>,
    others: Vec<&'a Value>,
}

impl<'a> Members<'a> {
    fn of(set: &'a [Value]) -> Members<'a> {
        let mut members = Members { texts: rustc_hash::FxHashSet::default(), others: Vec::new() };
        for item in set {
            match item {
                Value::Text(text) => {
                    members.texts.insert(text);
                }
                other => members.others.push(other),
            }
        }
        members
    }

    fn contains(&self, item: &Value) -> bool {
        match item {
            Value::Text(text) => self.texts.contains(text.as_str()),
            other => self.others.contains(&other),
        }
    }
}

fn setunion(args: &[Value]) -> Outcome {
    let mut all: Vec<Value> = sets(args)?.into_iter().flatten().collect();
    sort_set(&mut all);
    give_kind(Kind::Set, all)
}

fn setintersection(args: &[Value]) -> Outcome {
    let sets = sets(args)?;
    let Some((first, rest)) = sets.split_first() else { return give_kind(Kind::Set, Vec::new()) };
    let rest: Vec<Members<'_>> = rest.iter().map(|set| Members::of(set)).collect();
    give_kind(Kind::Set, first.iter().filter(|item| rest.iter().all(|set| set.contains(item))).cloned().collect())
}

fn setsubtract(args: &[Value]) -> Outcome {
    let sets = sets(args)?;
    let [first, second] = sets.as_slice() else { return give_kind(Kind::Set, Vec::new()) };
    let taken = Members::of(second);
    give_kind(Kind::Set, first.iter().filter(|item| !taken.contains(item)).cloned().collect())
}

fn setproduct(args: &[Value]) -> Outcome {
    let mut product: Vec<Vec<Value>> = vec![Vec::new()];
    let mut kind = Kind::One;
    for at in 0..args.len() {
        let items = alike(args, at)?;
        if matches!(any(args, at)?, Value::List(items) if items.kind == Kind::Set) {
            kind = Kind::Set;
        }
        if product.len().saturating_mul(items.len()) > limits::ITEMS {
            return limit("lists of more than 100,000 items are not evaluated");
        }
        product = product
            .iter()
            .flat_map(|before| {
                items.iter().map(|item| {
                    let mut tuple = before.clone();
                    tuple.push(item.clone());
                    tuple
                })
            })
            .collect();
    }
    let mut product = product.into_iter().map(|items| Value::list_of(Kind::Each, items)).collect();
    if kind == Kind::Set {
        sort_set(&mut product);
    }
    give_kind(kind, product)
}
