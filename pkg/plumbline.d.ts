/* tslint:disable */
/* eslint-disable */

/** A value of an argument; what is not known says why, what is sensitive is not shown. */
export type AttributeValue =
| null | boolean | number | string | AttributeValue[]
| { unknown: string } | { sensitive: true } | { [key: string]: AttributeValue };
/** Which of the two compared versions a file belongs to. */
export type Side = "before" | "after";


/**
 * A line between two cards, the way a change travels: from what is needed to what needs it.
 */
export interface Edge {
    /**
     * Index into `cards`.
     */
    from: number;
    to: number;
    role: Role;
    style: EdgeStyle;
    /**
     * References joined in it.
     */
    references: number;
    /**
     * Points of its polyline in `geometry`.
     */
    points: number;
}

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
 * A positioned picture of a review.
 *
 * Rectangles and points travel apart from the JSON, in [`Scene::geometry`].
 */
export interface Scene {
    width: number;
    height: number;
    cards: Card[];
    /**
     * Open groups, each after its parent: paint them in this order, before edges and cards.
     */
    groups: Group[];
    /**
     * Edges with a role come last, so that they are painted over the others.
     */
    edges: Edge[];
    /**
     * Index of the selected card.
     */
    focus?: number;
    /**
     * Resources in the review, and how many of them have no card of their own here.
     */
    total: number;
    hidden: number;
    /**
     * One sentence for those who cannot see the picture, and under its title.
     */
    summary: string;
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
 * An answer to "if this is modified, what is affected?".
 */
export interface Asked {
    /**
     * What is in reach, in one sentence; or that nothing has this name.
     */
    sentence: string;
    /**
     * What it needs itself; empty where nothing has this name.
     */
    reason: string;
    /**
     * The resources that the name stands for: an address, a file, a line of a file, or a path of code.
     */
    named: string[];
    /**
     * What depends on them, then what they need, nearest first.
     */
    affected: AffectedEntry[];
    /**
     * Names that are like this one, where nothing has it.
     */
    near: string[];
    /**
     * The paths of code that the review's resources are made of: what can be asked about beside addresses and files.
     */
    code: string[];
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
    source: Source | null;
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
 * The part of a resource's cost that one version tells and the other does not; it is in no difference.
 */
export interface NotCompared {
    /**
     * Known before and not any more.
     */
    before: MoneyRange | null;
    /**
     * Not known before and known now.
     */
    after: MoneyRange | null;
    /**
     * Why the other version does not tell it.
     */
    reason: string;
    source: Source;
}

/**
 * The symbol before a line of a collapsed group.
 */
export type LineSymbol = "replace" | "delete" | "update" | "create" | "move" | "same" | "affected";

/**
 * What no total has, for one reason.
 */
export interface LeftOutEntry {
    /**
     * `Data processed`; `null` for resources of which nothing has a price.
     */
    component: string | null;
    /**
     * `null` when the price table has none; never 0 in its place.
     */
    unit_price: string | null;
    unit: string;
    /**
     * `depends on use`, `no price for this type`.
     */
    reason: string;
    addresses: string[];
}

/**
 * What the block of a card is coloured by.
 */
export type Colour = "action" | "cost";

/**
 * What the reader asked to see. Every field may be left out.
 */
export interface View {
    /**
     * Only what changes, what directly needs it and what it directly needs; other groups collapse.
     * Left out: on when two versions were compared.
     */
    changed_only?: boolean;
    /**
     * Only what is replaced or deleted, with its direct neighbours.
     */
    destroyed_only?: boolean;
    /**
     * Every resource as a card, however many there are.
     */
    show_all?: boolean;
    /**
     * Resources that are declared but switched off, too.
     */
    show_disabled?: boolean;
    hide_data?: boolean;
    /**
     * Address of the selected resource: its cone is marked and its distances are counted.
     */
    focus?: string | null;
    /**
     * Ids of groups shown with all their resources.
     */
    expanded?: string[];
    /**
     * Ids of groups shown as one card.
     */
    collapsed?: string[];
    group_by?: GroupBy;
    colour?: Colour;
    /**
     * Text to find in address, type and file: matches are shown and marked.
     */
    query?: string;
    /**
     * Steps around the selected resource, or around the changes, to show. Left out: 1 around changes, all around a selection.
     */
    depth?: number;
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
     * Folders among the files, by the source of a module that they are: `{"terraform-aws-modules/vpc/aws": "vpc"}`.
     */
    modules?: Record<string, string>;
    /**
     * Region for resources whose provider names none.
     */
    region?: string;
    /**
     * Text of a usage file in Infracost's format.
     */
    usage?: string;
}

/**
 * Where a card or an edge stands to the selected resource.
 */
export type Role = "none" | "upstream" | "downstream";

export interface Card {
    /**
     * Address of the resource; the group's id on a collapsed group and on the rest of a group.
     */
    id: string;
    kind: CardKind;
    /**
     * Index into `groups`.
     */
    group?: number;
    /**
     * First line, cut to the card.
     */
    label: string;
    /**
     * Second line, cut to the card: the type without cloud prefix, or the state.
     */
    detail: string;
    /**
     * Monthly cost in whole dollars; how many on a collapsed group.
     */
    amount: string;
    /**
     * The amount stands on the second line, where there is room.
     */
    amount_below?: boolean;
    /**
     * Nothing cut, for tooltips and for readers of the screen.
     */
    title: string;
    action: Action;
    /**
     * Icon class.
     */
    icon: string;
    /**
     * How many there are, or what happens to them, depends on something not known: dashed.
     */
    conditional?: boolean;
    /**
     * Only in the version before.
     */
    deleted?: boolean;
    /**
     * Replaced or deleted: the block is solid.
     */
    destructive?: boolean;
    /**
     * A data source.
     */
    data?: boolean;
    /**
     * The selected resource.
     */
    focused?: boolean;
    /**
     * Found by the query.
     */
    matched?: boolean;
    role: Role;
    /**
     * Steps away from the selected resource; without one, from the nearest change that reaches it.
     */
    steps?: number;
    /**
     * Cost heat 1 to 5 by quintile of the shown, when coloured by cost; else 0.
     */
    heat: number;
    /**
     * One line per action on a collapsed group, worst first.
     */
    lines?: CardLine[];
}

export interface CardLine {
    symbol: LineSymbol;
    count: number;
    text: string;
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
    /**
     * The `count` or `for_each`, of the version under review, that no longer makes what is deleted, and the name that it
     * takes its keys from.
     */
    lost_by?: Source[];
}

export interface CostComponentEntry {
    name: string;
    /**
     * `null` when it depends on use that was not given, or on a value that is not known.
     */
    quantity: QuantityRange | null;
    unit: string;
    /**
     * `null` when the price table has none; never 0 in its place.
     */
    unit_price: string | null;
    /**
     * `null` when it depends on use that was not given; never 0 in its place.
     */
    monthly: MoneyRange | null;
    usage_based: boolean;
    /**
     * The price table and its date: `elb.json alb.hour, us-east-1, 2025-06`.
     */
    price_source: string;
    /**
     * What was assumed for the quantity, in words.
     */
    assumption: string | null;
    /**
     * Why `monthly` is `null`: `depends on use`, `var.nodes has no value`.
     */
    reason: string | null;
}

export interface CostEntry {
    currency: string;
    monthly: CostTotals;
    /**
     * What moves the total most first; of a snapshot, what costs most.
     */
    resources: ResourceCostEntry[];
    free: string[];
    usage_dependent: string[];
    unpriced: UnpricedEntry[];
    /**
     * Everything that is in no total: parts without a figure, then resources without a price, equal ones together.
     */
    left_out: LeftOutEntry[];
}

export interface CostTotals {
    /**
     * `null` when a snapshot is reviewed.
     */
    before: MoneyRange | null;
    after: MoneyRange;
    /**
     * Of what both versions tell: what only one tells is in `before` or `after` and not in here.
     */
    delta: MoneyRange | null;
    /**
     * How many resources have a cost that only one version tells, `not_compared` in `resources`.
     */
    not_compared: number;
    /**
     * Change of the expected total in per cent of the one before; `null` when that was zero or absent, or when something
     * is not compared.
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
    /**
     * An end of it, or its way, is switched off: nothing follows from it.
     */
    disabled?: boolean;
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
    low_seconds: number | null;
    high_seconds: number | null;
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

export interface Group {
    /**
     * What `View::expanded` and `View::collapsed` name.
     */
    id: string;
    label: string;
    parent?: number;
    /**
     * Resources in it, shown or not.
     */
    total: number;
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
    /**
     * Where it is looked for: a module's source as written, a file's path.
     */
    wants?: string;
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
     * Of the version under review; `null` when it is deleted, or when no part of it has a figure.
     */
    monthly: MoneyRange | null;
    /**
     * Of the version before; `null` when it is new, when no part of it has a figure, or when a snapshot is reviewed.
     */
    before: MoneyRange | null;
    /**
     * The change of what both versions tell; `null` when nothing can be compared.
     */
    delta: MoneyRange | null;
    /**
     * What only one version tells.
     */
    not_compared?: NotCompared;
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
    /**
     * The calls of the program that led to it, outermost first.
     */
    called_from?: Source[];
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
    estimate_minutes: [number, number] | null;
    source: Source;
}

export interface TierEntry {
    tier: Tier;
    /**
     * `null` when the tier has no steps.
     */
    estimate_minutes: [number, number] | null;
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

export type CardKind = "resource" | "module" | "external" | "disabled" | "group" | "more";

export type Certainty = "yes" | "no" | "maybe";

export type Confidence = "sure" | "likely" | "guess";

export type DataLoss = "none" | "possible" | "certain";

export type DeclaredBy = "diff" | "plan" | "preview" | "change-set";

export type DependencyKind = "reference" | "explicit" | "implicit" | "containment" | "selector" | "code";

export type DiagnosticSeverity = "error" | "warning" | "note";

export type Direction = "downstream" | "upstream";

export type EdgeStyle = "solid" | "implied" | "before-only";

export type FactId = "changes" | "data" | "downtime" | "cost" | "way-back" | "not-known";

export type GroupBy = "auto" | "module" | "file" | "type" | "provider" | "none";

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
     * What is affected if the named thing is modified: a JSON text of type `Asked`. A name is an address, a file,
     * `file:line` or a path of code; without one, the answer says which paths of code there are.
     * The core for Terraform alone has no answer.
     */
    affected(of: string): string;
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
    /**
     * Numbers of the last layout: x, y, width, height of each card; the same of each group; then x, y of each
     * point of each edge.
     */
    geometry(): Float32Array;
    /**
     * The picture of the review: a JSON text of type `Scene`. Its rectangles and points are in `geometry`.
     */
    layout(view?: View): string;
    constructor(options?: ReviewOptions);
    remove_file(side: Side, path: string): void;
    /**
     * Adds a file of one side or replaces it; an archive counts as the files in it.
     */
    set_file(side: Side, path: string, bytes: Uint8Array | number[]): void;
    set_options(options?: ReviewOptions): void;
    /**
     * Gives the table of prices, replacements and impacts, the package's `prices.bin`; without it nothing has a price, any
     * argument may replace its resource, and what a change does at run time is not known.
     */
    set_prices(bytes: Uint8Array | number[]): void;
    /**
     * The text of a file as the review read it, out of an archive too.
     */
    text(side: Side, path: string): string | undefined;
    /**
     * What differs from the review that this handed out before, for the package's `joined`: after an edit, a few
     * kilobytes; the first time, all of it.
     */
    update(): string;
    /**
     * Reviews a small sample apart from the project, so that the engine has the core compiled before it matters.
     */
    warm_up(): void;
}

/**
 * One call in, one review out.
 */
export function review(input: ReviewInput, prices?: Uint8Array | number[] | null): Review;

/**
 * Version of the core, which is the version of the package.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly memcmp: (a: number, b: number, c: number) => number;
    readonly __wbg_project_free: (a: number, b: number) => void;
    readonly project_affected: (a: number, b: number, c: number) => [number, number, number, number];
    readonly project_analyze: (a: number) => [number, number];
    readonly project_clear: (a: number, b: number, c: number) => [number, number];
    readonly project_export: (a: number, b: number, c: number) => [number, number, number, number];
    readonly project_geometry: (a: number) => any;
    readonly project_layout: (a: number, b: any) => [number, number, number, number];
    readonly project_new: (a: any) => [number, number, number];
    readonly project_remove_file: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly project_set_file: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number];
    readonly project_set_options: (a: number, b: any) => [number, number];
    readonly project_set_prices: (a: number, b: number, c: number) => [number, number];
    readonly project_text: (a: number, b: number, c: number, d: number, e: number) => [number, number, number, number];
    readonly project_update: (a: number) => [number, number];
    readonly project_warm_up: (a: number) => void;
    readonly review: (a: any, b: number, c: number) => [number, number, number];
    readonly start: () => void;
    readonly version: () => [number, number];
    readonly calloc: (a: number, b: number) => number;
    readonly free: (a: number) => void;
    readonly memcpy: (a: number, b: number, c: number) => number;
    readonly strlen: (a: number) => number;
    readonly abort: () => void;
    readonly malloc: (a: number) => number;
    readonly realloc: (a: number, b: number) => number;
    readonly strncmp: (a: number, b: number, c: number) => number;
    readonly memset: (a: number, b: number, c: number) => number;
    readonly memmove: (a: number, b: number, c: number) => number;
    readonly memchr: (a: number, b: number, c: number) => number;
    readonly strchr: (a: number, b: number) => number;
    readonly strcmp: (a: number, b: number) => number;
    readonly strncat: (a: number, b: number, c: number) => number;
    readonly strncpy: (a: number, b: number, c: number) => number;
    readonly iswalnum: (a: number) => number;
    readonly iswdigit: (a: number) => number;
    readonly iswalpha: (a: number) => number;
    readonly iswblank: (a: number) => number;
    readonly iswlower: (a: number) => number;
    readonly towupper: (a: number) => number;
    readonly iswpunct: (a: number) => number;
    readonly iswspace: (a: number) => number;
    readonly iswupper: (a: number) => number;
    readonly towlower: (a: number) => number;
    readonly iswxdigit: (a: number) => number;
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
