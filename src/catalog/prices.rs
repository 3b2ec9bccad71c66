//! Public list prices, on demand, from the packed price table.
//!
//! Owns the table and its look-ups; what a resource needs of it is in `cost`. A price that the table lacks is
//! `None`, never 0.

mod pack;
mod predict;

use std::sync::OnceLock;

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// Region key of prices that are the same everywhere.
pub const GLOBAL: &str = "global";

/// An opened price table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    regions: Vec<EcoString>,
    files: Vec<File>,
    by_region: FxHashMap<EcoString, u32>,
    by_file: FxHashMap<EcoString, u32>,
}

/// One price: what a unit costs, and where that is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price<'a> {
    /// US dollars for [`Price::per`] units. Exact.
    pub amount: Decimal,
    /// For a price in tiers, where this one starts and ends, in single units a month.
    pub from: u64,
    pub to: Option<u64>,
    key: &'a Key,
    region: &'a EcoString,
    id: (u32, u32, u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    name: EcoString,
    newest: EcoString,
    oldest: EcoString,
    sources: Vec<EcoString>,
    /// Read when the first price of the file is asked for: a review needs a few of the files.
    packed: pack::Packed,
    content: OnceLock<Content>,
}

/// The prices of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Content {
    keys: Vec<Key>,
    cells: Vec<u64>,
    by_key: FxHashMap<EcoString, u32>,
}

impl File {
    /// Empty where what is packed is damaged.
    fn content(&self) -> &Content {
        self.content.get_or_init(|| self.packed.content(&self.name).unwrap_or_default())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    file: EcoString,
    key: EcoString,
    unit: EcoString,
    newest: EcoString,
    oldest: EcoString,
    per: u64,
    decimals: u32,
    shape: Shape,
}

/// How a key's prices lie in `cells`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// One cell a region.
    Plain { start: usize },
    /// The tiers of each region; empty where there is no price.
    Tiered(Vec<Vec<Tier>>),
    /// One cell a type, in each region's row. The first row is the base of the others.
    Table { types: Vec<EcoString>, rows: Vec<Option<pack::Row>> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tier {
    price: u64,
    from: u64,
    to: Option<u64>,
}

impl Prices {
    /// Opens a packed table; the reason says why bytes are not one.
    pub fn open(bytes: &[u8]) -> Result<Prices, EcoString> {
        Ok(pack::read(bytes)?.0)
    }

    /// Opens a packed table, and gives the program the other tables in it, if it has none of its own.
    pub fn open_all(bytes: &[u8]) -> Result<Prices, EcoString> {
        let (prices, [replacement, free, names, impact]) = pack::read(bytes)?;
        super::replacement::TABLE.supply(replacement);
        super::free::TABLE.supply(free);
        super::names::TABLE.supply(names);
        super::impact::table::TABLE.supply(impact);
        Ok(prices)
    }

    /// Month of the newest source, `2026-10`; empty for an empty table.
    pub fn as_of(&self) -> &str {
        self.files.iter().map(|file| file.newest.as_str()).max().unwrap_or("")
    }

    /// Regions with any price, in the table's order.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.regions.iter().map(EcoString::as_str)
    }

    /// Where a file's prices were read: repository or package, version and path.
    pub fn sources(&self, file: &str) -> &[EcoString] {
        self.by_file.get(file).and_then(|id| self.files.get(*id as usize)).map_or(&[], |file| &file.sources)
    }

    /// The price of one key in a region; of a price in tiers, the first.
    pub fn price(&self, region: &str, file: &str, key: &str) -> Option<Price<'_>> {
        let place = self.find(region, file, key)?;
        match &place.key.shape {
            Shape::Plain { start } => place.price(*place.cells.get(start + place.region)?),
            Shape::Tiered(_) => place.tiers().next(),
            Shape::Table { .. } => None,
        }
    }

    /// The price of one type, `db.t3.medium`, in a key that is a table.
    pub fn table(&self, region: &str, file: &str, key: &str, kind: &str) -> Option<Price<'_>> {
        let place = self.find(region, file, key)?;
        let Shape::Table { types, rows } = &place.key.shape else { return None };
        let row = rows.get(place.region)?.as_ref()?;
        let column = types.binary_search_by(|other| other.as_str().cmp(kind)).ok()?;
        let base = rows.iter().flatten().next().filter(|base| !std::ptr::eq(*base, row));
        let base = base.map_or(&[][..], |base| base.cells(types.len(), &[]));
        place.price(*row.cells(types.len(), base).get(column)?)
    }

    /// Every tier of a price in a region, from the first unit on; one for a price without tiers.
    pub fn tiers(&self, region: &str, file: &str, key: &str) -> impl Iterator<Item = Price<'_>> {
        let place = self.find(region, file, key);
        let plain = place.and_then(|place| match &place.key.shape {
            Shape::Plain { start } => place.price(*place.cells.get(start + place.region)?),
            _ => None,
        });
        plain.into_iter().chain(place.into_iter().flat_map(Place::tiers))
    }

    fn find(&self, region: &str, file: &str, key: &str) -> Option<Place<'_>> {
        let file = *self.by_file.get(file)?;
        let Content { keys, cells, by_key } = self.files.get(file as usize)?.content();
        let id = *by_key.get(key)?;
        let region = *self.by_region.get(region)?;
        let name = self.regions.get(region as usize)?;
        Some(Place { key: keys.get(id as usize)?, cells, name, region: region as usize, id: (file, id, region) })
    }
}

/// A key in a region.
#[derive(Clone, Copy)]
struct Place<'a> {
    key: &'a Key,
    cells: &'a [u64],
    name: &'a EcoString,
    region: usize,
    id: (u32, u32, u32),
}

impl<'a> Place<'a> {
    fn price(self, cell: u64) -> Option<Price<'a>> {
        (cell != pack::NONE).then(|| self.tier(&Tier { price: cell, from: 0, to: None }))
    }

    fn tiers(self) -> impl Iterator<Item = Price<'a>> {
        let tiers = match &self.key.shape {
            Shape::Tiered(regions) => regions.get(self.region).map(Vec::as_slice).unwrap_or_default(),
            _ => &[],
        };
        tiers.iter().map(move |tier| self.tier(tier))
    }

    fn tier(self, tier: &Tier) -> Price<'a> {
        let amount = Decimal::new(tier.price as i64, self.key.decimals);
        Price { amount, from: tier.from, to: tier.to, key: self.key, region: self.name, id: self.id }
    }
}

impl<'a> Price<'a> {
    /// What one unit is, in words: `per load-balancer-hour`.
    pub fn unit(&self) -> &'a EcoString {
        &self.key.unit
    }

    /// How many units the amount is for: 1,000,000 for `per 1M requests`.
    pub fn per(&self) -> u64 {
        self.key.per
    }

    /// Newest source of the price, `2026-10`.
    pub fn as_of(&self) -> &'a EcoString {
        &self.key.newest
    }

    /// Stands for file, key and region: prices with the same have the same label.
    pub(crate) fn id(&self) -> (u32, u32, u32) {
        self.id
    }

    pub fn region(&self) -> &'a EcoString {
        self.region
    }

    /// File, key, region and date: `elb.json alb.hour, us-east-1, 2025-06`; says so when the region was assumed.
    pub fn label(&self, region_assumed: bool) -> EcoString {
        let Key { file, key, newest, oldest, .. } = self.key;
        let assumed = if region_assumed { " (assumed)" } else { "" };
        if newest == oldest {
            eco_format!("{file}.json {key}, {}{assumed}, {newest}", self.region)
        } else {
            eco_format!("{file}.json {key}, {}{assumed}, {oldest} to {newest}", self.region)
        }
    }
}

/// The packed table that the build made of `data/prices/`.
pub fn bundled() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/prices.bin"))
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use proptest::prelude::*;

    use super::*;

    fn prices() -> &'static Prices {
        static PRICES: OnceLock<Prices> = OnceLock::new();
        PRICES.get_or_init(|| Prices::open(bundled()).unwrap())
    }

    /// Every price of the data files, read back from the packed table.
    #[test]
    fn the_packed_table_holds_every_price_of_the_files() {
        let mut seen = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/prices")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let file = path.file_stem().unwrap().to_str().unwrap();
            let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for (region, keys) in json["regions"].as_object().unwrap() {
                for (key, value) in keys.as_object().unwrap() {
                    let exact = |price: &serde_json::Value| Decimal::from_str_exact(&price.as_f64().unwrap().to_string()).unwrap();
                    match value {
                        serde_json::Value::Object(types) => types.iter().for_each(|(kind, price)| {
                            assert_eq!(
                                prices().table(region, file, key, kind).unwrap().amount,
                                exact(price),
                                "{file} {region} {key} {kind}"
                            );
                            seen += 1;
                        }),
                        serde_json::Value::Array(tiers) => {
                            let packed: Vec<Price> = prices().tiers(region, file, key).collect();
                            assert_eq!(packed.len(), tiers.len());
                            packed.iter().zip(tiers).for_each(|(packed, tier)| {
                                assert_eq!(packed.amount, exact(&tier["price"]), "{file} {region} {key}");
                                assert_eq!(Some(packed.from), tier["from"].as_u64());
                                assert_eq!(packed.to, tier["to"].as_u64());
                                seen += 1;
                            });
                        }
                        price => {
                            assert_eq!(prices().price(region, file, key).unwrap().amount, exact(price), "{file} {region} {key}");
                            seen += 1;
                        }
                    }
                }
            }
        }
        assert!(seen > 119_000, "only {seen} prices");
    }

    #[test]
    fn a_price_says_where_it_is_from() {
        let price = prices().price("us-east-1", "elb", "alb.hour").unwrap();
        assert_eq!(price.amount, Decimal::new(225, 4));
        assert_eq!(price.unit(), "per load-balancer-hour");
        assert_eq!(price.label(false), "elb.json alb.hour, us-east-1, 2025-06");
        let price = prices().price("eu-west-1", "ebs", "gp3_gb_month").unwrap();
        assert_eq!(price.label(true), "ebs.json gp3_gb_month, eu-west-1 (assumed), 2026-10");
        assert_eq!(prices().as_of(), "2026-10");
        assert!(prices().sources("elb").iter().any(|source| source.contains("processed/elb.json")));
        assert_eq!(prices().price("eu-west-1", "lambda", "requests_1m").unwrap().per(), 1_000_000);
    }

    #[test]
    fn what_is_not_there_has_no_price() {
        assert_eq!(prices().price("mars-north-1", "elb", "alb.hour"), None);
        assert_eq!(prices().price("us-east-1", "elb", "alb.day"), None);
        assert_eq!(prices().table("us-east-1", "ec2", "linux_on_demand_hour", "t3.medium2"), None);
        assert_eq!(prices().table("us-east-1", "elb", "alb.hour", "t3.medium"), None);
        assert_eq!(prices().tiers("us-east-1", "s3", "no").count(), 0);
        // OpenSearch storage is sourced for us-east-1 alone.
        assert_eq!(prices().price("eu-west-1", "opensearch", "storage.gp3_gb_month"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn opening_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Prices::open(&bytes);
            let _ = Prices::open(&[b"plumbpr5".as_slice(), &bytes].concat());
        }

        #[test]
        fn a_damaged_table_opens_or_gives_a_reason(flips in proptest::collection::vec((0..bundled().len(), any::<u8>()), 1..4), cut in 0..bundled().len()) {
            let mut bytes = bundled().to_vec();
            for (at, byte) in &flips {
                bytes[*at] = *byte;
            }
            if let Ok(prices) = Prices::open(&bytes) {
                let _ = prices.table("us-east-1", "ec2", "linux_on_demand_hour", "t3.medium").map(|price| price.label(false));
            }
            prop_assert!(Prices::open(&bundled()[..cut]).is_err());
        }
    }
}
