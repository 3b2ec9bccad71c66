/* tslint:disable */
/* eslint-disable */

/** A value of an argument; what is not known says why, what is sensitive is not shown. */
export type AttributeValue =
| null | boolean | number | string | AttributeValue[]
| { unknown: string } | { sensitive: true } | { [key: string]: AttributeValue };
/** Which of the two compared versions a file belongs to. */
export type Side = "before" | "after";


/**
 * A place in a file. Lines and columns start at 1, columns count code points, the end is exclusive.
 */
export interface Source {
    file: string;
    line: number;
    column: number;
    end_line: number;
    end_column: number;
    /**
     * The place is in the version before the change.
     */
    before?: boolean;
}

/**
 * A resource in reach of a changed one.
 */
export interface AffectedEntry {
    address: string;
    distance: number;
    direction: Direction;
    /**
     * From the changed resource to this one.
     */
    path: string[];
    effect: string;
    reason: string;
}

/**
 * Everything one review is made from.
 */
export interface ReviewInput {
    /**
     * The version under review: content by path, with forward slashes.
     */
    files: Record<string, string | Uint8Array>;
    /**
     * The version before the change; without it a snapshot is reviewed.
     */
    base?: Record<string, string | Uint8Array>;
    options?: ReviewOptions;
}

/**
 * How the reviewer can supply what is not known.
 */
export type Supply = "variable" | "folder" | "file" | "none";

/**
 * Money as decimal strings with the precision the price has.
 */
export interface MoneyRange {
    low: string;
    expected: string;
    high: string;
}

/**
 * One argument whose change is part of a change.
 */
export interface Because {
    path: string;
    before: AttributeValue;
    after: AttributeValue;
    forces_replacement: Certainty;
    source: Source;
    /**
     * The replaced resource whose new value this argument reads.
     */
    follows?: string;
}

/**
 * The one sentence that says what is worst, one that says why, and six facts.
 */
export interface Verdict {
    sentence: string;
    reason: string | null;
    source: Source | undefined;
    /**
     * The action whose colour the verdict carries.
     */
    action: Action;
    /**
     * Address of the resource the sentence speaks of.
     */
    address: string | null;
    /**
     * Changes, Data, Downtime, Cost a month, Way back, Not known: always these six in this order.
     */
    facts: Fact[];
}

/**
 * What the reviewer may set. All of it is optional; an unknown name is an error, so that a misspelt one is
 * not taken for an unset one.
 */
export interface ReviewOptions {
    /**
     * Variables by name, in the language's own syntax: `3`, `["a"]`, `plain text`.
     */
    variables?: Record<string, string>;
    /**
     * Region for resources whose provider names none.
     */
    region?: string;
    /**
     * Text of a usage file in Infracost's format.
     */
    usage?: string;
}

export interface CatalogInfo {
    /**
     * Month of the newest price source, `2026-10`; absent when no price table was given.
     */
    prices_as_of: string | null;
    currency: string;
    region_default: string;
}

export interface ChangeEntry {
    address: string;
    action: Action;
    /**
     * The action is only certain under a condition: `only if var.env is known`.
     */
    condition?: string;
    /**
     * One sentence: what happens to it and why, as the table shows it.
     */
    reason: string;
    because: Because[];
    declared_by: DeclaredBy;
    /**
     * The address before a move.
     */
    previous_address?: string;
    source: Source;
}

export interface CostComponentEntry {
    name: string;
    /**
     * `null` when it depends on use that was not given.
     */
    quantity: QuantityRange | undefined;
    unit: string;
    unit_price: string;
    /**
     * `null` when it depends on use that was not given; never 0 in its place.
     */
    monthly: MoneyRange | undefined;
    usage_based: boolean;
    /**
     * The price table and its date: `elb.json alb.hour, us-east-1, 2025-06`.
     */
    price_source: string;
    /**
     * What was assumed for the quantity, in words.
     */
    assumption: string | null;
}

export interface CostEntry {
    currency: string;
    monthly: CostTotals;
    resources: ResourceCostEntry[];
    free: string[];
    usage_dependent: string[];
    unpriced: UnpricedEntry[];
}

export interface CostTotals {
    /**
     * `null` when a snapshot is reviewed.
     */
    before: MoneyRange | undefined;
    after: MoneyRange;
    delta: MoneyRange | undefined;
    /**
     * Change of the expected total in per cent of the one before; `null` when that was zero or absent.
     */
    delta_percent: number | null;
}

export interface DependencyEntry {
    /**
     * The resource that refers.
     */
    from: string;
    /**
     * The resource it needs.
     */
    to: string;
    /**
     * The argument that refers.
     */
    via: string;
    /**
     * What is read of the other, `address`; empty for the whole.
     */
    reads: string;
    /**
     * The names in between: `local.db_host`.
     */
    through?: string[];
    kind: DependencyKind;
    source: Source;
}

export interface DiagnosticEntry {
    severity: DiagnosticSeverity;
    code: string;
    message: string;
    /**
     * A file that is not text has line 0.
     */
    source: Source;
    help: string | null;
}

export interface DisabledEntry {
    address: string;
    native_type: string;
    source: Source;
    reason: string;
}

export interface DowntimeEntry {
    /**
     * In words: `none`, `15–60 min`, `not known`.
     */
    expected: string;
    low_seconds: number | undefined;
    high_seconds: number | undefined;
}

export interface Fact {
    id: FactId;
    label: string;
    value: string;
    detail: string | null;
}

export interface FileEntry {
    path: string;
    /**
     * `terraform`, `tfvars`, `ignored` ...
     */
    kind: string;
    bytes: number;
    /**
     * Resource blocks declared in it.
     */
    resources: number;
    understood: Understood;
    before?: boolean;
}

export interface FindingEntry {
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
    /**
     * Not there in the version before.
     */
    new: boolean;
}

export interface ImpactEntry {
    downtime: DowntimeEntry;
    per_resource: ResourceImpact[];
}

export interface IrreversibleEntry {
    address: string;
    why: string;
    mitigation: string;
    source: Source;
}

export interface NotKnownEntry {
    /**
     * `var.db_password`.
     */
    what: string;
    why: string;
    /**
     * What it would change, as a sentence.
     */
    effect: string;
    supply: Supply;
    sensitive: boolean;
    /**
     * Addresses whose answers depend on it.
     */
    concerns: string[];
    source: Source;
}

export interface OutputEntry {
    address: string;
    value: AttributeValue;
    sensitive: boolean;
    source: Source;
}

export interface QuantityRange {
    low: number;
    expected: number;
    high: number;
}

export interface ResourceCostEntry {
    address: string;
    /**
     * Of the version under review; `null` when it is deleted.
     */
    monthly: MoneyRange | undefined;
    /**
     * Of the version before; `null` when it is new or a snapshot is reviewed.
     */
    before: MoneyRange | undefined;
    components: CostComponentEntry[];
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
    /**
     * Icon class, from the canonical type: `database`, `network` ...
     */
    icon: string;
    /**
     * Only in the version before the change.
     */
    deleted?: boolean;
    /**
     * Values; an unknown one is `{"unknown": reason}`, a sensitive one `{"sensitive": true}`.
     */
    attributes: Record<string, AttributeValue>;
}

export interface ResourceImpact {
    address: string;
    effect: string;
    downtime: DowntimeEntry;
    data_loss: DataLoss;
    reversible: Reversible;
    confidence: Confidence;
    /**
     * Pages that say so.
     */
    references: string[];
}

export interface Review {
    schema_version: number;
    tool: Tool;
    catalog: CatalogInfo;
    /**
     * Whether two versions were compared. `false`: a snapshot was reviewed, and every change is a create.
     */
    compared: boolean;
    verdict: Verdict;
    files: FileEntry[];
    resources: ResourceEntry[];
    disabled: DisabledEntry[];
    outputs: OutputEntry[];
    dependencies: DependencyEntry[];
    changes: ChangeEntry[];
    affected: AffectedEntry[];
    impact: ImpactEntry;
    cost: CostEntry;
    findings: FindingEntry[];
    rollback: RollbackEntry;
    /**
     * What could not be known, those that change the verdict first.
     */
    not_known: NotKnownEntry[];
    diagnostics: DiagnosticEntry[];
}

export interface RollbackEntry {
    /**
     * Immediate, data, full: always these three in this order.
     */
    tiers: TierEntry[];
    irreversible: IrreversibleEntry[];
    /**
     * To do before the change is deployed: snapshots, notes of what is there.
     */
    before_deploy: StepEntry[];
}

export interface StepEntry {
    /**
     * From 1 within its tier.
     */
    order: number;
    address: string;
    kind: StepKind;
    text: string;
    command: string | null;
    precondition: string | null;
    loses_data: boolean;
    estimate_minutes: [number, number] | undefined;
    source: Source;
}

export interface TierEntry {
    tier: Tier;
    /**
     * `null` when the tier has no steps.
     */
    estimate_minutes: [number, number] | undefined;
    /**
     * `Blocked at step 2: ...` when the change itself makes a step impossible.
     */
    blocked: string | null;
    steps: StepEntry[];
}

export interface Tool {
    name: string;
    version: string;
}

export interface Understood {
    resources_seen: number;
    /**
     * Resources whose every argument's value is known, or known after apply.
     */
    resources_resolved: number;
    /**
     * Reason -> how many arguments are unknown for it.
     */
    unknown_reasons: Record<string, number>;
}

export interface UnpricedEntry {
    address: string;
    reason: string;
}

export type Action = "create" | "update" | "replace" | "delete" | "read" | "no-op" | "move" | "import" | "forget";

export type Certainty = "yes" | "no" | "maybe";

export type Confidence = "sure" | "likely" | "guess";

export type DataLoss = "none" | "possible" | "certain";

export type DeclaredBy = "diff" | "plan" | "preview" | "change-set";

export type DependencyKind = "reference" | "explicit" | "implicit" | "containment" | "selector" | "code";

export type DiagnosticSeverity = "error" | "warning" | "note";

export type Direction = "downstream" | "upstream";

export type FactId = "changes" | "data" | "downtime" | "cost" | "way-back" | "not-known";

export type ResourceMode = "managed" | "data" | "module" | "component" | "external";

export type Reversible = "yes" | "with-backup" | "no";

export type Severity = "critical" | "high" | "medium" | "low" | "info";

export type StepKind = "backup" | "switch" | "revert" | "restore" | "recreate" | "destroy" | "verify";

export type Tier = "immediate" | "data" | "full";


/**
 * A project that stays: set files, ask for the review, edit, ask again.
 */
export class Project {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The review of the files as they are now: a JSON text of type `Review`.
     */
    analyze(): string;
    /**
     * Forgets every file of one side; without a side before, a snapshot is reviewed.
     */
    clear(side: Side): void;
    /**
     * The review as a report: `json`, `markdown`, `svg` ...
     */
    export(format: string): string;
    constructor(options: ReviewOptions | undefined);
    remove_file(side: Side, path: string): void;
    /**
     * Adds a file of one side or replaces it; an archive counts as the files in it.
     */
    set_file(side: Side, path: string, bytes: Uint8Array | number[]): void;
    set_options(options: ReviewOptions | undefined): void;
}

/**
 * One call in, one review out.
 */
export function review(input: ReviewInput): Review;

export function start(): void;

/**
 * Version of the core, which is the version of the package.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_project_free: (a: number, b: number) => void;
    readonly project_analyze: (a: number) => [number, number];
    readonly project_clear: (a: number, b: number, c: number) => [number, number];
    readonly project_export: (a: number, b: number, c: number) => [number, number, number, number];
    readonly project_new: (a: any) => [number, number, number];
    readonly project_remove_file: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly project_set_file: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number];
    readonly project_set_options: (a: number, b: any) => [number, number];
    readonly review: (a: any) => [number, number, number];
    readonly start: () => void;
    readonly version: () => [number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
