//! A small review with one of everything the page draws: a replaced database, what it drags along, a deleted
//! server, things made, gaps, findings, a way back.

import type {
  Action, AffectedEntry, Asked, Because, ChangeEntry, DependencyEntry, Diagnostic, FileEntry, Finding, NotKnown, ResourceCost, ResourceEntry,
  ResourceImpact, Review, Source, Step,
} from '../src/review';

type Files = ReadonlyMap<string, string>;

interface Thing { type: string; name: string; icon: string; action: Action; reason: string; before?: boolean }

export const HOSTILE = '</script><img src=x onerror=alert(1)>';

const THINGS: readonly Thing[] = [
  { type: 'aws_db_instance', name: 'primary', icon: 'database', action: 'replace', reason: '`storage_encrypted` cannot change in place. 15–60 min down' },
  { type: 'aws_security_group', name: 'db', icon: 'firewall', action: 'replace', reason: '`name` cannot change in place' },
  { type: 'aws_instance', name: 'web', icon: 'instance', action: 'delete', reason: 'no longer declared', before: true },
  { type: 'aws_eip', name: 'web', icon: 'address', action: 'delete', reason: 'releases its address for good', before: true },
  { type: 'aws_db_instance', name: 'read_replica', icon: 'database', action: 'create', reason: 'new' },
  { type: 'aws_secretsmanager_secret_version', name: 'database_url', icon: 'secret', action: 'update', reason: 'reads a new value' },
  { type: 'aws_cloudwatch_metric_alarm', name: 'db_cpu', icon: 'alarm', action: 'update', reason: 'reads a new value' },
  { type: 'aws_route53_record', name: 'app', icon: 'dns', action: 'update', reason: 'the alias moves to the load balancer' },
  { type: 'aws_eks_cluster', name: 'main', icon: 'cluster', action: 'create', reason: 'new' },
  { type: 'aws_eks_node_group', name: 'general', icon: 'instance', action: 'create', reason: 'new' },
  { type: 'aws_s3_bucket', name: 'assets', icon: 'bucket', action: 'no-op', reason: '' },
  { type: 'aws_ecs_service', name: 'worker', icon: 'container', action: 'no-op', reason: '' },
];

export const ADDRESSES = THINGS.map(({ type, name }) => `${type}.${name}`);

export function fixedReview(after: Files, before: Files, variables: Readonly<Record<string, string>>, modules: Readonly<Record<string, string>> = {}): Review {
  const compared = before.size > 0;
  const all = [...after.values()].join('\n');
  const [file = 'main.tf'] = after.keys();
  const where = (line: number, old = false): Source => ({ file, line, column: 3, end_line: line, end_column: 30, ...(old ? { before: true } : {}) });
  const things = all.includes('EMPTY') ? [] : all.includes('HOSTILE') ? [{ ...(THINGS[0] as Thing), name: HOSTILE, reason: HOSTILE }, ...THINGS.slice(1)] : THINGS;
  const address = (thing: Thing): string => `${thing.type}.${thing.name}`;
  const shown = things.filter((thing) => compared || !thing.before);
  const [primary] = things;
  const main = primary ? address(primary) : '';

  const resources: ResourceEntry[] = shown.map((thing, index) => ({
    address: address(thing), native_type: thing.type, type: thing.type, name: thing.name, provider: 'aws', module: '', mode: 'managed', count_unknown: false,
    source: { ...where(1 + index * 4, thing.before), end_line: 4 + index * 4, end_column: 2 }, region: 'us-east-1', icon: thing.icon, attributes: {},
    ...(thing.before ? { deleted: true } : {}),
  }));
  const because: Because[] = [
    { path: 'instance_class', before: 'db.t3.small', after: 'db.t3.medium', forces_replacement: 'no', source: where(2) },
    { path: 'storage_encrypted', before: false, after: true, forces_replacement: 'yes', source: where(3) },
  ];
  const changes: ChangeEntry[] = shown.map((thing, index) => ({
    address: address(thing), action: compared ? thing.action : 'create', reason: compared ? thing.reason : '', because: index === 0 ? because : [],
    declared_by: 'diff', source: where(1 + index * 4, thing.before),
  }));
  const reach = (name: string, distance: number, reason: string): AffectedEntry => {
    const target = ADDRESSES.find((candidate) => candidate.endsWith(`.${name}`)) ?? '';
    return { address: target, distance, direction: 'downstream', path: [main, target], effect: 'update', reason };
  };
  const affected = compared && primary
    ? [reach('read_replica', 1, 'copies primary'), reach('database_url', 1, 'reads .address'), reach('db_cpu', 1, 'reads .identifier'), reach('worker', 2, 'reads the secret')] : [];
  const dependencies: DependencyEntry[] = affected.map((entry) => ({ from: entry.address, to: main, via: 'address', reads: 'address', kind: 'reference', source: where(2) }));
  const impacts: ResourceImpact[] = primary ? [{
    address: main, effect: 'destroyed first, then made again', downtime: { expected: '15–60 min', low_seconds: 900, high_seconds: 3600 }, data_loss: 'possible',
    reversible: 'with-backup', confidence: 'sure', references: [],
  }] : [];
  const money = (amount: string): { low: string; expected: string; high: string } => ({ low: amount, expected: amount, high: amount });
  const cost = (target: string, was: string | null, now: string | null, high?: string): ResourceCost => ({
    address: ADDRESSES.find((candidate) => candidate.endsWith(target)) ?? target, before: compared && was ? money(was) : null,
    monthly: now ? { ...money(now), high: high ?? now } : null,
    delta: compared ? money((Number(now ?? 0) - Number(was ?? 0)).toFixed(2)) : null,
    components: [
      { name: 'Instance hours', quantity: { low: 730, expected: 730, high: 730 }, unit: 'hours', unit_price: '0.0416', monthly: now ? money(now) : null, usage_based: false, price_source: 'a table', assumption: null, reason: null },
    ],
  });
  const dependsOnUse: ResourceCost = {
    address: 'aws_s3_bucket.assets', before: null, monthly: null, delta: null,
    components: [{ name: 'Data sent to the internet', quantity: null, unit: 'GB', unit_price: '0.09', monthly: null, usage_based: true, price_source: 'a table', assumption: null, reason: 'depends on use: no file says how much' }],
  };
  const apart = compared && all.includes('APART');
  const lost: ResourceCost = {
    address: 'aws_s3_bucket.assets', before: money('49.64'), monthly: null, delta: null, components: [],
    not_compared: { before: money('49.64'), after: null, reason: 'var.class has no value', source: where(41) },
  };
  const findings: Finding[] = all.includes('FINDINGS') ? [
    { id: 'data-loss', severity: 'critical', confidence: 'sure', title: 'The production database is replaced by an empty one', message: 'The old instance is destroyed first.', address: main, source: where(3), related: [], fix: 'Restore from an encrypted copy', references: [], new: true },
    { id: 'retention', severity: 'low', confidence: 'sure', title: 'Log group keeps every line for ever', message: 'retention_in_days is not set.', address: 'aws_s3_bucket.assets', source: where(8), related: [], fix: 'Set retention_in_days', references: [], new: false },
  ] : [];
  const gaps: NotKnown[] = ([
    { what: 'var.skip_final_snapshot', why: 'no default, no value file', effect: 'Data loss: certain if true, possible if false', supply: 'variable' as const, sensitive: false, concerns: [main], source: where(4) },
    { what: 'module.vpc', why: 'its source is not at hand', effect: 'Subnets and routes are not checked', supply: 'folder' as const, sensitive: false, concerns: [], wants: 'acme/vpc/aws', source: where(5) },
    { what: 'the load balancer’s name', why: 'known after apply', effect: '', supply: 'none' as const, sensitive: false, concerns: [], source: where(6) },
    ...(all.includes('WANTS') ? [{ what: './init.sh', why: 'file() reads it, and it was not given', effect: '', supply: 'file' as const, sensitive: false, concerns: [], wants: 'live/init.sh', source: where(7) }] : []),
  ] as NotKnown[]).filter(({ what, wants }) => !(what.slice(4) in variables) && !(wants && (wants in modules || after.has(wants))));
  const diagnostics: Diagnostic[] = all.includes('BROKEN')
    ? [{ severity: 'error', code: 'syntax', message: `${file} could not be read past line 7. Lines 1–6 are in the review.`, source: where(7), help: 'A brace is not closed.' }] : [];
  const step = (order: number, text: string, command: string | null, loses = false): Step => ({
    order, address: main, kind: 'restore', text, command, precondition: loses ? 'Needs the snapshot taken before.' : null, loses_data: loses, estimate_minutes: [5, 10], source: where(1),
  });
  const way = compared && primary !== undefined;
  const files: FileEntry[] = [...after].map(([path, text]) => ({
    path, kind: 'terraform', bytes: text.length, resources: shown.length, understood: { resources_seen: shown.length, resources_resolved: shown.length, unknown_reasons: {} },
  }));
  return {
    schema_version: 1, tool: { name: 'plumbline', version: '0.0.0' }, catalog: { prices_as_of: '2026-10', currency: 'USD', region_default: 'us-east-1' },
    compared,
    verdict: {
      sentence: primary === undefined ? 'No resource is declared' : compared ? 'The production database is replaced; its data may be lost' : `${shown.length} resources`,
      reason: primary && compared ? '`storage_encrypted` cannot be turned on in place, so a new, empty database takes the old one’s place.' : null,
      source: primary && compared ? where(3) : null, action: compared ? 'replace' : 'create', address: primary ? main : null,
      facts: [
        { id: 'changes', label: 'Changes', value: compared ? '12' : `${shown.length} resources`, detail: null },
        { id: 'data', label: 'Data', value: compared ? '1 at risk' : 'none', detail: compared ? 'possible, not certain' : null },
        { id: 'downtime', label: 'Downtime', value: compared ? '15–60 min' : 'none', detail: compared ? 'database made again' : null },
        { id: 'cost', label: 'Cost a month', value: apart ? '+$230 known' : compared ? '+$230.21' : '$304.91', detail: `${apart ? '1 cost no longer known: aws_s3_bucket.assets, $50 before; ' : compared ? 'at most +$470.79; ' : ''}1 not priced; more by use` },
        { id: 'way-back', label: 'Way back', value: compared ? '1–2 h' : 'none', detail: compared ? '1 thing is lost' : null },
        { id: 'not-known', label: 'Not known', value: String(gaps.length), detail: '1 changes the verdict' },
      ],
    },
    files, resources, disabled: compared ? [{ address: 'aws_wafv2_web_acl.edge', native_type: 'aws_wafv2_web_acl', source: where(9), reason: 'count = 0' }] : [],
    outputs: [], dependencies, changes, affected, impact: { downtime: { expected: '15–60 min', low_seconds: 900, high_seconds: 3600 }, per_resource: impacts },
    cost: {
      currency: 'USD',
      monthly: {
        before: compared ? money('74.70') : null, after: { low: '304.91', expected: '304.91', high: '545.49' },
        delta: compared ? { low: '230.21', expected: '230.21', high: '470.79' } : null, not_compared: apart ? 1 : 0, delta_percent: compared && !apart ? 308.2 : null,
      },
      resources: primary ? [cost('.general', null, '103.10', '343.68'), cost('.primary', '37.78', '128.85'), cost('.main', null, '73.00'), ...(compared ? [cost('aws_instance.web', '32.77', null)] : []), apart ? lost : dependsOnUse] : [],
      free: ADDRESSES.filter((candidate) => /security_group|route53/.test(candidate)), usage_dependent: ['aws_s3_bucket.assets'],
      unpriced: [{ address: 'aws_ecs_service.worker', reason: 'no price for this type in eu-south-2' }],
      left_out: [
        ...primary && !apart ? [{ component: 'Data sent to the internet', unit_price: '0.09', unit: 'GB', reason: 'depends on use: no file says how much', addresses: ['aws_s3_bucket.assets'] }] : [],
        { component: null, unit_price: null, unit: '', reason: 'no price for this type in eu-south-2', addresses: ['aws_ecs_service.worker'] },
      ],
    },
    findings,
    rollback: {
      tiers: [
        { tier: 'immediate', estimate_minutes: way ? [1, 5] : null, blocked: way ? 'Blocked at step 2: this change deletes the old server.' : null, steps: way ? [step(1, 'Stop the new writers', 'kubectl -n production scale deployment --all --replicas=0'), step(2, 'Point the record back', 'terraform apply -target=aws_route53_record.app')] : [] },
        { tier: 'data', estimate_minutes: way ? [20, 50] : null, blocked: null, steps: way ? [step(1, 'Restore the snapshot taken before the change', 'aws rds restore-db-instance-from-db-snapshot --db-instance-identifier back --db-snapshot-identifier before', true)] : [] },
        { tier: 'full', estimate_minutes: way ? [60, 120] : null, blocked: null, steps: way ? [step(1, 'Apply the version before', 'git revert --no-commit HEAD\nterraform apply')] : [] },
      ],
      irreversible: way ? [{ address: main, why: 'Rows written after the snapshot.', mitigation: 'Reduce it: restore from an encrypted copy.', source: where(3) }] : [],
      before_deploy: way ? [step(1, 'Take a snapshot, and wait until it is available', 'aws rds create-db-snapshot --db-instance-identifier prod')] : [],
    },
    not_known: gaps, diagnostics,
  };
}

/** An answer about a path of code; of any other name, that nothing has it. */
export function fixedAnswer(of: string, code: string[]): Asked {
  const none = { reason: '', named: [], affected: [], near: [], code };
  if (of === '') return { ...none, sentence: '' };
  if (!code.includes(of)) return { ...none, sentence: `Nothing here is called ${of}.`, near: code };
  const entry = (target: string, distance: number, direction: 'downstream' | 'upstream', effect: string, reason: string): AffectedEntry =>
    ({ address: ADDRESSES.find((candidate) => candidate.endsWith(target)) ?? target, distance, direction, path: [], effect, reason });
  const affected = [
    entry('aws_ecs_service.worker', 0, 'downstream', 'is made anew', `is made of ${of}`),
    entry('.db_cpu', 1, 'downstream', 'may be affected', 'reads .name of worker'),
    entry('.database_url', 1, 'upstream', 'is what the code runs with', 'worker reads .arn of it'),
  ];
  return { ...none, sentence: `1 resource is made of ${of}, 1 more in reach of that, directly.`, reason: '1 resource is what they run with.', named: ['aws_ecs_service.worker'], affected };
}
