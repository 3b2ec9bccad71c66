//! The Review as the core writes it. Field names are the core's; nothing is computed here.

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'no-op' | 'move' | 'import' | 'forget';
export type Certainty = 'yes' | 'no' | 'maybe';
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'sure' | 'likely' | 'guess';
export type DataLoss = 'none' | 'possible' | 'certain';
export type Reversible = 'yes' | 'with-backup' | 'no';
export type Direction = 'downstream' | 'upstream';
export type Tier = 'immediate' | 'data' | 'full';
export type StepKind = 'backup' | 'switch' | 'revert' | 'restore' | 'recreate' | 'destroy' | 'verify';
export type DependencyKind = 'reference' | 'explicit' | 'implicit' | 'containment' | 'selector' | 'code';
export type ResourceMode = 'managed' | 'data' | 'module' | 'component' | 'external';
export type Supply = 'variable' | 'folder' | 'file' | 'none';
export type FactId = 'changes' | 'data' | 'downtime' | 'cost' | 'way-back' | 'not-known';

/** A value; an unknown one is `{unknown: reason}`, a sensitive one `{sensitive: true}`. */
export type AttributeValue =
  | null | boolean | number | string | AttributeValue[] | { [key: string]: AttributeValue };

export interface Source {
  file: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  before?: boolean;
}

export interface Fact { id: FactId; label: string; value: string; detail: string | null }

export interface Verdict {
  sentence: string;
  reason: string | null;
  source: Source | null;
  action: Action;
  address: string | null;
  facts: Fact[];
}

export interface FileEntry {
  path: string;
  kind: string;
  bytes: number;
  resources: number;
  understood: { resources_seen: number; resources_resolved: number; unknown_reasons: Record<string, number> };
  before?: boolean;
}

export interface ResourceEntry {
  address: string;
  native_type: string;
  type: string;
  name: string;
  provider: string;
  module: string;
  mode: ResourceMode;
  count_unknown: boolean;
  source: Source;
  region: string | null;
  icon: string;
  deleted?: boolean;
  attributes: Record<string, AttributeValue>;
}

export interface DisabledEntry { address: string; native_type: string; source: Source; reason: string }

export interface OutputEntry { address: string; value: AttributeValue; sensitive: boolean; source: Source }

export interface DependencyEntry {
  from: string;
  to: string;
  via: string;
  reads: string;
  through?: string[];
  kind: DependencyKind;
  source: Source;
}

export interface Because {
  path: string;
  before: AttributeValue;
  after: AttributeValue;
  forces_replacement: Certainty;
  source: Source;
  follows?: string;
}

export interface ChangeEntry {
  address: string;
  action: Action;
  condition?: string;
  reason: string;
  because: Because[];
  declared_by: 'diff' | 'plan' | 'preview' | 'change-set';
  previous_address?: string;
  source: Source;
}

export interface AffectedEntry {
  address: string;
  distance: number;
  direction: Direction;
  path: string[];
  effect: string;
  reason: string;
}

export interface Downtime { expected: string; low_seconds: number | null; high_seconds: number | null }

export interface ResourceImpact {
  address: string;
  effect: string;
  downtime: Downtime;
  data_loss: DataLoss;
  reversible: Reversible;
  confidence: Confidence;
  references: string[];
}

/** Money as decimal strings. */
export interface MoneyRange { low: string; expected: string; high: string }
export interface QuantityRange { low: number; expected: number; high: number }

export interface CostComponent {
  name: string;
  quantity: QuantityRange | null;
  unit: string;
  unit_price: string | null;
  monthly: MoneyRange | null;
  usage_based: boolean;
  price_source: string | null;
  assumption: string | null;
}

export interface ResourceCost {
  address: string;
  monthly: MoneyRange | null;
  before: MoneyRange | null;
  components: CostComponent[];
}

export interface Cost {
  currency: string;
  monthly: { before: MoneyRange | null; after: MoneyRange; delta: MoneyRange | null; delta_percent: number | null };
  resources: ResourceCost[];
  free: string[];
  usage_dependent: string[];
  unpriced: { address: string; reason: string }[];
}

export interface Finding {
  id: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
  message: string;
  address: string;
  source: Source;
  related: string[];
  fix: string;
  references: string[];
  new: boolean;
}

export interface Step {
  order: number;
  address: string;
  kind: StepKind;
  text: string;
  command: string | null;
  precondition: string | null;
  loses_data: boolean;
  estimate_minutes: [number, number] | null;
  source: Source;
}

export interface TierEntry {
  tier: Tier;
  estimate_minutes: [number, number] | null;
  blocked: string | null;
  steps: Step[];
}

export interface Irreversible { address: string; why: string; mitigation: string; source: Source }

export interface Rollback { tiers: TierEntry[]; irreversible: Irreversible[]; before_deploy: Step[] }

export interface NotKnown {
  what: string;
  why: string;
  effect: string;
  supply: Supply;
  sensitive: boolean;
  concerns: string[];
  source: Source;
}

export interface Diagnostic {
  severity: 'error' | 'warning' | 'note';
  code: string;
  message: string;
  source: Source;
  help: string | null;
}

export interface Review {
  schema_version: number;
  tool: { name: string; version: string };
  catalog: { prices_as_of: string | null; currency: string; region_default: string };
  compared: boolean;
  verdict: Verdict;
  files: FileEntry[];
  resources: ResourceEntry[];
  disabled: DisabledEntry[];
  outputs: OutputEntry[];
  dependencies: DependencyEntry[];
  changes: ChangeEntry[];
  affected: AffectedEntry[];
  impact: { downtime: Downtime; per_resource: ResourceImpact[] };
  cost: Cost;
  findings: Finding[];
  rollback: Rollback;
  not_known: NotKnown[];
  diagnostics: Diagnostic[];
}
