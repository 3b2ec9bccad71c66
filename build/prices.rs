//! `data/prices/` to one packed table, `prices.bin`.
//!
//! Checks every file first: an unknown field or shape, a price that is missing, zero or negative, or a price
//! without unit, source and date stops the build. The same data gives the same bytes. The reader is
//! `src/catalog/prices/pack.rs`, which describes the format.
//!
//! With `PLUMBLINE_PRICES_OUT=FILE` in the environment the packed table is written there too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

#[path = "../src/catalog/prices/predict.rs"]
mod predict;

use predict::{LARGEST, predict};

/// Digits after the point that a price may have.
const MOST_DECIMALS: u32 = 12;
/// The region that the others are stored as differences to.
const BASE_REGION: &str = "us-east-1";

/// Packs `data/prices/` of the current directory into `prices.bin` in `out`; behind it the tables of replacements, of types that
/// cost nothing, of names, and of impacts.
pub fn pack(out: &Path, tables: [&str; 4]) {
    println!("cargo:rerun-if-changed=data/prices");
    println!("cargo:rerun-if-env-changed=PLUMBLINE_PRICES_OUT");
    let result = packed(Path::new("data/prices"), tables).and_then(|bytes| {
        let copy = std::env::var_os("PLUMBLINE_PRICES_OUT").map(std::path::PathBuf::from);
        [Some(out.join("prices.bin")), copy]
            .into_iter()
            .flatten()
            .try_for_each(|path| std::fs::write(&path, &bytes).map_err(|error| format!("{} cannot be written: {error}", path.display())))
    });
    if let Err(reason) = result {
        println!("cargo::error={reason}");
    }
}

/// The packed table of a folder of price files.
pub fn packed(folder: &Path, tables: [&str; 4]) -> Result<Vec<u8>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        files.push(File::check(name, value).map_err(|reason| format!("{}: {reason}", path.display()))?);
    }
    if files.is_empty() {
        return Err(format!("{}: no price files", folder.display()));
    }
    encode(&files, tables)
}

/// One checked price file.
struct File {
    name: String,
    as_of: String,
    as_of_oldest: String,
    sources: Vec<String>,
    keys: BTreeMap<String, Key>,
}

/// One checked price in all its regions.
struct Key {
    unit: String,
    /// Newest and oldest date.
    dates: (String, String),
    /// The price is for so many units.
    per: u64,
    prices: Prices,
}

enum Prices {
    Plain(BTreeMap<String, Price>),
    Tiered(BTreeMap<String, Vec<(Price, Option<u64>)>>),
    Table(BTreeMap<String, BTreeMap<String, Price>>),
}

/// A decimal: `mantissa / 10^decimals`.
#[derive(Clone, Copy)]
struct Price {
    mantissa: u64,
    decimals: u32,
}

impl File {
    fn check(name: String, value: Value) -> Result<File, String> {
        let Value::Object(mut top) = value else { return Err("not an object".into()) };
        if take_text(&mut top, "currency")? != "USD" {
            return Err("currency is not USD".into());
        }
        let as_of = month(take_text(&mut top, "as_of")?)?;
        let as_of_oldest = month(take_text(&mut top, "as_of_oldest")?)?;
        if as_of_oldest > as_of {
            return Err("as_of_oldest is newer than as_of".into());
        }
        let Some(Value::Array(sources)) = top.remove("source") else { return Err("no source".into()) };
        let sources: Vec<String> = sources.iter().filter_map(|source| source.as_str().map(String::from)).collect();
        if sources.is_empty() {
            return Err("no source".into());
        }
        let Some(Value::Object(components)) = top.remove("components") else { return Err("no components".into()) };
        let Some(Value::Object(regions)) = top.remove("regions") else { return Err("no regions".into()) };
        top.remove("notes");
        only_known(&top)?;
        let mut keys = BTreeMap::new();
        for (key, component) in components {
            let checked = Key::describe(&key, component, &as_of, &as_of_oldest).map_err(|reason| format!("{key}: {reason}"))?;
            keys.insert(key, checked);
        }
        for (region, prices) in regions {
            let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
            let Value::Object(prices) = prices else { return Err(format!("{region}: not an object")) };
            if region.is_empty() || !region.chars().all(known) {
                return Err(format!("{region:?} is not a region"));
            }
            for (key, price) in prices {
                let Some(entry) = keys.get_mut(&key) else { return Err(format!("{region}: {key} has no component")) };
                entry.add(&region, price).map_err(|reason| format!("{region}: {key}: {reason}"))?;
            }
        }
        let mut checked = BTreeMap::new();
        for (name, key) in keys {
            if key.regions().is_empty() {
                return Err(format!("{name}: no region has a price"));
            }
            checked.insert(name, key);
        }
        Ok(File { name, as_of, as_of_oldest, sources, keys: checked })
    }
}

impl Key {
    /// Reads a component, before its prices are added.
    fn describe(key: &str, component: Value, as_of: &str, oldest: &str) -> Result<Key, String> {
        let Value::Object(mut component) = component else { return Err("not an object".into()) };
        let unit = take_text(&mut component, "unit")?;
        let per = per(&unit);
        for (suffix, expected) in [("_1k", 1_000), ("_10k", 10_000), ("_100k", 100_000), ("_1m", 1_000_000), ("_10m", 10_000_000)] {
            if key.ends_with(suffix) && per != expected {
                return Err(format!("the name ends in {suffix}, but the unit is {unit:?}"));
            }
        }
        let flag = |value: Option<Value>| value == Some(Value::Bool(true));
        let (table, tiered) = (flag(component.remove("table")), flag(component.remove("tiered")));
        if tiered {
            take_text(&mut component, "tier_unit")?;
        }
        let dates = match component.remove("as_of") {
            Some(Value::String(date)) => (month(date.clone())?, date),
            Some(_) => return Err("as_of is not a text".into()),
            None => (as_of.into(), oldest.into()),
        };
        component.remove("note");
        component.remove("source_metric");
        only_known(&component)?;
        let prices = match (table, tiered) {
            (false, false) => Prices::Plain(BTreeMap::new()),
            (false, true) => Prices::Tiered(BTreeMap::new()),
            (true, false) => Prices::Table(BTreeMap::new()),
            (true, true) => return Err("both table and tiered".into()),
        };
        Ok(Key { unit, dates, per, prices })
    }

    fn add(&mut self, region: &str, value: Value) -> Result<(), String> {
        match (&mut self.prices, value) {
            (Prices::Plain(prices), Value::Number(number)) => {
                prices.insert(region.into(), Price::of(&number, false)?);
            }
            (Prices::Tiered(prices), Value::Array(list)) => {
                prices.insert(region.into(), tiers(list)?);
            }
            (Prices::Table(prices), Value::Object(types)) => {
                let row = prices.entry(region.into()).or_default();
                for (kind, price) in types {
                    let Value::Number(number) = price else { return Err(format!("{kind}: not a number")) };
                    row.insert(kind.clone(), Price::of(&number, false).map_err(|reason| format!("{kind}: {reason}"))?);
                }
            }
            _ => return Err("its shape is not the component's".into()),
        }
        Ok(())
    }

    fn regions(&self) -> Vec<&String> {
        match &self.prices {
            Prices::Plain(prices) => prices.keys().collect(),
            Prices::Tiered(prices) => prices.keys().collect(),
            Prices::Table(prices) => prices.keys().collect(),
        }
    }

    /// The most digits after the point that any of its prices has.
    fn decimals(&self) -> u32 {
        let all: Vec<Price> = match &self.prices {
            Prices::Plain(prices) => prices.values().copied().collect(),
            Prices::Tiered(prices) => prices.values().flatten().map(|(price, _)| *price).collect(),
            Prices::Table(prices) => prices.values().flat_map(BTreeMap::values).copied().collect(),
        };
        all.iter().map(|price| price.decimals).max().unwrap_or(0)
    }
}

impl Price {
    /// The shortest decimal that reads as this number, which is how the file has it.
    fn of(number: &serde_json::Number, zero: bool) -> Result<Price, String> {
        let text = number.as_f64().map(|value| value.to_string()).unwrap_or_default();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mantissa = format!("{whole}{fraction}").parse::<u64>().map_err(|_| format!("{number} is not a price"))?;
        let decimals = fraction.len() as u32;
        if mantissa == 0 && !zero {
            return Err("the price is 0; leave it out when it is not known".into());
        }
        if decimals > MOST_DECIMALS || mantissa > LARGEST {
            return Err(format!("{number} has too many digits"));
        }
        Ok(Price { mantissa, decimals })
    }

    fn scaled(self, decimals: u32) -> Result<u64, String> {
        let factor = 10u64.pow(decimals - self.decimals);
        self.mantissa.checked_mul(factor).filter(|scaled| *scaled <= LARGEST).ok_or_else(|| "a price has too many digits".into())
    }
}

/// Tiers start at 0, follow each other without gap and end unbounded.
fn tiers(list: Vec<Value>) -> Result<Vec<(Price, Option<u64>)>, String> {
    let mut at = Some(0);
    let mut tiers = Vec::new();
    for tier in list {
        let Value::Object(mut tier) = tier else { return Err("a tier is not an object".into()) };
        let from = tier.remove("from").and_then(|from| from.as_u64());
        if at.is_none() || from != at {
            return Err("tiers do not follow each other".into());
        }
        at = match tier.remove("to") {
            Some(Value::Null) => None,
            Some(to) => Some(to.as_u64().filter(|to| Some(*to) > at).ok_or("a tier's end is not a number past its start")?),
            None => return Err("a tier has no end".into()),
        };
        let Some(Value::Number(price)) = tier.remove("price") else { return Err("a tier has no price".into()) };
        only_known(&tier)?;
        tiers.push((Price::of(&price, true)?, at));
    }
    if tiers.is_empty() || at.is_some() {
        return Err("the last tier is not unbounded".into());
    }
    Ok(tiers)
}

/// How many units a price is for: `per 1M requests` is for 1,000,000.
fn per(unit: &str) -> u64 {
    let Some(rest) = unit.strip_prefix("per ") else { return 1 };
    let word = rest.split(' ').next().unwrap_or_default();
    let (digits, factor) = match (word.strip_suffix('M'), word.strip_suffix('k')) {
        (Some(digits), _) => (digits, 1_000_000),
        (_, Some(digits)) => (digits, 1_000),
        _ => (word, 1),
    };
    digits.parse::<u64>().map_or(1, |number| number * factor)
}

fn take_text(map: &mut Map<String, Value>, field: &str) -> Result<String, String> {
    match map.remove(field) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        _ => Err(format!("no {field}")),
    }
}

fn only_known(rest: &Map<String, Value>) -> Result<(), String> {
    match rest.keys().next() {
        Some(field) => Err(format!("unknown field {field}")),
        None => Ok(()),
    }
}

fn month(text: String) -> Result<String, String> {
    let valid = text.len() == 7 && text.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
    if valid { Ok(text) } else { Err(format!("{text:?} is not a month")) }
}

fn encode(files: &[File], tables: [&str; 4]) -> Result<Vec<u8>, String> {
    let mut regions = BTreeSet::new();
    let mut words = BTreeSet::new();
    for file in files {
        words.extend([&file.name, &file.as_of, &file.as_of_oldest]);
        words.extend(&file.sources);
        for (name, key) in &file.keys {
            words.extend([name, &key.unit, &key.dates.0, &key.dates.1]);
            regions.extend(key.regions());
            if let Prices::Table(rows) = &key.prices {
                words.extend(rows.values().flat_map(BTreeMap::keys));
            }
        }
    }
    regions.remove(&BASE_REGION.to_string());
    let base = BASE_REGION.to_string();
    let regions: Vec<&String> = std::iter::once(&base).chain(regions).collect();
    words.extend(regions.iter().copied());
    let words: BTreeMap<&str, u64> = words.into_iter().map(String::as_str).zip(0..).collect();
    let mut out = Out { bytes: b"plumbpr5".to_vec(), words };
    out.number(out.words.len() as u64);
    let texts: Vec<&str> = out.words.keys().copied().collect();
    for text in texts {
        out.number(text.len() as u64);
        out.bytes.extend_from_slice(text.as_bytes());
    }
    out.number(regions.len() as u64);
    regions.iter().for_each(|region| out.word(region));
    out.number(files.len() as u64);
    for file in files {
        out.word(&file.name);
        out.word(&file.as_of);
        out.word(&file.as_of_oldest);
        out.number(file.sources.len() as u64);
        file.sources.iter().for_each(|source| out.word(source));
        let before = std::mem::take(&mut out.bytes);
        out.number(file.keys.len() as u64);
        for (name, key) in &file.keys {
            out.word(name);
            out.word(&key.unit);
            out.word(&key.dates.0);
            out.word(&key.dates.1);
            out.number(key.per);
            out.number(u64::from(key.decimals()));
            out.prices(key, &regions).map_err(|reason| format!("{}.json: {name}: {reason}", file.name))?;
        }
        let keys = std::mem::replace(&mut out.bytes, before);
        out.number(keys.len() as u64);
        out.bytes.extend(keys);
    }
    for table in tables {
        out.number(table.len() as u64);
        out.bytes.extend_from_slice(table.as_bytes());
    }
    Ok(out.bytes)
}

struct Out<'a> {
    bytes: Vec<u8>,
    words: BTreeMap<&'a str, u64>,
}

impl Out<'_> {
    fn prices(&mut self, key: &Key, regions: &[&String]) -> Result<(), String> {
        let decimals = key.decimals();
        match &key.prices {
            Prices::Plain(prices) => {
                self.number(0);
                let mut last = 0;
                for region in regions {
                    let price = prices.get(*region).map(|price| price.scaled(decimals)).transpose()?;
                    self.difference(price, last);
                    last = price.unwrap_or(last);
                }
            }
            Prices::Tiered(prices) => {
                self.number(1);
                for region in regions {
                    let tiers = prices.get(*region).map(Vec::as_slice).unwrap_or_default();
                    self.number(tiers.len() as u64);
                    for (price, to) in tiers {
                        let scaled = price.scaled(decimals)?;
                        self.number(scaled);
                        self.number(to.unwrap_or(0));
                    }
                }
            }
            Prices::Table(rows) => {
                self.number(2);
                let types: BTreeSet<&String> = rows.values().flat_map(BTreeMap::keys).collect();
                self.number(types.len() as u64);
                let mut last = 0;
                for kind in &types {
                    let id = self.words.get(kind.as_str()).copied().unwrap_or_default();
                    self.number(id - last);
                    last = id;
                }
                let mut base: Option<Vec<Option<u64>>> = None;
                for region in regions {
                    let Some(row) = rows.get(*region) else {
                        self.number(0);
                        continue;
                    };
                    let row: Vec<Option<u64>> = types
                        .iter()
                        .map(|kind| row.get(*kind).map(|price| price.scaled(decimals)).transpose())
                        .collect::<Result<_, _>>()?;
                    let before = std::mem::take(&mut self.bytes);
                    self.row(&row, base.as_deref());
                    let packed = std::mem::replace(&mut self.bytes, before);
                    self.number(packed.len() as u64);
                    self.bytes.extend(packed);
                    base.get_or_insert(row);
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &[Option<u64>], base: Option<&[Option<u64>]>) {
        let (mut neighbour, mut last) = (None, 0);
        for (at, price) in row.iter().enumerate() {
            let there = base.and_then(|base| base.get(at).copied().flatten());
            self.difference(*price, predict(neighbour, there, last));
            if let Some(price) = price {
                last = *price;
                neighbour = there.map(|there| (*price, there)).or(neighbour);
            }
        }
    }

    /// 0 for no price, else 1 and the zigzag difference.
    fn difference(&mut self, price: Option<u64>, expected: u64) {
        let coded = price.map_or(0, |price| match price.checked_sub(expected) {
            Some(above) => 1 + above * 2,
            None => (expected - price) * 2,
        });
        self.number(coded);
    }

    fn word(&mut self, text: &str) {
        let id = self.words.get(text).copied().unwrap_or_default();
        self.number(id);
    }

    /// Seven bits a byte, lowest first.
    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}
