//! Results that stay from one evaluation to the next, after an edit: the resources of every block in whose making the
//! edited files had no part.
//!
//! They are only taken over while the project has the same shape: the same files, and in them the same declarations in
//! the same order. Otherwise everything is evaluated again. What is taken over is what an evaluation from the start
//! would give.

use std::sync::Arc;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::depends::{Origin, Origins, UNKEPT};
use super::limits;
use crate::lang::terraform::merge::is_override;
use crate::lang::{Kind, Program, Root, terraform};
use crate::model::{Declaration, Dialect, Disabled, Given, Module, OutputValue, Resource, Snapshot, Unmet};
use crate::source::{FileId, SourceFile, Sources, Version};

/// What an evaluation left behind for the next.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    basis: Option<Basis>,
    origins: Origins,
    /// By the path of the module instance: blocks, then calls, then the rest.
    parts: Parts,
    orders: Orders,
}

/// Where more files than these were edited at once, another folder was dropped.
const MOST_EDITED: usize = 32;

type Parts = FxHashMap<EcoString, Vec<Option<Part>>>;
/// By the path of the module instance: its blocks in the order of their addresses.
type Orders = FxHashMap<EcoString, Arc<[u32]>>;

/// What has to be the same.
#[derive(Debug, Clone)]
struct Basis {
    version: Version,
    given: Given,
    roots: Vec<Root>,
    installed: terraform::Installed,
    files: Vec<SourceFile>,
    kinds: Vec<(FileId, Kind)>,
    modules: Vec<(EcoString, Vec<Block>, Vec<Declared>)>,
    /// Files that hold more than variables, locals, outputs, resources and calls.
    settings: Vec<FileId>,
}

/// One declaration other than of a block: the kind, its file, and its names.
type Declared = (u8, FileId, EcoString, EcoString);

/// The declaration of a block, the same if its file, mode, type and name are.
#[derive(Debug, Clone)]
struct Block(Arc<Declaration>);

impl PartialEq for Block {
    fn eq(&self, other: &Block) -> bool {
        let (now, before) = (&self.0, &other.0);
        // Of a file that was not read again, it is itself.
        Arc::ptr_eq(now, before)
            || (now.header.file, now.mode, &now.native_type, &now.name)
                == (before.header.file, before.mode, &before.native_type, &before.name)
    }
}

/// What one block, one call or the rest of a module instance adds to the snapshot.
#[derive(Debug, Clone, Default)]
struct Part {
    origin: Origin,
    resources: Vec<Resource>,
    disabled: Vec<Disabled>,
    outputs: Vec<OutputValue>,
    unmet: Vec<Unmet>,
    imported: Vec<EcoString>,
    /// Instances that it made.
    made: usize,
}

/// How far the snapshot was when a part began.
pub(super) struct Mark {
    resources: usize,
    disabled: usize,
    outputs: usize,
    unmet: usize,
    imported: usize,
    made: usize,
}

/// The kept results during an evaluation.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    before: Parts,
    after: Parts,
    /// Of the module instance that is at hand: the parts before, and those now.
    here_before: Vec<Option<Part>>,
    here_after: Vec<Option<Part>>,
    orders_before: Orders,
    orders_after: Orders,
    /// What was edited since.
    edited: Vec<u32>,
    /// By set of files: whether it is without the edited ones, as far as asked.
    untouched: Vec<Option<bool>>,
}

impl Kept {
    /// What may be taken over, for an evaluation of this program; nothing when anything but the text inside declarations
    /// differs.
    pub(super) fn begin(&mut self, program: &Program, sources: &Sources, version: Version, given: &Given) -> (Keeping, Origins) {
        let basis = Basis::of(program, sources, version, given);
        let edited = basis.as_ref().zip(self.basis.as_ref()).and_then(|(now, before)| now.edited_since(before));
        self.basis = basis;
        let (before, origins) = (std::mem::take(&mut self.parts), std::mem::take(&mut self.origins));
        let orders_before = std::mem::take(&mut self.orders);
        match edited {
            Some(edited) if !origins.is_full() => (Keeping { before, orders_before, edited, ..Keeping::default() }, origins),
            _ => (Keeping::default(), Origins::default()),
        }
    }

    /// Whether anything of this evaluation can be kept.
    pub(super) fn is_wanted(&self) -> bool {
        self.basis.is_some()
    }

    pub(super) fn end(&mut self, keeping: Keeping, origins: Origins, steps: u64) {
        // Near the limit, what was left out would decide what else is.
        if self.basis.is_some() && steps < limits::STEPS / 2 {
            (self.parts, self.orders, self.origins) = (keeping.after, keeping.orders_after, origins);
        }
    }
}

impl Basis {
    /// `None` where results cannot be told by file: programs are read as a whole, plans and states say it themselves.
    fn of(program: &Program, sources: &Sources, version: Version, given: &Given) -> Option<Basis> {
        let terraform = |module: &Module| module.dialect == Dialect::Terraform;
        // Which folder a call enters may hang on any value then.
        let is_open = |module: &Module| module.calls.iter().any(|call| call.worked_out_source().is_some());
        if !program.recorded.is_empty() || !program.modules.values().all(|module| terraform(module) && !is_open(module)) {
            return None;
        }
        let mut settings = Vec::new();
        let modules = program.modules.iter().map(|(path, module)| {
            settings.extend(other_files(module));
            (path.clone(), module.resources.iter().cloned().map(Block).collect(), declared(module))
        });
        Some(Basis {
            version,
            given: given.clone(),
            roots: program.roots.clone(),
            installed: program.installed.clone(),
            modules: modules.collect(),
            files: sources.files().cloned().collect(),
            kinds: program.files.iter().map(|file| (file.file, file.kind)).collect(),
            settings,
        })
    }

    /// The files whose text differs; `None` when more than that does.
    fn edited_since(&self, before: &Basis) -> Option<Vec<u32>> {
        let same = (self.version, &self.given, &self.roots, &self.installed, &self.kinds, &self.modules)
            == (before.version, &before.given, &before.roots, &before.installed, &before.kinds, &before.modules);
        if !same || self.files.len() != before.files.len() {
            return None;
        }
        let mut edited = Vec::new();
        for (now, before) in self.files.iter().zip(&before.files) {
            if (now.version, &now.path) != (before.version, &before.path) {
                return None;
            }
            // The other version has no part in this one.
            if now.version != self.version || Arc::ptr_eq(&now.text, &before.text) || now.text == before.text {
                continue;
            }
            edited.push(now.id.0);
        }
        if edited.len() > MOST_EDITED {
            return None;
        }
        let plain = |at: &u32| {
            let file = FileId(*at);
            let kind = self.kinds.iter().find(|(known, _)| *known == file).map(|(_, kind)| *kind);
            let path = self.files.get(*at as usize).map_or("", |file| file.path.as_str());
            kind == Some(Kind::Terraform) && !is_override(path) && !self.settings.contains(&file) && !before.settings.contains(&file)
        };
        edited.iter().all(plain).then_some(edited)
    }
}

fn declared(module: &Module) -> Vec<Declared> {
    let plain = |kind, file, name: &EcoString| (kind, file, name.clone(), EcoString::new());
    let mut all: Vec<Declared> = Vec::with_capacity(module.locals.len() + module.variables.len() + module.outputs.len());
    all.extend(module.variables.iter().map(|it| plain(1, it.header.file, &it.name)));
    all.extend(module.locals.iter().map(|it| plain(2, it.name_span.file, &it.name)));
    all.extend(module.outputs.iter().map(|it| plain(3, it.header.file, &it.name)));
    all.extend(module.calls.iter().map(|it| (4, it.header.file, it.name.clone(), it.source.clone().unwrap_or_default())));
    all
}

/// The files of what reaches further than its own expressions.
fn other_files(module: &Module) -> impl Iterator<Item = FileId> {
    let providers = module.providers.iter().map(|it| it.header.file);
    let moved = module.moved.iter().map(|it| it.span.file);
    let removed = module.removed.iter().map(|it| it.span.file);
    let imports = module.imports.iter().map(|it| it.span.file);
    let conditions = module.conditions.iter().map(|it| it.condition.span.file);
    let backend = module.backend.iter().map(|it| it.span.file);
    let assignments = module.assignments.iter().map(|it| it.name_span.file);
    providers.chain(moved).chain(removed).chain(imports).chain(conditions).chain(backend).chain(assignments)
}

impl Evaluator<'_> {
    /// So many resources come over at most.
    pub(super) fn kept_resources(&self) -> usize {
        self.keeping.before.values().flatten().flatten().map(|part| part.resources.len()).sum()
    }

    /// Turns to the parts of a module instance.
    pub(super) fn open_parts(&mut self, path: &EcoString) {
        self.keeping.here_before = self.keeping.before.remove(path).unwrap_or_default();
        self.keeping.here_after = Vec::with_capacity(self.keeping.here_before.len());
    }

    /// Keeps the parts of the module instance that is at hand.
    pub(super) fn close_parts(&mut self, path: &EcoString) {
        let parts = std::mem::take(&mut self.keeping.here_after);
        if !parts.is_empty() {
            self.keeping.after.insert(path.clone(), parts);
        }
    }

    /// The order of a module's blocks, which are the same as before.
    pub(super) fn order_from_kept(&mut self, path: &EcoString) -> Option<Arc<[u32]>> {
        self.keeping.orders_before.remove(path)
    }

    pub(super) fn keep_order(&mut self, path: &EcoString, order: Arc<[u32]>) {
        if self.depends.wanted {
            self.keeping.orders_after.insert(path.clone(), order);
        }
    }

    /// Takes a part over if it was kept and nothing that went into it was edited.
    pub(super) fn taken_from_kept(&mut self, at: usize, snapshot: &mut Snapshot) -> bool {
        if !self.depends.wanted {
            return false;
        }
        let Some(part) = self.keeping.here_before.get_mut(at) else { return false };
        let Some(origin) = part.as_ref().map(|part| part.origin) else { return false };
        let (edited, origins) = (&self.keeping.edited, &self.depends.origins);
        let known = self.keeping.untouched.get(origin as usize).copied().flatten();
        let untouched = known.unwrap_or_else(|| origin != UNKEPT && origins.files(origin).all(|file| !edited.contains(&file)));
        if known.is_none() {
            let all = self.keeping.untouched.len().max(origin as usize + 1);
            self.keeping.untouched.resize(all, None);
            if let Some(slot) = self.keeping.untouched.get_mut(origin as usize) {
                *slot = Some(untouched);
            }
        }
        let Some(part) = part.take().filter(|_| untouched) else { return false };
        self.made += part.made;
        self.ask_again(origin);
        snapshot.resources.extend(part.resources.iter().cloned());
        snapshot.disabled.extend(part.disabled.iter().cloned());
        snapshot.outputs.extend(part.outputs.iter().cloned());
        snapshot.unmet.extend(part.unmet.iter().cloned());
        snapshot.imported.extend(part.imported.iter().cloned());
        self.put(at, part);
        true
    }

    pub(super) fn begin_part(&mut self, module: u32, snapshot: &Snapshot) -> Mark {
        self.open();
        if let Some(origin) = self.instance(module).map(|instance| instance.origin) {
            self.depend(origin);
        }
        Mark {
            resources: snapshot.resources.len(),
            disabled: snapshot.disabled.len(),
            outputs: snapshot.outputs.len(),
            unmet: snapshot.unmet.len(),
            imported: snapshot.imported.len(),
            made: self.made,
        }
    }

    pub(super) fn end_part(&mut self, mark: &Mark, at: usize, snapshot: &Snapshot) {
        let origin = self.close();
        if !self.depends.wanted || origin == UNKEPT {
            return;
        }
        let part = Part {
            origin,
            resources: since(&snapshot.resources, mark.resources),
            disabled: since(&snapshot.disabled, mark.disabled),
            outputs: since(&snapshot.outputs, mark.outputs),
            unmet: since(&snapshot.unmet, mark.unmet),
            imported: since(&snapshot.imported, mark.imported),
            made: self.made - mark.made,
        };
        self.put(at, part);
    }

    fn put(&mut self, at: usize, part: Part) {
        let parts = &mut self.keeping.here_after;
        if parts.len() <= at {
            parts.resize_with(at + 1, || None);
        }
        if let Some(slot) = parts.get_mut(at) {
            *slot = Some(part);
        }
    }
}

fn since<T: Clone>(all: &[T], from: usize) -> Vec<T> {
    all.get(from..).unwrap_or_default().to_vec()
}
