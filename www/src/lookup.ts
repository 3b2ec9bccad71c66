//! A review looked up by address. Only looks up: nothing here is worked out anew.

import type {
  AffectedEntry, ChangeEntry, Diagnostic, DisabledEntry, Finding, NotCompared, NotKnown, ResourceCost, ResourceEntry,
  ResourceImpact, Review, Source,
} from './review';
import { severityLevel } from './symbols';
import { decimal, place } from './words';

export class Lookup {
  readonly resources: Map<string, ResourceEntry>;
  readonly changes: Map<string, ChangeEntry>;
  readonly impacts: Map<string, ResourceImpact>;
  readonly costs: Map<string, ResourceCost>;
  readonly disabled: Map<string, DisabledEntry>;
  readonly free: Set<string>;
  readonly usageDependent: Set<string>;
  readonly unpriced: Map<string, string>;
  /** Worst first. */
  readonly findings = new Map<string, Finding[]>();
  /** What a changed resource reaches, nearest first. */
  readonly reached = new Map<string, AffectedEntry[]>();
  readonly notKnown = new Map<string, NotKnown[]>();
  /** Names that files in several folders have: `main.tf` says nothing of where it is. */
  readonly #shared = new Set<string>();

  constructor(readonly review: Review) {
    this.resources = by(review.resources);
    this.changes = by(review.changes);
    this.impacts = by(review.impact.per_resource);
    this.costs = by(review.cost.resources);
    this.disabled = by(review.disabled);
    this.free = new Set(review.cost.free);
    this.usageDependent = new Set(review.cost.usage_dependent);
    this.unpriced = new Map(review.cost.unpriced.map(({ address, reason }) => [address, reason]));
    for (const finding of review.findings) push(this.findings, finding.address, finding);
    for (const list of this.findings.values()) list.sort((a, b) => severityLevel(b.severity) - severityLevel(a.severity));
    for (const affected of review.affected) {
      const [changed] = affected.path;
      if (affected.direction === 'downstream' && changed) push(this.reached, changed, affected);
    }
    const folders = new Map<string, string>();
    for (const { path } of review.files) {
      const at = path.lastIndexOf('/') + 1;
      const [folder, name] = [path.slice(0, at), path.slice(at)];
      if ((folders.get(name) ?? folder) !== folder) this.#shared.add(name);
      folders.set(name, folder);
    }
    for (const gap of review.not_known) for (const address of gap.concerns) push(this.notKnown, address, gap);
  }

  knows(address: string): boolean {
    return this.resources.has(address) || this.changes.has(address) || this.disabled.has(address);
  }

  /** The resource the verdict speaks of, or the first change. */
  worst(): string | null {
    const { verdict, changes, resources } = this.review;
    if (verdict.address && this.knows(verdict.address)) return verdict.address;
    return changes[0]?.address ?? resources[0]?.address ?? null;
  }

  source(address: string): Source | null {
    return this.changes.get(address)?.source ?? this.resources.get(address)?.source ?? this.disabled.get(address)?.source ?? null;
  }

  /** Where the resource is declared, in the version that has it. */
  block(address: string): Source | null {
    return this.resources.get(address)?.source ?? this.disabled.get(address)?.source ?? null;
  }

  /** The last part of the address: name and key. */
  title(address: string): string {
    const own = this.resources.get(address)?.name || address.slice(address.lastIndexOf('.') + 1);
    const key = /\[[^\]]*\]$/.exec(address)?.[0] ?? '';
    return own.endsWith(key) ? own : own + key;
  }

  /** Change of the expected monthly cost, as far as both versions tell it; of a snapshot the cost itself. `null` when it has no price. */
  delta(address: string): bigint | null {
    const cost = this.costs.get(address);
    if (!cost) return this.free.has(address) ? 0n : null;
    const figure = this.review.compared ? cost.delta : cost.monthly;
    return figure && decimal(figure.expected);
  }

  /** What of a cost only one version tells: it is in no difference. */
  apart(address: string): NotCompared | undefined {
    return this.costs.get(address)?.not_compared;
  }

  /** Why what a resource costs is not in its figure, or not all of it. */
  open(address: string): 'not priced' | 'by use' | null {
    return this.unpriced.has(address) ? 'not priced' : this.usageDependent.has(address) ? 'by use' : null;
  }

  /** A place by the name of its file; with the folder where files in several have that name. */
  place(source: Source): string {
    const short = place(source);
    const folders = source.file.split('/').slice(0, -1);
    return folders.length > 0 && this.#shared.has(source.file.slice(source.file.lastIndexOf('/') + 1)) ? `${folders[folders.length - 1]}/${short}` : short;
  }

  diagnosticsOf(file: string, before: boolean): Diagnostic[] {
    return this.review.diagnostics.filter(({ source }) => source.file === file && (source.before ?? false) === before);
  }
}

function by<T extends { address: string }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.address, entry]));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
