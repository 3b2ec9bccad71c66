//! Lists and maps.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashSet;

use super::argument::{
    alike, any, fail, give_kind, give_list, limit, list, list_in, number, object, object_in, row, row_in, sorted, text, texts, whole,
};
use super::{Failure, MANY, Outcome, functions};
use crate::evaluate::convert::{DIGITS, Type, convert, number_of, text_of, truth_of};
use crate::evaluate::limits;
use crate::evaluate::operate::equal;
use crate::evaluate::unify::{to_one_type, type_of_value};
use crate::model::{Kind, Number, Object, UnknownKind, Value};
use crate::order::Order as _;

functions! {
    shape "alltrue"(1) = alltrue;
    shape "anytrue"(1) = anytrue;
    shape "chunklist"(2) = chunklist;
    lazy "coalesce"(1 ..= MANY) = super::lazy::coalesce;
    shape "coalescelist"(1 ..= MANY) = coalescelist;
    whole "compact"(1) = compact;
    shape "concat"(1 ..= MANY) = concat;
    shape "contains"(2) = contains;
    shape "distinct"(1) = distinct;
    shape "element"(2) = element;
    shape "flatten"(1) = flatten;
    shape "index"(2) = index;
    shape "keys"(1) = keys;
    shape "length"(1) = length;
    shape "list"(0 ..= MANY) = listed;
    shape "lookup"(2 ..= 3) = lookup;
    shape "map"(0 ..= MANY) = mapped;
    shape "matchkeys"(3) = matchkeys;
    shape "merge"(0 ..= MANY) = merge;
    shape "one"(1) = one;
    whole "range"(1 ..= 3) = range;
    shape "reverse"(1) = reverse;
    shape "slice"(3) = slice;
    whole "sort"(1) = sort;
    whole "sum"(1) = sum;
    whole "transpose"(1) = transpose;
    shape "values"(1) = values;
    shape "zipmap"(2) = zipmap;
}

/// `decisive`, or its opposite where every item is that; a null is false. An unknown item leaves it open unless another
/// decides, and one that is no bool is refused even then.
fn truth_of_all(args: &[Value], decisive: bool) -> Outcome {
    let (mut unknown, mut decided) = (None, false);
    for item in list(args, 0)? {
        match truth_of(item) {
            Ok(truth) => decided |= truth == decisive,
            Err(_) if matches!(item.unmarked(), Value::Null) => decided |= !decisive,
            Err(reason) if reason.kind == UnknownKind::Invalid => return Err(reason.into()),
            Err(reason) => unknown = Some(reason),
        }
    }
    match unknown {
        Some(reason) if !decided => Err(reason.into()),
        _ => Ok(Value::Bool(decided == decisive)),
    }
}

/// From before 0.12, when no brackets made a list.
fn listed(args: &[Value]) -> Outcome {
    give_list(args.to_vec())
}

/// From before 0.12: keys and values in turn.
fn mapped(args: &[Value]) -> Outcome {
    let mut object = Object::default();
    for at in (0..args.len()).step_by(2) {
        object.insert(text(args, at)?, any(args, at + 1)?.clone());
    }
    Ok(Value::object_of(Kind::One, object))
}

fn alltrue(args: &[Value]) -> Outcome {
    truth_of_all(args, false)
}

fn anytrue(args: &[Value]) -> Outcome {
    truth_of_all(args, true)
}

fn chunklist(args: &[Value]) -> Outcome {
    let items = alike(args, 0)?;
    match usize::try_from(whole(args, 1)?) {
        Err(_) => fail("the size of a chunk is never negative"),
        Ok(_) if items.is_empty() => give_list(items),
        Ok(0) => give_list(vec![Value::list_of(Kind::One, items)]),
        Ok(size) => give_list(items.chunks(size).map(|chunk| Value::list_of(Kind::One, chunk.to_vec())).collect()),
    }
}

fn coalescelist(args: &[Value]) -> Outcome {
    let mut found = None;
    for arg in args.iter().filter(|arg| !matches!(arg, Value::Null)) {
        if !row_in(arg)?.is_empty() {
            found = found.or(Some(arg));
        }
    }
    found.map_or_else(|| fail("every list is empty"), |found| Ok(found.clone()))
}

fn compact(args: &[Value]) -> Outcome {
    let mut kept = Vec::new();
    for item in list(args, 0)? {
        if !matches!(item, Value::Null) {
            let text = text_of(item)?;
            if !text.is_empty() {
                kept.push(Value::Text(text));
            }
        }
    }
    give_list(kept)
}

fn concat(args: &[Value]) -> Outcome {
    let mut all = Vec::new();
    let mut kind = None;
    for arg in args {
        let items = row_in(arg)?;
        if all.len() + items.len() > limits::ITEMS {
            return limit("lists of more than 100,000 items are not evaluated");
        }
        all.extend_from_slice(items);
        kind = Some(one_kind(kind, items.kind));
    }
    let kind = kind.unwrap_or_default();
    if kind == Kind::One && to_one_type(&mut all).is_err() {
        return give_kind(Kind::Each, all);
    }
    give_kind(kind, all)
}

/// What several of a kind make together.
fn one_kind(all: Option<Kind>, next: Kind) -> Kind {
    match all {
        None => next,
        Some(all) if all == next => all,
        Some(all) if all == Kind::Open || next == Kind::Open => Kind::Open,
        Some(_) => Kind::Each,
    }
}

fn same(left: &Value, right: &Value) -> Result<bool, Failure> {
    match equal(left, right) {
        Ok(equal) => Ok(equal),
        Err(Value::Unknown(unknown)) => Err(Failure::Unknown(unknown)),
        Err(_) => Ok(false),
    }
}

/// What is looked for in a list.
fn wanted(args: &[Value]) -> Result<&Value, Failure> {
    match any(args, 1)? {
        Value::Null => fail("a null is in no list"),
        wanted => Ok(wanted),
    }
}

fn contains(args: &[Value]) -> Outcome {
    let wanted = wanted(args)?;
    let mut unknown = None;
    for item in list(args, 0)? {
        match equal(item, wanted) {
            Ok(true) => return Ok(Value::Bool(true)),
            Err(Value::Unknown(reason)) => unknown = Some(Failure::Unknown(reason)),
            Ok(false) | Err(_) => {}
        }
    }
    unknown.map_or(Ok(Value::Bool(false)), Err)
}

fn distinct(args: &[Value]) -> Outcome {
    let items = alike(args, 0)?;
    let mut seen = FxHashSet::default();
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        match item.unmarked() {
            Value::Text(text) => {
                if seen.insert(text.clone()) {
                    kept.push(item);
                }
            }
            Value::Unknown(unknown) => return Err(Failure::Unknown(unknown.clone())),
            _ if kept.len() > 2_000 => return limit("distinct values of more than 2,000 lists or objects are not evaluated"),
            _ => {
                let mut known = false;
                for before in &kept {
                    known = known || same(before, &item)?;
                }
                if !known {
                    kept.push(item);
                }
            }
        }
    }
    give_list(kept)
}

fn element(args: &[Value]) -> Outcome {
    let items = row(args, 0)?;
    if items.is_empty() {
        return fail("the list is empty");
    }
    let at = whole(args, 1)?.rem_euclid(items.len() as i64);
    Ok(items.get(at as usize).cloned().unwrap_or_default())
}

fn flatten(args: &[Value]) -> Outcome {
    let mut flat = Vec::new();
    flatten_into(list(args, 0)?, &mut flat, 0)?;
    Ok(Value::list_of(Kind::Each, flat))
}

fn flatten_into(items: &[Value], flat: &mut Vec<Value>, depth: u32) -> Result<(), Failure> {
    if depth > limits::EXPRESSION_DEPTH {
        return limit("lists nested deeper than 300 are not evaluated");
    }
    for item in items {
        match item {
            Value::List(inner) => flatten_into(inner, flat, depth + 1)?,
            Value::Sensitive(inner) if matches!(inner.unmarked(), Value::List(_)) => {
                let before = flat.len();
                flatten_into(list_in(inner)?, flat, depth + 1)?;
                flat.iter_mut().skip(before).for_each(|item| *item = std::mem::take(item).sensitive());
            }
            // It may be a list of any length.
            Value::Unknown(unknown) => return Err(Failure::Unknown(unknown.clone())),
            other => flat.push(other.clone()),
        }
        if flat.len() > limits::ITEMS {
            return limit("lists of more than 100,000 items are not evaluated");
        }
    }
    Ok(())
}

fn index(args: &[Value]) -> Outcome {
    let wanted = wanted(args)?;
    for (at, item) in row(args, 0)?.iter().enumerate() {
        match equal(item, wanted) {
            Ok(true) => return Ok(Value::Number(at.into())),
            Ok(false) => {}
            Err(Value::Unknown(unknown)) => return Err(Failure::Unknown(unknown)),
            Err(_) => {}
        }
    }
    fail("the item is not in the list")
}

fn keys(args: &[Value]) -> Outcome {
    let object = object(args, 0)?;
    give_kind(object.kind, sorted(object).into_iter().map(|(key, _)| Value::Text(key.clone())).collect())
}

fn length(args: &[Value]) -> Outcome {
    let length = match any(args, 0)? {
        Value::List(items) => items.len(),
        Value::Object(object) => object.len(),
        Value::Text(text) => super::letters::letters(text)?.len(),
        other => return fail(eco_format!("a {} has no length", other.type_name())),
    };
    Ok(Value::Number(length.into()))
}

fn lookup(args: &[Value]) -> Outcome {
    let key = text(args, 1)?;
    let object = object(args, 0)?;
    if let (Kind::One, Some(default)) = (object.kind, args.get(2)) {
        // The default becomes what the map's items are.
        if let Type::Map(item) = type_of_value(any(args, 0)?) {
            let default = convert(default.clone(), &item)?;
            return Ok(object.get(&key).cloned().unwrap_or(default));
        }
    }
    match (object.get(&key), args.get(2)) {
        (Some(found), _) => Ok(found.clone()),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => fail(eco_format!("there is no {key:?} in the map")),
    }
}

fn all_known(item: &Value) -> Result<(), Failure> {
    match crate::evaluate::expression::first_unknown(item) {
        Some(unknown) => Err(unknown.clone().into()),
        None => Ok(()),
    }
}

fn matchkeys(args: &[Value]) -> Outcome {
    let values = alike(args, 0)?;
    let mut all = list(args, 1)?.to_vec();
    let keys_count = all.len();
    all.extend_from_slice(list(args, 2)?);
    to_one_type(&mut all)?;
    let (keys, wanted) = all.split_at(keys_count);
    if values.len() != keys.len() {
        return fail("values and keys have different lengths");
    }
    all.iter().try_for_each(all_known)?;
    let mut kept = Vec::new();
    for (value, key) in values.into_iter().zip(keys) {
        for search in wanted {
            if same(key, search)? {
                kept.push(value);
                break;
            }
        }
    }
    give_list(kept)
}

fn merge(args: &[Value]) -> Outcome {
    let mut merged = Object::default();
    let mut kind = None;
    for arg in args {
        if let Value::Null = arg {
            continue;
        }
        let object = object_in(arg)?;
        kind = Some(one_kind(kind, object.kind));
        for (key, value) in object {
            merged.insert(key.clone(), value.clone());
        }
    }
    let mut kind = kind.unwrap_or(Kind::Each);
    if kind == Kind::One {
        // Maps of different types are an object.
        let mut types = args.iter().map(type_of_value).filter(|it| !it.is_open());
        let first = types.next();
        if types.any(|it| Some(it) != first) {
            kind = Kind::Each;
        }
    }
    Ok(Value::object_of(kind, merged))
}

fn one(args: &[Value]) -> Outcome {
    match list(args, 0)? {
        [] => Ok(Value::Null),
        [only] => Ok(only.clone()),
        _ => fail("the list has more than one item"),
    }
}

/// The language itself allows no more.
const RANGE: usize = 1024;

fn range(args: &[Value]) -> Outcome {
    let (start, end) = if args.len() == 1 { (Number::ZERO, number(args, 0)?) } else { (number(args, 0)?, number(args, 1)?) };
    let down = end < start;
    let step = if args.len() == 3 {
        number(args, 2)?
    } else if down {
        -Number::ONE
    } else {
        Number::ONE
    };
    if (down && step >= Number::ZERO) || (!down && step <= Number::ZERO && start != end) {
        return fail("the step leads away from the end");
    }
    let mut items = Vec::new();
    let mut next = start;
    while if next.is_open_beside(end) {
        return limit(DIGITS);
    } else if down {
        next > end
    } else {
        next < end
    } {
        if items.len() >= RANGE {
            return fail("more than 1,024 items");
        }
        items.push(Value::Number(next));
        match next.checked_add(step) {
            Some(number) => next = number,
            None => return limit(DIGITS),
        }
    }
    give_list(items)
}

fn reverse(args: &[Value]) -> Outcome {
    let kind = match any(args, 0)?.unmarked() {
        Value::List(items) if items.kind == Kind::Set => Kind::One,
        Value::List(items) => items.kind,
        _ => Kind::Open,
    };
    let mut items = list(args, 0)?.to_vec();
    items.reverse();
    give_kind(kind, items)
}

fn slice(args: &[Value]) -> Outcome {
    let (start, end) = (usize::try_from(whole(args, 1)?), usize::try_from(whole(args, 2)?));
    let (Ok(start), Ok(end)) = (start, end) else { return fail("the end lies before the start") };
    if start > end {
        return fail("the end lies before the start");
    }
    // A list of the provider's that is too short makes the plan fail: in every other each item is one of its own.
    if let Some(Value::Unknown(unknown)) = args.first() {
        if unknown.kind != UnknownKind::AfterApply || end > RANGE {
            return Err(unknown.clone().into());
        }
        return give_kind(Kind::One, vec![Value::Unknown(unknown.clone()); end - start]);
    }
    let items = row(args, 0)?;
    match items.get(start..end) {
        Some(part) => give_kind(items.kind, part.to_vec()),
        None => fail(eco_format!("{start} to {end} is not inside a list of {}", items.len())),
    }
}

fn sort(args: &[Value]) -> Outcome {
    let mut items: Vec<EcoString> = texts(args, 0)?;
    items.order();
    give_list(items.into_iter().map(Value::Text).collect())
}

fn sum(args: &[Value]) -> Outcome {
    let items = list(args, 0)?;
    if items.is_empty() {
        return fail("the list is empty");
    }
    let mut total = Number::ZERO;
    for item in items {
        match total.checked_add(number_of(item)?) {
            Some(number) => total = number,
            None => return limit(DIGITS),
        }
    }
    Ok(Value::Number(total))
}

fn transpose(args: &[Value]) -> Outcome {
    let mut turned: std::collections::BTreeMap<EcoString, Vec<EcoString>> = std::collections::BTreeMap::new();
    for (key, items) in sorted(object(args, 0)?) {
        for item in list_in(items)? {
            turned.entry(text_of(item)?).or_default().push(key.clone());
        }
    }
    let list = |items: Vec<EcoString>| Value::list_of(Kind::One, items.into_iter().map(Value::Text).collect());
    Ok(Value::object_of(Kind::One, turned.into_iter().map(|(key, items)| (key, list(items))).collect()))
}

fn values(args: &[Value]) -> Outcome {
    let object = object(args, 0)?;
    give_kind(object.kind, sorted(object).into_iter().map(|(_, value)| value.clone()).collect())
}

fn zipmap(args: &[Value]) -> Outcome {
    let (keys, values) = (list(args, 0)?, row(args, 1)?);
    // Keys that are not known are not counted either.
    keys.iter().try_for_each(all_known)?;
    if keys.len() != values.len() {
        return fail("keys and values have different lengths");
    }
    let mut map = Object::default();
    for (key, value) in keys.iter().zip(values.iter()) {
        map.insert(text_of(key)?, value.clone());
    }
    Ok(Value::object_of(values.kind, map))
}
