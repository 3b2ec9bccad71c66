//! A resource under pricing: its arguments as quantities and texts, its use, and the resources it refers to.

use std::cell::{Cell, OnceCell};
use std::ops::Deref;

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::quantity::{Quantity, Text};
use super::usage::{Usage, Used};
use crate::catalog::prices::Prices;
use crate::model::{Address, Object, Resource, Setting, Snapshot, Value};

/// What all resources of a bill share.
pub(super) struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub prices: Option<&'a Prices>,
    usage: &'a Usage,
    /// Resources by address, and by address without key the first. Made when first needed.
    by_address: OnceCell<FxHashMap<&'a str, u32>>,
    /// What `aws_appautoscaling_target`s scale: address of the scaled resource to targets. Made when first needed.
    scaled: OnceCell<FxHashMap<&'a str, Vec<u32>>>,
    /// Addresses that others are inside of. Made when first needed.
    holders: OnceCell<FxHashSet<&'a str>>,
    /// Whether the resource under pricing asked about others.
    pub looked_around: Cell<bool>,
}

pub(super) struct Item<'a> {
    pub resource: &'a Resource,
    pub region: EcoString,
    /// Neither provider nor user names the region.
    pub region_assumed: bool,
    context: &'a Context<'a>,
    used: Used<'a>,
    settings: Settings<'a>,
}

/// Arguments of a resource or of a nested block.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    object: &'a Object,
    /// Path of the block; empty for the resource.
    within: &'static str,
}

impl<'a> Context<'a> {
    pub fn new(snapshot: &'a Snapshot, prices: Option<&'a Prices>, usage: &'a Usage) -> Context<'a> {
        let (by_address, scaled, holders) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Context { snapshot, prices, usage, by_address, scaled, holders, looked_around: Cell::new(false) }
    }

    fn find(&self, address: &Address) -> Option<&'a Resource> {
        self.looked_around.set(true);
        let by_address = self.by_address.get_or_init(|| {
            let mut map = FxHashMap::default();
            for (resource, at) in self.snapshot.resources.iter().zip(0u32..) {
                map.insert(resource.address.as_str(), at);
            }
            for (resource, at) in self.snapshot.resources.iter().zip(0u32..) {
                map.entry(resource.address.without_key()).or_insert(at);
            }
            map
        });
        self.snapshot.resources.get(*by_address.get(address.as_str())? as usize)
    }

    /// Every address is cut once at each of its slashes, however many ask.
    fn holds_others(&self, address: &str) -> bool {
        self.looked_around.set(true);
        let holders = self.holders.get_or_init(|| {
            let addresses = self.snapshot.resources.iter().map(|resource| resource.address.as_str());
            let cuts = addresses.flat_map(|address| address.match_indices('/').map(move |(at, _)| address.split_at(at)));
            cuts.filter(|(_, rest)| !rest.starts_with("//")).map(|(holder, _)| holder).collect()
        });
        holders.contains(address)
    }

    fn targets_of(&self, resource: &Resource) -> impl Iterator<Item = &'a Resource> {
        self.looked_around.set(true);
        let scaled = self.scaled.get_or_init(|| {
            let mut map: FxHashMap<&'a str, Vec<u32>> = FxHashMap::default();
            for (target, at) in self.snapshot.resources.iter().zip(0u32..) {
                if !target.is("aws_appautoscaling_target") {
                    continue;
                }
                let scaled = target.references.iter().filter(|reference| target.canonical_path(&reference.argument) == "resource_id");
                for resource in scaled.filter_map(|reference| self.find(&reference.target)) {
                    map.entry(resource.address.as_str()).or_default().push(at);
                }
            }
            map
        });
        let targets = scaled.get(resource.address.as_str()).map(Vec::as_slice).unwrap_or_default();
        targets.iter().filter_map(|at| self.snapshot.resources.get(*at as usize))
    }
}

impl<'a> Item<'a> {
    pub fn new(context: &'a Context<'a>, resource: &'a Resource, given: &str, assumed: bool) -> Item<'a> {
        let settings = Settings { object: &resource.attributes, within: "" };
        let own = settings.text("region").known().filter(|_| resource.r#type.starts_with("aws_"));
        let (region, region_assumed) = match (own, &resource.region) {
            (Some(own), _) => (own.into(), false),
            (None, Some(region)) => (region.clone(), false),
            (None, None) => (given.into(), assumed),
        };
        let used = context.usage.of(&resource.address, &resource.r#type);
        Item { resource, region, region_assumed, context, used, settings }
    }

    pub fn has_prices(&self) -> bool {
        self.context.prices.is_some()
    }

    pub fn prices(&self) -> Option<&'a Prices> {
        self.context.prices
    }

    /// The resource of one of these types that an argument refers to. An argument inside a block is found by the
    /// block's name too.
    pub fn referred(&self, argument: &str, types: &[&str]) -> Option<Item<'a>> {
        let within = |path: &str| path.strip_prefix(argument).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let references = self.resource.references.iter().filter(|reference| within(&self.resource.canonical_path(&reference.argument)));
        let found = references.filter_map(|reference| self.context.find(&reference.target));
        let found = found.into_iter().find(|resource| types.contains(&resource.r#type.as_str()))?;
        Some(Item::new(self.context, found, &self.region, self.region_assumed))
    }

    /// Whether other resources are inside this one, as those of a nested stack are.
    pub fn holds_others(&self) -> bool {
        self.context.holds_others(self.resource.address.as_str())
    }

    /// How far application auto scaling moves a dimension: from the least to the most capacity.
    pub fn scaling(&self, dimension: &str) -> Option<(Quantity, Quantity)> {
        let target = self.context.targets_of(self.resource).find(|target| {
            matches!(target.setting("scalable_dimension"), Setting::Known(value) if value.as_text().is_some_and(|text| text == dimension))
        })?;
        let target = Settings { object: &target.attributes, within: "" };
        Some((target.number("min_capacity"), target.number("max_capacity")))
    }

    /// What the usage file gives for a field; else it depends on use.
    pub fn usage(&self, field: &str) -> Quantity {
        match self.used.number(field) {
            Some(number) => Quantity::exactly(number),
            None => Quantity::of_use(),
        }
    }

    /// A text of the usage file.
    pub fn usage_text(&self, field: &str) -> Option<&'a str> {
        self.used.text(field)
    }
}

impl<'a> Deref for Item<'a> {
    type Target = Settings<'a>;
    fn deref(&self) -> &Settings<'a> {
        &self.settings
    }
}

impl<'a> Settings<'a> {
    pub fn text(&self, path: &str) -> Text<'a> {
        match Setting::at(self.object, path) {
            Setting::Absent => Text::Absent,
            Setting::Known(value) => match value.as_text() {
                Some(text) => Text::Known(text),
                None => Text::Unknown(eco_format!("{} is not a text", self.name(path))),
            },
            Setting::Unknown(unknown) => Text::Unknown(eco_format!("{unknown} ({})", self.name(path))),
        }
    }

    pub fn number(&self, path: &str) -> Quantity {
        self.number_or(path, || Quantity::unknown(eco_format!("{} is not set", self.name(path))))
    }

    /// A number, or another quantity where the argument is absent.
    pub fn number_or(&self, path: &str, absent: impl FnOnce() -> Quantity) -> Quantity {
        match Setting::at(self.object, path) {
            Setting::Absent => absent(),
            Setting::Known(value) => match value.as_number().map(|number| number.decimal()) {
                Some(number) if number >= Decimal::ZERO => Quantity::exactly(number),
                _ => Quantity::unknown(eco_format!("{} is not a number", self.name(path))),
            },
            Setting::Unknown(unknown) => Quantity::unknown(eco_format!("{unknown} ({})", self.name(path))),
        }
    }

    /// A switch: `Ok` with its value, `default` where it is absent, or the reason why it is not known.
    pub fn flag(&self, path: &str, default: bool) -> Result<bool, EcoString> {
        match Setting::at(self.object, path) {
            Setting::Absent => Ok(default),
            Setting::Known(value) => value.as_bool().ok_or_else(|| eco_format!("{} is not true or false", self.name(path))),
            Setting::Unknown(unknown) => Err(eco_format!("{unknown} ({})", self.name(path))),
        }
    }

    /// Whether a switch is certainly on.
    pub fn is_on(&self, path: &str) -> bool {
        self.flag(path, false) == Ok(true)
    }

    pub fn has(&self, path: &str) -> bool {
        Setting::at(self.object, path) != Setting::Absent
    }

    /// The blocks or objects of a list, or the single one; empty when absent, the reason when not known.
    pub fn blocks(&self, path: &'static str) -> Result<Vec<Settings<'a>>, EcoString> {
        let items: &[Value] = match Setting::at(self.object, path) {
            Setting::Absent => &[],
            Setting::Known(Value::List(items)) => items,
            Setting::Known(value) => std::slice::from_ref(value),
            Setting::Unknown(unknown) => return Err(eco_format!("{unknown} ({path})")),
        };
        let mut blocks = Vec::with_capacity(items.len());
        for item in items {
            match Setting::of(item) {
                Setting::Known(value) => blocks.extend(value.as_object().map(|object| Settings { object, within: path })),
                Setting::Unknown(unknown) => return Err(eco_format!("{unknown} ({path})")),
                Setting::Absent => {}
            }
        }
        Ok(blocks)
    }

    /// The path as it is written, from the resource on.
    fn name(&self, path: &str) -> EcoString {
        if self.within.is_empty() { path.into() } else { eco_format!("{}.{path}", self.within) }
    }

    /// How many items a list has.
    pub fn length(&self, path: &str) -> Quantity {
        match Setting::at(self.object, path) {
            Setting::Absent => Quantity::exactly(0),
            Setting::Known(Value::List(items)) => Quantity::exactly(items.len() as i64),
            Setting::Known(Value::Object(object)) => Quantity::exactly(object.len() as i64),
            Setting::Known(_) => Quantity::one(),
            Setting::Unknown(unknown) => Quantity::unknown(eco_format!("{unknown} ({})", self.name(path))),
        }
    }
}
