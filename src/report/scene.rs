//! The graph as a positioned picture: cards, groups and polylines. Painters draw it and decide nothing.
//!
//! What is shown, where it stands and what every label says is settled here, once, for the page, for the
//! command line and for every export.

mod amount;
mod cards;
mod choose;
mod model;
mod outline;
mod text;
mod tree;

use ecow::EcoString;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::layout::{self, Rect};
use crate::order::Order as _;
use crate::review::{Action, Direction, Review};
use cards::Cone;
use model::{Link, Model, joined};
pub(super) use outline::{Outline, Visit, outline};
use tree::Tree;

/// Width of a card in pixels.
pub const CARD_WIDTH: f32 = 146.0;
/// Height of a card; a collapsed group is higher by its lines.
pub const CARD_HEIGHT: f32 = 38.0;

/// What the reader asked to see. Every field may be left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(default)]
pub struct View {
    /// Only what changes, what directly needs it and what it directly needs; other groups collapse.
    /// Left out: on when two versions were compared.
    #[tsify(optional)]
    pub changed_only: Option<bool>,
    /// Only what is replaced or deleted, with its direct neighbours.
    #[tsify(optional)]
    pub destroyed_only: bool,
    /// Every resource as a card, however many there are.
    #[tsify(optional)]
    pub show_all: bool,
    /// Resources that are declared but switched off, too.
    #[tsify(optional)]
    pub show_disabled: bool,
    #[tsify(optional)]
    pub hide_data: bool,
    /// Address of the selected resource: its cone is marked and its distances are counted.
    #[tsify(type = "string | null", optional)]
    pub focus: Option<EcoString>,
    /// Ids of groups shown with all their resources.
    #[tsify(type = "string[]", optional)]
    pub expanded: Vec<EcoString>,
    /// Ids of groups shown as one card.
    #[tsify(type = "string[]", optional)]
    pub collapsed: Vec<EcoString>,
    #[tsify(optional)]
    pub group_by: GroupBy,
    #[tsify(optional)]
    pub colour: Colour,
    /// Text to find in address, type and file: matches are shown and marked.
    #[tsify(type = "string", optional)]
    pub query: EcoString,
    /// Steps around the selected resource, or around the changes, to show. Left out: 1 around changes, all around a selection.
    #[tsify(optional)]
    pub depth: Option<u32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// By module, and by file where there is no module.
    #[default]
    Auto,
    Module,
    File,
    Type,
    Provider,
    None,
}

/// What the block of a card is coloured by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    #[default]
    Action,
    Cost,
}

/// A positioned picture of a review.
///
/// Rectangles and points travel apart from the JSON, in [`Scene::geometry`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
pub struct Scene {
    pub width: f32,
    pub height: f32,
    pub cards: Vec<Card>,
    /// Open groups, each after its parent: paint them in this order, before edges and cards.
    pub groups: Vec<Group>,
    /// Edges with a role come last, so that they are painted over the others.
    pub edges: Vec<Edge>,
    /// Index of the selected card.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub focus: Option<u32>,
    /// Resources in the review, and how many of them have no card of their own here.
    pub total: u32,
    pub hidden: u32,
    /// One sentence for those who cannot see the picture, and under its title.
    #[tsify(type = "string")]
    pub summary: EcoString,
    /// x, y, width, height of each card; the same of each group; then x, y of each point of each edge.
    #[serde(skip)]
    pub geometry: Vec<f32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Card {
    /// Address of the resource; the group's id on a collapsed group and on the rest of a group.
    #[tsify(type = "string")]
    pub id: EcoString,
    pub kind: CardKind,
    /// Index into `groups`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub group: Option<u32>,
    /// First line, cut to the card.
    #[tsify(type = "string")]
    pub label: EcoString,
    /// Second line, cut to the card: the type without cloud prefix, or the state.
    #[tsify(type = "string")]
    pub detail: EcoString,
    /// Monthly cost in whole dollars; how many on a collapsed group.
    #[tsify(type = "string")]
    pub amount: EcoString,
    /// The amount stands on the second line, where there is room.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub amount_below: bool,
    /// Nothing cut, for tooltips and for readers of the screen.
    #[tsify(type = "string")]
    pub title: EcoString,
    pub action: Action,
    /// Icon class.
    #[tsify(type = "string")]
    pub icon: EcoString,
    /// How many there are, or what happens to them, depends on something not known: dashed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub conditional: bool,
    /// Only in the version before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub deleted: bool,
    /// Replaced or deleted: the block is solid.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub destructive: bool,
    /// A data source.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub data: bool,
    /// The selected resource.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub focused: bool,
    /// Found by the query.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub matched: bool,
    pub role: Role,
    /// Steps away from the selected resource; without one, from the nearest change that reaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub steps: Option<u32>,
    /// Cost heat 1 to 5 by quintile of the shown, when coloured by cost; else 0.
    pub heat: u8,
    /// One line per action on a collapsed group, worst first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub lines: Vec<CardLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    Resource,
    /// A module whose source is not at hand.
    Module,
    /// Something referred to that no file here declares.
    External,
    /// Declared, but switched off.
    Disabled,
    /// A whole group in one card.
    Group,
    /// The members of an open group that are not shown.
    More,
}

/// Where a card or an edge stands to the selected resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    #[default]
    None,
    /// What the selected resource needs.
    Upstream,
    /// What needs the selected resource, itself included.
    Downstream,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CardLine {
    pub symbol: LineSymbol,
    pub count: u32,
    #[tsify(type = "string")]
    pub text: EcoString,
}

/// The symbol before a line of a collapsed group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum LineSymbol {
    Replace,
    Delete,
    Update,
    Create,
    Move,
    Same,
    /// In reach of the selected resource.
    Affected,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Group {
    /// What `View::expanded` and `View::collapsed` name.
    #[tsify(type = "string")]
    pub id: EcoString,
    #[tsify(type = "string")]
    pub label: EcoString,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub parent: Option<u32>,
    /// Resources in it, shown or not.
    pub total: u32,
}

/// A line between two cards, the way a change travels: from what is needed to what needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Edge {
    /// Index into `cards`.
    pub from: u32,
    pub to: u32,
    pub role: Role,
    pub style: EdgeStyle,
    /// References joined in it.
    pub references: u32,
    /// Points of its polyline in `geometry`.
    pub points: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeStyle {
    /// Written as a reference.
    #[default]
    Solid,
    /// Implied by names, labels or code: dashed.
    Implied,
    /// Only in the version before: dotted.
    BeforeOnly,
}

/// Positions what a view of a review shows.
pub fn scene(review: &Review, view: &View) -> Scene {
    let model = Model::of(review, view);
    let mut tree = Tree::of(&model, view.group_by);
    let chosen = choose::choose(&model, view, &mut tree, review.compared);
    let cone = cone(&model);
    let cards::Cards { mut cards, folders, of_thing } = cards::cards(&model, &tree, &chosen, &cone, review.compared);

    // Open folders become groups; their order keeps parents first.
    let mut group_of: Vec<Option<u32>> = vec![None; tree.folders.len()];
    let mut totals: Vec<u32> = vec![0; tree.folders.len()];
    for home in tree.home.iter().flatten() {
        if let Some(total) = totals.get_mut(*home as usize) {
            *total += 1;
        }
    }
    tree.roll_up(&mut totals);
    let mut groups: Vec<Group> = Vec::new();
    for (at, folder) in tree.folders.iter().enumerate() {
        let parent = folder.parent.and_then(|parent| group_of.get(parent as usize).copied().flatten());
        let inside_open = folder.parent.is_none() || parent.is_some();
        if inside_open && chosen.open.get(at) == Some(&true) {
            if let Some(slot) = group_of.get_mut(at) {
                *slot = Some(groups.len() as u32);
            }
            let total = totals.get(at).copied().unwrap_or(0);
            groups.push(Group { id: folder.id.clone(), label: text::SMALL.fit(&folder.label, 240.0), parent, total });
        }
    }
    for (card, folder) in cards.iter_mut().zip(&folders) {
        card.group = folder.and_then(|folder| group_of.get(folder as usize).copied().flatten());
    }
    if view.colour == Colour::Cost {
        heat(&mut cards, &model, &of_thing);
    }

    let mut edges = edges(&model, &cone, &of_thing);
    edges.retain(|edge| [edge.from, edge.to].iter().all(|card| cards.get(*card as usize).is_some_and(|card| card.id != choose::QUIET)));
    let placed = layout::layered(&layout::Input {
        nodes: cards.iter().map(|card| layout::Node { width: CARD_WIDTH, height: card.height(), group: card.group }).collect(),
        edges: edges.iter().map(|edge| layout::Edge { source: edge.from, target: edge.to }).collect(),
        groups: groups.iter().map(|group| layout::Group { parent: group.parent, label_width: text::SMALL.width(&group.label) }).collect(),
    });
    let mut geometry: Vec<f32> = Vec::with_capacity(4 * (cards.len() + groups.len()) + 8 * edges.len());
    for Rect { x, y, width, height } in placed.nodes.iter().chain(&placed.groups) {
        geometry.extend([x, y, width, height]);
    }
    // Roles decide what is painted last, not where it runs: selecting a card moves nothing.
    let mut drawn: Vec<(Edge, &Vec<(f32, f32)>)> = edges.into_iter().zip(&placed.edges).collect();
    drawn.order_by_key(|(edge, _)| edge.role);
    let mut edges = Vec::with_capacity(drawn.len());
    for (edge, points) in drawn {
        geometry.extend(points.iter().flat_map(|(x, y)| [x, y]));
        edges.push(Edge { points: points.len() as u32, ..edge });
    }
    let own = |card: &&Card| !matches!(card.kind, CardKind::Group | CardKind::More);
    let total = model.things.len() as u32;
    let hidden = total.saturating_sub(cards.iter().filter(own).count() as u32);
    let focus = cards.iter().position(|card| card.focused).map(|at| at as u32);
    let summary = summary(&cards, focus, total, hidden);
    Scene { width: placed.width, height: placed.height, cards, groups, edges, focus, total, hidden, summary, geometry }
}

fn cone(model: &Model<'_>) -> Cone {
    let Some(focus) = model.focus else {
        return Cone { roles: Vec::new(), steps: model.things.iter().map(|thing| thing.reached).collect() };
    };
    let steps = model.steps(std::iter::once(focus), Direction::Downstream, u32::MAX);
    let upstream = model.steps(std::iter::once(focus), Direction::Upstream, u32::MAX);
    let roles = steps.iter().zip(&upstream).map(|(down, up)| match (down, up) {
        (Some(_), _) => Role::Downstream,
        (None, Some(_)) => Role::Upstream,
        (None, None) => Role::None,
    });
    Cone { roles: roles.collect(), steps }
}

/// Links between cards, joined.
fn edges(model: &Model<'_>, cone: &Cone, of_thing: &[Option<u32>]) -> Vec<Edge> {
    let card = |thing: u32| of_thing.get(thing as usize).copied().flatten();
    let role = |thing: u32| cone.roles.get(thing as usize).copied().unwrap_or_default();
    let selected = |thing: u32| model.focus == Some(thing);
    let between = model.links.iter().filter_map(|link| {
        let (needed, dependent) = (card(link.needed)?, card(link.dependent)?);
        let role = match (role(link.needed), role(link.dependent)) {
            (Role::Downstream, Role::Downstream) => Role::Downstream,
            (Role::Upstream, Role::Upstream) => Role::Upstream,
            (Role::Upstream, Role::Downstream) if selected(link.dependent) => Role::Upstream,
            _ => Role::None,
        };
        (needed != dependent || link.needed == link.dependent).then_some((role, Link { needed, dependent, ..*link }))
    });
    // The strongest role of a pair is the pair's.
    let mut all: Vec<(Role, Link)> = between.collect();
    all.order_by_key(|(role, link)| (link.needed, link.dependent, std::cmp::Reverse(*role)));
    let roles: Vec<((u32, u32), Role)> = all.iter().map(|(role, link)| ((link.needed, link.dependent), *role)).collect();
    let strongest = |pair: (u32, u32)| roles.get(roles.partition_point(|(other, _)| *other < pair)).map(|(_, role)| *role);
    joined(all.into_iter().map(|(_, link)| link).collect(), |link| (link.needed, link.dependent))
        .into_iter()
        .map(|link| Edge {
            from: link.needed,
            to: link.dependent,
            role: strongest((link.needed, link.dependent)).unwrap_or_default(),
            style: link.style,
            references: link.references,
            points: 0,
        })
        .collect()
}

/// Heat 1 to 5 by quintile of the costs that are shown.
fn heat(cards: &mut [Card], model: &Model<'_>, of_thing: &[Option<u32>]) {
    let mut costs = Vec::new();
    for (thing, card) in model.things.iter().zip(of_thing) {
        let own = card.and_then(|card| cards.get(card as usize)).is_some_and(|card| card.id == thing.address);
        let monthly = thing.cost.and_then(amount::monthly).filter(|monthly| own && !monthly.is_zero());
        costs.extend(monthly.zip(*card));
    }
    costs.order();
    let count = costs.len().max(1);
    for (at, (_, card)) in costs.into_iter().enumerate() {
        if let Some(card) = cards.get_mut(card as usize) {
            card.heat = (at * 5 / count) as u8 + 1;
        }
    }
}

fn summary(cards: &[Card], focus: Option<u32>, total: u32, hidden: u32) -> EcoString {
    let shown = total - hidden;
    let mut summary = ecow::eco_format!("{total} resources, {shown} shown. Each stands right of what it needs.");
    if let Some(card) = focus.and_then(|focus| cards.get(focus as usize)) {
        summary.push_str(&ecow::eco_format!(" Blue: in reach of {}.", card.label));
    }
    summary
}

#[cfg(test)]
mod tests;
