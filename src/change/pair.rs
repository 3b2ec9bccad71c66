//! Which resource before is which after: by address, by `moved`, by a key that came or went, and by block
//! where the number of instances is not known.

use std::collections::BTreeMap;

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Address, Mode, Resource, ResourceId, Snapshot};

/// One resource in one or both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub before: Option<ResourceId>,
    pub after: Option<ResourceId>,
    pub kind: Pairing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairing {
    /// Same address, or only in one version.
    Plain,
    /// Another address, as declared or because a key came or went.
    Moved,
    /// The generator gave it another name because its content changed: it is made anew and the old one goes.
    Renewed,
    /// One of the two stands for any number of instances.
    Instances,
    /// Both stand for any number of instances, of which one has indexes and the other names: none stays.
    Rekeyed,
    /// It is inside a module that is not at hand in the other version.
    Hidden,
    /// The author lets it go without destroying it.
    Forgotten,
}

type Moves<'s> = FxHashMap<&'s str, &'s str>;

/// Pairs the resources of two versions. Things declared nowhere are left out.
pub(super) fn pair(before: &Snapshot, after: &Snapshot) -> Vec<Pair> {
    let (mut pairs, mut gone, mut new) = merge(before, after);
    if !gone.is_empty() && !new.is_empty() {
        let moves: Moves<'_> = after.moved.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        moved(before, after, &moves, &mut gone, &mut new, &mut pairs);
        if cfg!(feature = "templates") {
            renewed(before, after, &mut gone, &mut new, &mut pairs);
        }
        instances(before, after, &moves, &mut gone, &mut new, &mut pairs);
    }
    let forgotten: FxHashSet<&str> = after.removed.iter().filter(|it| !it.destroy).map(|it| it.from.as_str()).collect();
    let (closed_before, closed_after) = (closed(before), closed(after));
    let (open_before, open_after) = (open(before, &gone, &new), open(after, &gone, &new));
    for id in gone {
        let Some(resource) = before.resource(id) else { continue };
        // A module that was closed before and is open now says nothing by itself.
        if resource.mode == Mode::Module && open_after.contains(resource.address.as_str()) {
            continue;
        }
        let kind = if is_inside(&resource.address, &closed_after) {
            Pairing::Hidden
        } else if is_forgotten(resource, &forgotten) {
            Pairing::Forgotten
        } else {
            Pairing::Plain
        };
        pairs.push(Pair { before: Some(id), after: None, kind });
    }
    for id in new {
        let Some(resource) = after.resource(id) else { continue };
        if resource.mode == Mode::Module && open_before.contains(resource.address.as_str()) {
            continue;
        }
        let kind = if is_inside(&resource.address, &closed_before) { Pairing::Hidden } else { Pairing::Plain };
        pairs.push(Pair { before: None, after: Some(id), kind });
    }
    pairs
}

/// Both snapshots are in address order, so one walk finds what has the same address.
fn merge(before: &Snapshot, after: &Snapshot) -> (Vec<Pair>, Vec<ResourceId>, Vec<ResourceId>) {
    let declared = |snapshot: &'_ Snapshot| {
        let ids: Vec<ResourceId> = snapshot.iter().filter(|(_, resource)| resource.mode != Mode::External).map(|(id, _)| id).collect();
        ids.into_iter().peekable()
    };
    let (mut left, mut right) = (declared(before), declared(after));
    let (mut pairs, mut gone, mut new) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let order = match (left.peek().and_then(|id| before.resource(*id)), right.peek().and_then(|id| after.resource(*id))) {
            (None, None) => return (pairs, gone, new),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => a.address.cmp(&b.address),
        };
        match order {
            std::cmp::Ordering::Less => gone.extend(left.next()),
            std::cmp::Ordering::Greater => new.extend(right.next()),
            std::cmp::Ordering::Equal => {
                let (old, new) = (left.next(), right.next());
                let kind = match (old.and_then(|id| before.resource(id)), new.and_then(|id| after.resource(id))) {
                    (Some(a), Some(b)) if !same_keys(a, b) && moves_inside(after, b) => Pairing::Instances,
                    (Some(a), Some(b)) if !same_keys(a, b) => Pairing::Rekeyed,
                    _ => Pairing::Plain,
                };
                pairs.push(Pair { before: old, after: new, kind });
            }
        }
    }
}

/// Declared moves, then those that the language implies: `count` came (`x` is now `x[0]`) or went. Of a module it implies
/// none: what is inside `module.a` is not what is inside `module.a[0]`.
fn moved(
    before: &Snapshot,
    after: &Snapshot,
    moves: &Moves<'_>,
    gone: &mut Vec<ResourceId>,
    new: &mut Vec<ResourceId>,
    pairs: &mut Vec<Pair>,
) {
    let mut targets: FxHashMap<&str, ResourceId> = new.iter().filter_map(|id| Some((after.resource(*id)?.address.as_str(), *id))).collect();
    gone.retain(|id| {
        let Some(resource) = before.resource(*id) else { return true };
        let declared = renamed(resource.address.as_str(), moves).and_then(|address| targets.remove(address.as_str()));
        let found = declared.or_else(|| match resource.address.key() {
            _ if resource.mode == Mode::Module => None,
            "" => targets.remove(format!("{}[0]", resource.address).as_str()),
            "[0]" => targets.remove(resource.address.without_key()),
            _ => None,
        });
        match found {
            Some(target) => {
                pairs.push(Pair { before: Some(*id), after: Some(target), kind: Pairing::Moved });
                false
            }
            None => true,
        }
    });
    new.retain(|id| after.resource(*id).is_some_and(|resource| targets.contains_key(resource.address.as_str())));
}

/// Types whose resources get a name from what they are made of, so that another content is another resource.
const RENEWED: &[&str] =
    &["AWS::ApiGateway::Deployment", "AWS::Lambda::LayerVersion", "AWS::Lambda::Version", "AWS::StepFunctions::StateMachineVersion"];

/// What SAM, the CDK and their kin name by a hash of the content: one that went and one that came, with the same name
/// before the hash.
fn renewed(before: &Snapshot, after: &Snapshot, gone: &mut Vec<ResourceId>, new: &mut Vec<ResourceId>, pairs: &mut Vec<Pair>) {
    let stems = |snapshot: &'_ Snapshot, ids: &[ResourceId]| {
        // `None` for a name that several have.
        let mut found: BTreeMap<(EcoString, EcoString), Option<ResourceId>> = BTreeMap::new();
        for id in ids {
            let Some(resource) = snapshot.resource(*id).filter(|it| RENEWED.contains(&it.native_type.as_str())) else { continue };
            if let Some(stem) = stem(resource.address.as_str()) {
                let slot = found.entry((resource.native_type.clone(), stem.into()));
                slot.and_modify(|only| *only = None).or_insert(Some(*id));
            }
        }
        found
    };
    let old = stems(before, gone);
    if old.is_empty() {
        return;
    }
    let (mut sources, mut targets) = (FxHashSet::default(), FxHashSet::default());
    for (key, target) in stems(after, new) {
        if let (Some(target), Some(Some(source))) = (target, old.get(&key)) {
            pairs.push(Pair { before: Some(*source), after: Some(target), kind: Pairing::Renewed });
            sources.insert(*source);
            targets.insert(target);
        }
    }
    gone.retain(|id| !sources.contains(id));
    new.retain(|id| !targets.contains(id));
}

/// What stands before the hash at the end of a name: ten digits of SAM, forty of the CDK, or what follows the word for
/// what it is.
fn stem(address: &str) -> Option<&str> {
    const LEAST: usize = 8;
    let named = ["Deployment", "Version"].iter().filter_map(|word| Some(address.rfind(word)? + word.len())).max();
    if let Some((stem, hash)) = named.and_then(|at| address.split_at_checked(at))
        && hash.len() >= LEAST
        && hash.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return Some(stem);
    }
    let (stem, hash) = address.split_at_checked(address.len().checked_sub(10)?)?;
    hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).then_some(stem)
}

/// The address after all moves that apply, chains included; `None` when none does.
fn renamed(address: &str, moves: &Moves<'_>) -> Option<String> {
    if moves.is_empty() {
        return None;
    }
    let mut current = address.to_owned();
    let mut changed = false;
    // A chain is never longer than there are moves; a circle ends here.
    for _ in 0..moves.len() {
        // The whole address first, then what stands before each `[` or `.`, from the right.
        let cuts = std::iter::once(current.len()).chain(current.rmatch_indices(['.', '[']).map(|(at, _)| at));
        let next = cuts.into_iter().find_map(|cut| {
            let to = moves.get(current.get(..cut)?)?;
            let rest = current.get(cut..).unwrap_or_default();
            // What moves to an instance is the one that had no key.
            (!rest.starts_with('[') || !to.ends_with(']')).then(|| format!("{to}{rest}"))
        });
        match next {
            Some(next) if next != current => (current, changed) = (next, true),
            _ => break,
        }
    }
    changed.then_some(current)
}

/// Blocks with an unknown number of instances in one version, themselves or their modules, take all instances of the other
/// that may be among them: those with keys of the same kind, and those that the author moves there.
fn instances(
    before: &Snapshot,
    after: &Snapshot,
    moves: &Moves<'_>,
    gone: &mut Vec<ResourceId>,
    new: &mut Vec<ResourceId>,
    pairs: &mut Vec<Pair>,
) {
    let any = |snapshot: &Snapshot, ids: &[ResourceId]| -> FxHashMap<EcoString, ResourceId> {
        let open = |id: &ResourceId| snapshot.resource(*id).filter(|it| it.count_unknown.is_some()).map(|it| (block(it), *id));
        ids.iter().filter_map(open).collect()
    };
    let unknown_after = any(after, new);
    let unknown_before = any(before, gone);
    if unknown_after.is_empty() && unknown_before.is_empty() {
        return;
    }
    let opened: Vec<(EcoString, &str)> = moves.iter().map(|(from, to)| (Address::with_open_keys(from), *to)).collect();
    let opened: Moves<'_> = opened.iter().map(|(from, to)| (from.as_str(), *to)).collect();
    let open_moves = |id: &ResourceId| {
        let old = before.resource(*id).filter(|it| it.count_unknown.is_some())?;
        Some((open_block(&renamed(old.address.as_str(), &opened)?), *id))
    };
    let moved_before: FxHashMap<EcoString, ResourceId> = gone.iter().filter_map(open_moves).collect();
    let mut taken: FxHashSet<EcoString> = FxHashSet::default();
    let mut paired: FxHashSet<ResourceId> = FxHashSet::default();
    gone.retain(|id| {
        let Some(old) = before.resource(*id).filter(|it| it.count_unknown.is_none()) else { return true };
        let (address, declared) = match renamed(old.address.as_str(), moves) {
            Some(address) => (open_block(&address), true),
            None => (block(old), false),
        };
        let known = unknown_after.contains_key(&address) || taken.contains(&address);
        let address = if known { address } else { Address::with_open_keys(&address) };
        if taken.contains(&address) {
            return false;
        }
        let target =
            unknown_after.get(&address).copied().filter(|id| declared || after.resource(*id).is_some_and(|new| same_keys(old, new)));
        match target {
            Some(target) => {
                pairs.push(Pair { before: Some(*id), after: Some(target), kind: Pairing::Instances });
                paired.insert(target);
                taken.insert(address);
                false
            }
            None => true,
        }
    });
    let mut used: FxHashSet<ResourceId> = FxHashSet::default();
    new.retain(|id| {
        let Some(it) = after.resource(*id) else { return true };
        let address = block(it);
        let open = Address::with_open_keys(&address);
        let own = unknown_before.get(&address).or_else(|| unknown_before.get(&open));
        let own = own.filter(|id| before.resource(**id).is_some_and(|old| same_keys(old, it)));
        match moved_before.get(&open).or(own) {
            _ if paired.contains(id) => false,
            Some(source) => {
                pairs.push(Pair { before: Some(*source), after: Some(*id), kind: Pairing::Instances });
                used.insert(*source);
                false
            }
            None => true,
        }
    });
    gone.retain(|id| !used.contains(id));
}

fn block(resource: &Resource) -> EcoString {
    resource.address.without_key().into()
}

/// The block of an address, for any instance of the modules around it.
fn open_block(address: &str) -> EcoString {
    let open = Address::with_open_keys(address);
    open.strip_suffix("[*]").map(EcoString::from).unwrap_or(open)
}

/// Whether an instance may be one of the other version's by its key: indexes and no key at all are one kind, as the
/// language moves one to the other, and names another. Of modules it moves nothing.
fn same_keys(old: &Resource, new: &Resource) -> bool {
    let key = |resource: &Resource| match resource.address.key() {
        "" if resource.mode == Mode::Module => Some(2),
        _ if resource.mode == Mode::Module => None,
        "[*]" => resource.declaration.as_ref().map(|it| u8::from(it.for_each.is_some())),
        key => Some(u8::from(key.starts_with("[\""))),
    };
    match (key(old), key(new)) {
        (Some(2), None) | (None, Some(2)) => false,
        (Some(old), Some(new)) => old == new,
        _ => true,
    }
}

/// Whether the author moves something to an instance of a block.
fn moves_inside(after: &Snapshot, resource: &Resource) -> bool {
    let block = resource.address.without_key();
    after.moved.iter().any(|(_, to)| open_block(to.as_str()) == block)
}

/// Modules whose source is not at hand, by address.
fn closed(snapshot: &Snapshot) -> FxHashSet<&str> {
    snapshot.resources.iter().filter(|resource| resource.mode == Mode::Module).map(|resource| resource.address.as_str()).collect()
}

/// Modules that have resources of their own here; only asked for when a module came or went.
fn open<'s>(snapshot: &'s Snapshot, gone: &[ResourceId], new: &[ResourceId]) -> FxHashSet<&'s str> {
    let mut modules = FxHashSet::default();
    if gone.is_empty() && new.is_empty() {
        return modules;
    }
    let mut last = "";
    for resource in &snapshot.resources {
        let path = resource.address.module();
        if path != last {
            modules.extend(enclosing(path));
            last = path;
        }
    }
    modules
}

/// Whether an address is inside one of the modules.
fn is_inside(address: &Address, modules: &FxHashSet<&str>) -> bool {
    !modules.is_empty() && enclosing(address.module()).any(|module| modules.contains(module))
}

/// A module path and the paths of the modules around it.
fn enclosing(path: &str) -> impl Iterator<Item = &str> {
    let whole = Some(path).filter(|path| !path.is_empty());
    whole.into_iter().chain(path.match_indices('.').filter_map(|(at, _)| path.get(..at)))
}

/// Whether the resource, its block, or a module around it is let go.
fn is_forgotten(resource: &Resource, forgotten: &FxHashSet<&str>) -> bool {
    let address = resource.address.as_str();
    !forgotten.is_empty() && parts(address).any(|part| forgotten.contains(part))
}

/// The address, and what stands before each `.` and `[` in it.
fn parts(address: &str) -> impl Iterator<Item = &str> {
    std::iter::once(address).chain(address.match_indices(['.', '[']).filter_map(|(at, _)| address.get(..at)))
}
