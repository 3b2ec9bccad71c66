//! Words on cards: names, types, amounts, the lines of collapsed groups.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ecow::{EcoString, eco_format};

use super::amount::amount;
use super::choose::{Chosen, QUIET};
use super::model::{Model, Thing, short_type};
use super::text::{NAME, SMALL, printable};
use super::tree::Tree;
use super::{CARD_HEIGHT, CARD_WIDTH, Card, CardKind, CardLine, LineSymbol, Role};
use crate::order::Order as _;
use crate::review::{Action, ResourceMode};

/// Room for words right of block and icon.
const ROOM: f32 = CARD_WIDTH - 47.0 - 6.0;
/// Room for a line of a collapsed group, and for its name beside the count.
const LINE_ROOM: f32 = CARD_WIDTH - 27.0 - 7.0;
const GROUP_NAME_ROOM: f32 = CARD_WIDTH - 20.0 - 9.0;
/// Lines of actions on a collapsed group.
const MOST_LINES: usize = 4;

/// Where each thing stands to the selected one.
pub(super) struct Cone {
    pub roles: Vec<Role>,
    /// Steps downstream.
    pub steps: Vec<Option<u32>>,
}

impl Cone {
    /// Steps from the selected thing, which itself is none away.
    fn away(&self, thing: usize) -> Option<u32> {
        self.steps.get(thing).copied().flatten().filter(|steps| *steps > 0)
    }
}

/// The cards, each with the folder it stands in, and the card of each thing.
pub(super) struct Cards {
    pub cards: Vec<Card>,
    pub folders: Vec<Option<u32>>,
    pub of_thing: Vec<Option<u32>>,
}

/// What a card stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    Thing(u32),
    /// A collapsed folder.
    Folder(u32),
    /// The things of an open folder, or of no folder, that are not shown.
    Rest(Option<u32>),
    /// Every group without anything to show.
    Quiet,
}

pub(super) fn cards(model: &Model<'_>, tree: &Tree, chosen: &Chosen, cone: &Cone, compared: bool) -> Cards {
    let stands = stands(model, tree, chosen);
    let mut numbers: BTreeMap<Stand, u32> = BTreeMap::new();
    let mut members: Vec<(Stand, Vec<u32>)> = Vec::new();
    let mut of_thing = Vec::with_capacity(stands.len());
    for (thing, stand) in stands.iter().enumerate() {
        let number = *numbers.entry(*stand).or_insert_with(|| {
            members.push((*stand, Vec::new()));
            members.len() as u32 - 1
        });
        if let Some((_, things)) = members.get_mut(number as usize) {
            things.push(thing as u32);
        }
        of_thing.push(Some(number));
    }
    let mut cards = Vec::with_capacity(members.len());
    let mut folders = Vec::with_capacity(members.len());
    for (stand, things) in &members {
        let folder = |number: &u32| tree.folders.get(*number as usize);
        let all: Vec<(usize, &Thing<'_>)> =
            things.iter().filter_map(|number| Some((*number as usize, model.things.get(*number as usize)?))).collect();
        let (mut card, inside) = match (stand, all.as_slice()) {
            (Stand::Thing(_), [(number, thing)]) | (Stand::Rest(_), [(number, thing)]) => {
                (own(thing, cone.away(*number), compared), tree.home.get(things.first().copied().unwrap_or(0) as usize).copied().flatten())
            }
            (Stand::Folder(number), _) => {
                let (id, label) = folder(number).map(|folder| (folder.id.clone(), folder.label.clone())).unwrap_or_default();
                (collapsed(id, &label, &all, cone), folder(number).and_then(|folder| folder.parent))
            }
            (Stand::Rest(number), _) => {
                let id = number.as_ref().and_then(folder).map_or_else(|| "/".into(), |folder| folder.id.clone());
                (rest(id, eco_format!("{} more", all.len()), &types(&all, ROOM), &all), *number)
            }
            (Stand::Quiet | Stand::Thing(_), _) => {
                let mut groups: Vec<Option<u32>> =
                    things.iter().map(|thing| outermost(tree, tree.home.get(*thing as usize).copied().flatten())).collect();
                groups.order();
                groups.dedup();
                let detail = eco_format!("{} resources", all.len());
                (rest(QUIET.into(), eco_format!("{} more groups", groups.len()), &detail, &all), None)
            }
        };
        for (number, _) in &all {
            card.role = card.role.max(cone.roles.get(*number).copied().unwrap_or_default());
            card.steps = card.steps.into_iter().chain(cone.away(*number)).min();
            card.focused |= model.focus == Some(*number as u32) && card.kind != CardKind::Group;
            card.matched |= chosen.matched.get(*number).copied().unwrap_or(false);
        }
        if let Some(steps) = card.steps {
            let _ = write!(card.title, ", {steps} {} away", if steps == 1 { "step" } else { "steps" });
        }
        cards.push(card);
        folders.push(inside);
    }
    Cards { cards, folders, of_thing }
}

impl Card {
    /// Height in pixels: a collapsed group grows by its lines.
    pub(super) fn height(&self) -> f32 {
        match self.lines.len() {
            0 => CARD_HEIGHT,
            lines => 25.0 + 17.0 * lines as f32,
        }
    }
}

fn stands(model: &Model<'_>, tree: &Tree, chosen: &Chosen) -> Vec<Stand> {
    // The outermost closed folder around each folder; parents come first.
    let mut closed: Vec<Option<u32>> = Vec::with_capacity(tree.folders.len());
    for (at, folder) in tree.folders.iter().enumerate() {
        let around = folder.parent.and_then(|parent| closed.get(parent as usize).copied().flatten());
        closed.push(around.or_else(|| (!chosen.open.get(at).copied().unwrap_or(false)).then_some(at as u32)));
    }
    let mut busy = vec![0_u32; tree.folders.len()];
    for (home, shown) in tree.home.iter().zip(&chosen.shown) {
        if let Some(count) = home.filter(|_| *shown).and_then(|home| busy.get_mut(home as usize)) {
            *count += 1;
        }
    }
    tree.roll_up(&mut busy);
    (0..model.things.len())
        .map(|thing| {
            let home = tree.home.get(thing).copied().flatten();
            let folder = home.and_then(|home| closed.get(home as usize).copied().flatten());
            match folder {
                Some(folder) => {
                    let top = tree.folders.get(folder as usize).is_some_and(|folder| folder.parent.is_none());
                    let quiet = chosen.merge_quiet && top && busy.get(folder as usize) == Some(&0);
                    if quiet { Stand::Quiet } else { Stand::Folder(folder) }
                }
                None if chosen.shown.get(thing).copied().unwrap_or(false) => Stand::Thing(thing as u32),
                None => Stand::Rest(home),
            }
        })
        .collect()
}

fn outermost(tree: &Tree, mut folder: Option<u32>) -> Option<u32> {
    while let Some(parent) = folder.and_then(|folder| tree.folders.get(folder as usize)).and_then(|folder| folder.parent) {
        folder = Some(parent);
    }
    folder
}

fn own(thing: &Thing<'_>, steps: Option<u32>, compared: bool) -> Card {
    let name = plain_key(&name(thing));
    let amount = thing.cost.map(|cost| amount(cost, compared)).unwrap_or_default();
    let kind = if thing.state.is_empty() { fitting_type(short_type(thing.native_type), ROOM) } else { &thing.state };
    let amount_room = if amount.is_empty() { 0.0 } else { SMALL.width(&amount) + 4.0 };
    // The badge with the steps covers the end of the first line.
    let amount_below = !amount.is_empty() && (steps.is_some() || NAME.width(&name) + amount_room > ROOM);
    let (name_room, detail_room) = if amount_below { (ROOM, ROOM - amount_room) } else { (ROOM - amount_room, ROOM) };
    let detail = if thing.state.is_empty() { fitting_type(kind, detail_room) } else { kind };
    let mut title = eco_format!("{}, {}", printable(thing.address), if thing.state.is_empty() { thing.native_type } else { &thing.state });
    if thing.is_changed() {
        let _ = write!(title, ", {}", action_word(thing.action));
    }
    if !amount.is_empty() {
        let _ = write!(title, ", {amount} a month");
    }
    let mode = thing.entry.map(|entry| entry.mode);
    let icon = match (thing.kind, thing.entry) {
        (CardKind::Module, _) => "module".into(),
        (CardKind::External, None) => "external".into(),
        (_, Some(entry)) => entry.icon.clone(),
        (_, None) => crate::catalog::icons::icon_class(thing.native_type).into(),
    };
    Card {
        id: thing.address.into(),
        kind: thing.kind,
        group: None,
        label: NAME.fit(&name, name_room),
        detail: SMALL.fit(detail, detail_room),
        amount,
        amount_below,
        title,
        action: thing.action,
        icon,
        conditional: thing.conditional,
        deleted: thing.entry.is_some_and(|entry| entry.deleted) || thing.action == Action::Delete,
        destructive: thing.is_destroyed(),
        data: mode == Some(ResourceMode::Data),
        focused: false,
        matched: false,
        role: Role::None,
        steps,
        heat: 0,
        lines: Vec::new(),
    }
}

fn collapsed(id: EcoString, label: &str, members: &[(usize, &Thing<'_>)], cone: &Cone) -> Card {
    let mut by_symbol: Vec<(LineSymbol, Vec<(usize, &Thing<'_>)>)> = Vec::new();
    for (number, thing) in members {
        let symbol = symbol(thing.action);
        match by_symbol.iter_mut().find(|(other, _)| *other == symbol) {
            Some((_, things)) => things.push((*number, thing)),
            None => by_symbol.push((symbol, vec![(*number, thing)])),
        }
    }
    by_symbol.order_by_key(|(symbol, _)| *symbol);
    let mut lines: Vec<CardLine> = by_symbol
        .iter()
        .take(MOST_LINES)
        .map(|(symbol, things)| CardLine { symbol: *symbol, count: things.len() as u32, text: line_text(*symbol, things) })
        .collect();
    let reached = members.iter().filter(|(number, _)| cone.away(*number).is_some()).count();
    if reached > 0 {
        lines.push(CardLine { symbol: LineSymbol::Affected, count: reached as u32, text: eco_format!("{reached} in reach") });
    }
    let count = eco_format!("{}", members.len());
    let mut title = eco_format!("{}, {count} resources", printable(label));
    for line in &lines {
        let _ = write!(title, ", {} {}", line.count, symbol_word(line.symbol));
    }
    Card {
        label: NAME.fit(label, GROUP_NAME_ROOM - SMALL.width(&count) - 6.0),
        amount: count,
        title,
        icon: "module".into(),
        lines,
        ..rest(id, EcoString::new(), "", members)
    }
    .with_kind(CardKind::Group)
}

/// A card for several things without a line per action.
fn rest(id: EcoString, label: EcoString, detail: &str, members: &[(usize, &Thing<'_>)]) -> Card {
    let worst = members.iter().map(|(_, thing)| thing.action).min_by_key(|action| symbol(*action)).unwrap_or(Action::NoOp);
    let title = eco_format!("{label}: {detail}");
    let icon = match members {
        [(_, thing), others @ ..] if others.iter().all(|(_, other)| icon_of(other) == icon_of(thing)) => icon_of(thing),
        _ => "other".into(),
    };
    Card {
        id,
        kind: CardKind::More,
        group: None,
        label,
        detail: SMALL.fit(detail, ROOM),
        amount: EcoString::new(),
        amount_below: false,
        title,
        action: worst,
        icon,
        conditional: false,
        deleted: false,
        destructive: matches!(worst, Action::Replace | Action::Delete),
        data: false,
        focused: false,
        matched: false,
        role: Role::None,
        steps: None,
        heat: 0,
        lines: Vec::new(),
    }
}

fn icon_of(thing: &Thing<'_>) -> EcoString {
    thing.entry.map(|entry| entry.icon.clone()).unwrap_or_default()
}

impl Card {
    fn with_kind(self, kind: CardKind) -> Card {
        Card { kind, ..self }
    }
}

/// The block's name with its instance key, as the address ends.
pub(super) fn name<'a>(thing: &Thing<'a>) -> EcoString {
    let Some(entry) = thing.entry else { return thing.address.into() };
    let key = thing.address.rfind(entry.name.as_str()).and_then(|at| thing.address.get(at + entry.name.len()..)).unwrap_or("");
    if key.starts_with('[') { eco_format!("{}{key}", entry.name) } else { entry.name.clone() }
}

/// A name with its key unquoted: quotes cost room and tell nothing on a card.
fn plain_key(name: &str) -> EcoString {
    match name.strip_suffix("\"]").and_then(|start| start.split_once("[\"")) {
        Some((block, key)) => eco_format!("{block}[{key}]"),
        None => name.into(),
    }
}

/// The type, without its first words where that makes it fit: `metric_alarm` for `cloudwatch_metric_alarm`.
fn fitting_type(kind: &str, room: f32) -> &str {
    let mut rest = kind;
    while SMALL.width(rest) > room {
        match rest.split_once('_') {
            Some((_, shorter)) => rest = shorter,
            None => break,
        }
    }
    rest
}

/// `3 instance, 2 eip`, most frequent first.
fn types(members: &[(usize, &Thing<'_>)], room: f32) -> EcoString {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, thing) in members {
        *counts.entry(short_type(thing.native_type)).or_default() += 1;
    }
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.order_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut text = EcoString::new();
    for (kind, count) in counts {
        if SMALL.width(&text) > room {
            break;
        }
        let _ = write!(text, "{}{count} {kind}", if text.is_empty() { "" } else { ", " });
    }
    text
}

fn line_text(symbol: LineSymbol, members: &[(usize, &Thing<'_>)]) -> EcoString {
    let types = types(members, LINE_ROOM);
    if symbol != LineSymbol::Same && SMALL.width(&types) <= LINE_ROOM {
        return types;
    }
    eco_format!("{} {}", members.len(), symbol_word(symbol))
}

fn symbol(action: Action) -> LineSymbol {
    match action {
        Action::Replace => LineSymbol::Replace,
        Action::Delete => LineSymbol::Delete,
        Action::Update => LineSymbol::Update,
        Action::Create => LineSymbol::Create,
        Action::Move | Action::Import | Action::Forget => LineSymbol::Move,
        Action::Read | Action::NoOp => LineSymbol::Same,
    }
}

const fn symbol_word(symbol: LineSymbol) -> &'static str {
    match symbol {
        LineSymbol::Replace => "replaced",
        LineSymbol::Delete => "deleted",
        LineSymbol::Update => "updated",
        LineSymbol::Create => "created",
        LineSymbol::Move => "moved",
        LineSymbol::Same => "unchanged",
        LineSymbol::Affected => "in reach",
    }
}

const fn action_word(action: Action) -> &'static str {
    match action {
        Action::Create => "created",
        Action::Update => "updated",
        Action::Replace => "replaced",
        Action::Delete => "deleted",
        Action::Move => "moved",
        Action::Import => "imported",
        Action::Forget => "forgotten",
        Action::Read => "read",
        Action::NoOp => "unchanged",
    }
}
