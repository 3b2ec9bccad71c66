//! Reads the packed price table that `build/prices.rs` writes. Never panics, whatever the bytes.
//!
//! Numbers are unsigned, seven bits a byte, lowest first. The table is: the eight bytes `plumbpr5`; the words, sorted;
//! the regions, the base region first; the files; four texts: the tables of replacements, of types that cost nothing,
//! of names, of impacts. A word stands for its index from there on, in the types of a table for the difference to the
//! one before. A file is its name, newest and oldest date, sources, and the length of its keys and the keys; a key its
//! name, unit, dates, how many units the price is for, digits after the point, shape, and prices region by region; in a
//! table of types each region's are preceded by their length. A price is 0 when there is none, else one more than the
//! zigzag difference to what [`predict`] expects.

use std::sync::{Arc, OnceLock};

use ecow::EcoString;

use super::predict::{LARGEST, predict};
use super::{Content, File, Key, Prices, Shape, Tier};

const MAGIC: &[u8] = b"plumbpr5";

/// Stands for "no price" in a row.
pub(super) const NONE: u64 = u64::MAX;

/// The prices, and the tables that come with them: of replacements, of types that cost nothing, of names, of impacts.
pub(super) fn read(bytes: &[u8]) -> Result<(Prices, [&str; 4]), &'static str> {
    let mut input = Input { rest: bytes.strip_prefix(MAGIC).ok_or("this is not a price table of this version")?, words: &[] };
    let mut words: Vec<EcoString> = Vec::new();
    for _ in 0..input.count()? {
        words.push(input.text()?.into());
    }
    let words: Arc<[EcoString]> = words.into();
    let mut input = Input { rest: input.rest, words: &words };
    let mut regions = Vec::new();
    for _ in 0..input.count()? {
        regions.push(input.word()?);
    }
    let mut files = Vec::new();
    for _ in 0..input.count()? {
        let (name, newest, oldest) = (input.word()?, input.word()?, input.word()?);
        let mut sources = Vec::new();
        for _ in 0..input.count()? {
            sources.push(input.word()?);
        }
        let length = input.count()?;
        let packed = Packed { bytes: input.take(length)?.into(), words: words.clone(), regions: regions.len() };
        files.push(File { name, newest, oldest, sources, packed, content: OnceLock::new() });
    }
    let tables = [input.text()?, input.text()?, input.text()?, input.text()?];
    if !input.rest.is_empty() {
        return Err("the price table has more than it says");
    }
    let by_region = regions.iter().zip(0..).map(|(region, id)| (region.clone(), id)).collect();
    let by_file = files.iter().zip(0u32..).map(|(file, id): (&File, _)| (file.name.clone(), id)).collect();
    Ok((Prices { regions, files, by_region, by_file }, tables))
}

/// The prices of a file as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    bytes: Box<[u8]>,
    words: Arc<[EcoString]>,
    regions: usize,
}

impl Packed {
    pub(super) fn content(&self, file: &EcoString) -> Result<Content, &'static str> {
        let mut input = Input { rest: &self.bytes, words: &self.words };
        let mut content = Content::default();
        for id in 0..input.count()? {
            let (key, unit, newest, oldest) = (input.word()?, input.word()?, input.word()?, input.word()?);
            let per = input.number()?.max(1);
            let decimals = u32::try_from(input.number()?).ok().filter(|decimals| *decimals <= 28).ok_or("a price has too many digits")?;
            let shape = input.shape(self.regions, &mut content.cells)?;
            content.by_key.insert(key.clone(), u32::try_from(id).map_err(|_| "too many keys")?);
            content.keys.push(Key { file: file.clone(), key, unit, newest, oldest, per, decimals, shape });
        }
        Ok(content)
    }
}

/// The prices of one region in a table of types. Read when one of them is asked for: a review is of a few regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    bytes: Box<[u8]>,
    cells: OnceLock<Box<[u64]>>,
}

impl Row {
    /// A cell for each type, foretold by those of the base region; none where what is packed is damaged.
    pub(super) fn cells(&self, types: usize, base: &[u64]) -> &[u64] {
        self.cells.get_or_init(|| Input { rest: &self.bytes, words: &[] }.row(types, base).unwrap_or_default())
    }
}

struct Input<'a, 'w> {
    rest: &'a [u8],
    words: &'w [EcoString],
}

impl<'a> Input<'a, '_> {
    fn number(&mut self) -> Result<u64, &'static str> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or("the price table ends too early")?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err("a number is too long")
    }

    /// How many items follow. Each takes a byte at least, so more than the bytes left cannot be right.
    fn count(&mut self) -> Result<usize, &'static str> {
        let count = self.number()?;
        usize::try_from(count).ok().filter(|count| *count <= self.rest.len()).ok_or("the price table ends too early")
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or("the price table ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    fn text(&mut self) -> Result<&'a str, &'static str> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| "what should be text is not")
    }

    fn word(&mut self) -> Result<EcoString, &'static str> {
        let id = self.number()?;
        let word = usize::try_from(id).ok().and_then(|id| self.words.get(id));
        word.cloned().ok_or("a word is missing")
    }

    fn shape(&mut self, regions: usize, cells: &mut Vec<u64>) -> Result<Shape, &'static str> {
        match self.number()? {
            0 => {
                let start = cells.len();
                let mut last = 0;
                for _ in 0..regions {
                    let price = self.price(last)?;
                    last = if price == NONE { last } else { price };
                    cells.push(price);
                }
                Ok(Shape::Plain { start })
            }
            1 => {
                let mut tiers = Vec::with_capacity(regions);
                for _ in 0..regions {
                    let mut of_region = Vec::new();
                    let mut from = 0;
                    for _ in 0..self.count()? {
                        let price = self.number()?;
                        let to = Some(self.number()?).filter(|to| *to > 0);
                        if price > LARGEST || to.is_some_and(|to| to <= from) {
                            return Err("a tier is not right");
                        }
                        of_region.push(Tier { price, from, to });
                        from = to.unwrap_or(u64::MAX);
                    }
                    tiers.push(of_region);
                }
                Ok(Shape::Tiered(tiers))
            }
            2 => {
                let (mut types, mut id) = (Vec::new(), 0usize);
                for _ in 0..self.count()? {
                    id = id.checked_add(self.number()? as usize).ok_or("a word is missing")?;
                    types.push(self.words.get(id).cloned().ok_or("a word is missing")?);
                }
                if !types.is_sorted() {
                    return Err("types are not sorted");
                }
                let mut rows = Vec::with_capacity(regions);
                for _ in 0..regions {
                    let length = self.count()?;
                    let bytes = self.take(length)?;
                    rows.push((length > 0).then(|| Row { bytes: bytes.into(), cells: OnceLock::new() }));
                }
                Ok(Shape::Table { types, rows })
            }
            _ => Err("a shape is not known"),
        }
    }

    fn row(&mut self, types: usize, base: &[u64]) -> Result<Box<[u64]>, &'static str> {
        let (mut cells, mut neighbour, mut last) = (Vec::with_capacity(types), None, 0);
        for at in 0..types {
            let there = base.get(at).copied().filter(|there| *there != NONE);
            let price = self.price(predict(neighbour, there, last))?;
            if price != NONE {
                last = price;
                neighbour = there.map(|there| (price, there)).or(neighbour);
            }
            cells.push(price);
        }
        Ok(cells.into())
    }

    fn price(&mut self, expected: u64) -> Result<u64, &'static str> {
        let coded = self.number()?;
        let price = match (coded, coded % 2) {
            (0, _) => return Ok(NONE),
            (_, 1) => expected.checked_add(coded / 2),
            _ => expected.checked_sub(coded / 2),
        };
        price.filter(|price| *price <= LARGEST).ok_or("a price is out of range")
    }
}
