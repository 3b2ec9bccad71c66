//! What lost a key, so that nothing makes a deleted resource any more, and where that is written.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use crate::lang::{Program, terraform::source_folder};
use crate::model::{Address, Expr, ExprKind, Module, ModuleCall, Resource, Step};
use crate::review::Source;
use crate::review::place::source;
use crate::source::{Sources, Span, Version};

/// So many names are followed from a `for_each` to the list that lost a key.
const MOST_NAMES: usize = 4;

/// A block or module that lost a key, the key, and whether it makes one without.
pub(super) type Lost<'a> = (&'a str, &'a str, bool);

/// What has lost a key of a deleted resource: its block, or the innermost module that makes others.
pub(super) fn lost<'a>(blocks: &Blocks<'_>, address: &'a Address) -> Option<Lost<'a>> {
    let own = address.without_key();
    if let Some(it) = blocks.get(own) {
        return Some((own, address.key().trim_matches(['[', ']']), it.1));
    }
    // Of a module that is still there, nothing around it went.
    let gone = |module: &&str| blocks.get(module).is_none_or(|it| !it.1);
    modules(address).take_while(gone).find_map(|module| {
        let (block, key) = keyed(module);
        Some((block, key, blocks.get(block)?.1))
    })
}

/// The `count` or `for_each` of a block, and what it takes its keys from as far as that is not what it was.
pub(super) fn lost_by(sources: &Sources, program: &Program, block: &str, resource: &Resource) -> Option<Vec<Source>> {
    let address = &resource.address;
    let own = block == address.without_key();
    let mut outer = if own { address.module() } else { block.get(..block.rfind("module.")?)? };
    let module = module_of(program, outer)?;
    let (count, each) = if own {
        let declaration = module
            .resources
            .iter()
            .find(|it| it.name == resource.name && it.native_type == resource.native_type && it.mode == resource.mode)?;
        (&declaration.count, &declaration.for_each)
    } else {
        let call = module.calls.iter().find(|call| block.rsplit('.').next() == Some(&call.name))?;
        (&call.count, &call.for_each)
    };
    let mut expression = count.as_ref().or(each.as_ref())?;
    let mut found = vec![source(sources, expression.span)];
    for _ in 0..MOST_NAMES {
        let mut named = None;
        expression.walk(&mut |it| named = named.or_else(|| value_of(program, outer, it)));
        let Some(value) = named else { break };
        (outer, expression) = value;
        let place = source(sources, expression.span);
        if !stood_before(sources, expression.span, &place.file) {
            found.push(place);
        }
    }
    Some(found)
}

/// Whether a value stood in the same file before, with what is left of it in its line: then it has lost nothing.
fn stood_before(sources: &Sources, value: Span, path: &str) -> bool {
    let line = || {
        let text = &sources.file(value.file)?.text;
        let start = text.get(..value.start as usize)?.rfind('\n').unwrap_or_default();
        text.get(start..value.end as usize)
    };
    line().zip(sources.find(Version::Before, path)).is_some_and(|(line, before)| before.text.contains(line))
}

/// What a local value or a variable of a module is, and in which module that is written.
fn value_of<'p>(program: &'p Program, outer: &'p str, expression: &Expr) -> Option<(&'p str, &'p Expr)> {
    let ExprKind::Reference { root, steps } = &expression.kind else { return None };
    let Some(Step::Name(name, _)) = steps.first() else { return None };
    let module = module_of(program, outer)?;
    if root == "local" {
        return Some((outer, &module.locals.iter().find(|local| local.name == *name)?.value));
    }
    let variable = module.variables.iter().find(|variable| root == "var" && variable.name == *name)?;
    let (block, _) = keyed(outer.strip_suffix('.').unwrap_or(outer));
    let given = match call_of(program, block) {
        Some((outer, call)) => call.body.attribute(name).map(|it| match (&it.value.kind, &call.for_each) {
            // What the caller goes through.
            (ExprKind::Reference { root, .. }, Some(each)) if root == "each" => (outer, each),
            _ => (outer, &it.value),
        }),
        None => module.assignments.iter().rfind(|it| it.name == *name).map(|it| (outer, &it.value)),
    };
    given.or_else(|| Some((outer, variable.default.as_ref()?)))
}

/// The call of a module, named without its key, and the module that it is written in.
fn call_of<'p>(program: &'p Program, block: &'p str) -> Option<(&'p str, &'p ModuleCall)> {
    let (outer, name) = block.rsplit_once("module.")?;
    Some((outer, module_of(program, outer)?.calls.iter().find(|call| call.name == name)?))
}

/// The module that an address is in: the part of it before the resource.
fn module_of<'p>(program: &'p Program, outer: &'p str) -> Option<&'p Module> {
    program.modules.get(&folder_of(program, outer)?)
}

fn folder_of(program: &Program, outer: &str) -> Option<EcoString> {
    if let Some(root) = program.roots.iter().find(|root| root.prefix.trim_end_matches('/') == outer.trim_end_matches('/')) {
        return Some(root.path.clone());
    }
    let (outer, name) = keyed(outer.strip_suffix('.').unwrap_or(outer)).0.rsplit_once("module.")?;
    let folder = folder_of(program, outer)?;
    let call = program.modules.get(&folder)?.calls.iter().find(|call| call.name == name)?;
    source_folder(&folder, &call.name, call.source.as_ref()?, &program.installed)
}

/// The modules around a resource, innermost first.
pub(super) fn modules(address: &Address) -> impl Iterator<Item = &str> {
    let path = address.module();
    let whole = Some(path).filter(|path| !path.is_empty());
    whole.into_iter().chain(path.rmatch_indices(".module.").filter_map(move |(at, _)| path.get(..at)))
}

/// A module's block and its key, without brackets.
pub(super) fn keyed(module: &str) -> (&str, &str) {
    let bracket = if module.ends_with("\"]") { "[\"" } else { "[" };
    let at = module.rfind(bracket).filter(|_| module.ends_with(']')).unwrap_or(module.len());
    let (block, key) = module.split_at_checked(at).unwrap_or((module, ""));
    (block, key.trim_matches(['[', ']']))
}

/// Blocks of the version after: why each makes nothing, and whether it makes one without a key.
pub(super) type Blocks<'s> = FxHashMap<&'s str, (&'s EcoString, bool)>;
