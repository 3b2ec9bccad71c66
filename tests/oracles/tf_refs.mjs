#!/usr/bin/env node
// tf_refs.mjs DIR [--via] [--all]
//
// Exact configuration-level dependency graph of a Terraform root module, without expanding
// count/for_each: what `terraform graph` holds once variables, locals, outputs and module calls are
// collapsed. Local modules ("./", "../") are entered; a module with any other source is one opaque
// vertex. References are read with the lexer of hcl_blocks.mjs and kept only when they resolve to a
// declared block, so a string that merely looks like a reference never counts.
// Prints {"vertices":[{address,kind,file,line}], "edges":[[from,to,why,via?]]} where `why` is
//   ref            an expression in the block (also through locals, variables, outputs)
//   depends_on     an explicit depends_on in the resource
//   module         count/for_each/depends_on of an enclosing module call
// --all adds locals, variables and outputs as vertices with their direct references instead.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { lex, blocksOf } from './hcl_blocks.mjs';

function skipBalanced(t, i) {
  let d = 0;
  for (; i < t.length; i++) {
    const x = t[i];
    if (x.k === 'tmpl_open' || (x.k === 'p' && (x.text === '{' || x.text === '(' || x.text === '['))) d++;
    else if (x.k === 'tmpl_close' || (x.k === 'p' && (x.text === '}' || x.text === ')' || x.text === ']'))) { d--; if (d === 0) return i + 1; }
  }
  return i;
}
function skipExpr(t, i, end) {
  while (i < end) {
    const x = t[i];
    if (x.k === 'nl') return i + 1;
    if (x.k === 'tmpl_open' || (x.k === 'p' && (x.text === '{' || x.text === '(' || x.text === '['))) { i = skipBalanced(t, i); continue; }
    if (x.k === 'p' && x.text === '}') return i;
    i++;
  }
  return i;
}
function body(t, i, end) {
  const items = [];
  while (i < end) {
    const x = t[i];
    if (x.k === 'id' || x.k === 'str') {
      const nx = t[i + 1];
      if (nx && nx.k === 'p' && nx.text === '=') { const e = skipExpr(t, i + 2, end); items.push({ attr: x.text, line: x.line, from: i + 2, to: e }); i = e; continue; }
      let j = i + 1; const labels = [];
      while (j < end && (t[j].k === 'id' || t[j].k === 'str')) labels.push(t[j++].text);
      if (j < end && t[j].k === 'p' && t[j].text === '{') { const e = skipBalanced(t, j); items.push({ block: x.text, labels, line: x.line, from: j + 1, to: e - 1 }); i = e; continue; }
    }
    i++;
  }
  return items;
}
const RESERVED = new Set(['each', 'count', 'self', 'path', 'terraform', 'var', 'local', 'module', 'data', 'ephemeral', 'provider']);

function traversals(t, from, to) {
  const out = [];
  for (let i = from; i < to; i++) {
    const x = t[i];
    if (x.k !== 'id') continue;
    const pv = t[i - 1];
    if (pv && pv.k === 'p' && pv.text === '.') continue;
    if (!(t[i + 1] && t[i + 1].k === 'p' && (t[i + 1].text === '.' || t[i + 1].text === '['))) {
      continue;
    }
    const p = [x.text]; let j = i + 1;
    while (p.length < 4 && j + 1 < to) {
      if (t[j].k === 'p' && t[j].text === '.' && t[j + 1].k === 'id') { p.push(t[j + 1].text); j += 2; continue; }
      // a["literal"] as a step; an index after the name is passed over: module.m[0].out, module.m["k"].out, module.m[each.key].out
      if (t[j].k === 'p' && t[j].text === '[') {
        if (p.length === 1 && t[j + 1].k === 'str' && t[j + 1].text !== undefined) { p.push(t[j + 1].text); j = skipBalanced(t, j); continue; }
        j = skipBalanced(t, j); continue;
      }
      break;
    }
    if (p.length > 1) out.push({ p, line: x.line });
  }
  return out;
}

// depends_on = ["aws_x.y"]: the quoted form from before 0.12, still accepted with a warning
function quoted(t, from, to) {
  const out = [];
  for (let i = from; i < to; i++) if (t[i].k === 'str' && t[i].text && /^[\w.-]+$/.test(t[i].text)) out.push({ p: t[i].text.split('.').slice(0, 4), line: t[i].line });
  return out;
}

// The files of one module as the tool loads them: x.tofu hides x.tf, override files come last.
const isOverride = (n) => /(^|_)override\.(tf|tofu)$/.test(n);
function filesOf(dir) {
  const all = fs.readdirSync(dir).filter((n) => /\.(tf|tofu)$/.test(n)).sort();
  const shown = all.filter((n) => !(n.endsWith('.tf') && all.includes(n.replace(/\.tf$/, '.tofu'))));
  return [...shown.filter((n) => !isOverride(n)), ...shown.filter(isOverride)];
}
// An override replaces arguments one by one and nested blocks by type.
function overridden(base, over) {
  const key = (x) => (x.attr ? 'a ' + x.attr : 'b ' + x.block);
  const names = new Set(over.map(key));
  return [...base.filter((x) => !names.has(key(x))), ...over];
}

function load(dir) {
  const M = { dir, res: new Map(), locals: new Map(), vars: new Map(), outputs: new Map(), calls: new Map() };
  const inners = new Map();
  for (const f of filesOf(dir)) {
    const src = fs.readFileSync(path.join(dir, f), 'utf8');
    const t = lex(src);
    for (const it of body(t, 0, t.length)) {
      if (!it.block) continue;
      const L = it.labels; const at = { file: f, line: it.line };
      if (['resource', 'data', 'ephemeral'].includes(it.block) && L.length === 2) {
        const refs = []; const dep = [];
        const name = it.block + ' ' + L.join('.');
        let inner = body(t, it.from, it.to).map((x) => ({ ...x, t }));
        if (isOverride(f) && inners.has(name)) inner = overridden(inners.get(name), inner);
        inners.set(name, inner);
        for (const { t, ...x } of inner) {
          if (x.attr === 'depends_on') dep.push(...traversals(t, x.from, x.to), ...quoted(t, x.from, x.to));
          else if (x.attr === 'provider') continue;
          else if (x.block === 'lifecycle') { for (const y of body(t, x.from, x.to)) if (y.attr !== 'ignore_changes') refs.push(...traversals(t, y.from, y.to)); }
          else refs.push(...traversals(t, x.from, x.to));
        }
        M.res.set((it.block === 'resource' ? '' : it.block + '.') + L.join('.'), { kind: it.block, ...at, refs, dep });
      } else if (it.block === 'locals') {
        for (const x of body(t, it.from, it.to)) if (x.attr) M.locals.set(x.attr, { file: f, line: x.line, refs: traversals(t, x.from, x.to) });
      } else if (it.block === 'variable') M.vars.set(L[0], at);
      else if (it.block === 'output') {
        const refs = []; const dep = [];
        for (const x of body(t, it.from, it.to)) (x.attr === 'depends_on' ? dep : refs).push(...traversals(t, x.from, x.to));
        M.outputs.set(L[0], { ...at, refs, dep });
      } else if (it.block === 'module') {
        const c = { ...at, args: new Map(), meta: [], dep: [], source: undefined };
        const name = 'module ' + L[0];
        let inner = body(t, it.from, it.to).map((x) => ({ ...x, t }));
        if (isOverride(f) && inners.has(name)) inner = overridden(inners.get(name), inner);
        inners.set(name, inner);
        for (const { t, ...x } of inner) {
          if (x.attr === 'source') { const s = t[x.from]; c.source = s && s.k === 'str' ? s.text : undefined; }
          else if (x.attr === 'count' || x.attr === 'for_each') c.meta.push(...traversals(t, x.from, x.to));
          else if (x.attr === 'depends_on') c.dep.push(...traversals(t, x.from, x.to));
          else if (x.attr === 'version' || x.attr === 'providers') continue;
          else if (x.attr) c.args.set(x.attr, traversals(t, x.from, x.to));
        }
        M.calls.set(L[0], c);
      }
    }
  }
  return M;
}

export function graph(root, { all = false } = {}) {
  root = fs.realpathSync(root);
  const N = new Map(); // id -> {address, kind, file, line, out: [[id, why]]}
  const seen = new Map();
  const node = (id, o) => { const n = { address: id, out: [], ...o }; N.set(id, n); return n; };
  // a module instance: prefix ('' or 'module.a.module.b.'), its config, its call in the parent
  function inst(dir, prefix, depth, stack) {
    const M = load(dir);
    const rel = (f) => path.relative(root, path.join(dir, f));
    const children = new Map();
    for (const [name, c] of M.calls) {
      const id = `${prefix}module.${name}`;
      let d = null;
      if (c.source && /^\.\.?(\/|$)/.test(c.source)) { const p = path.resolve(dir, c.source); if (fs.existsSync(p) && fs.statSync(p).isDirectory() && !stack.includes(p) && depth < 12) d = p; }
      node(id, { kind: d ? 'module' : 'opaque_module', file: rel(c.file), line: c.line });
      children.set(name, { id, call: c, M: d ? inst(d, id + '.', depth + 1, [...stack, d]) : null });
    }
    for (const [k, v] of M.vars) node(`${prefix}var.${k}`, { kind: 'variable', file: rel(v.file), line: v.line });
    for (const [k, v] of M.locals) node(`${prefix}local.${k}`, { kind: 'local', file: rel(v.file), line: v.line });
    for (const [k, v] of M.outputs) node(`${prefix}output.${k}`, { kind: 'output', file: rel(v.file), line: v.line });
    for (const [k, v] of M.res) node(prefix + k, { kind: v.kind, file: rel(v.file), line: v.line });
    const me = { prefix, M, children };
    const resolve = (p, whole) => {
      const [a, b, c] = p;
      if (a === 'var') return M.vars.has(b) ? [`${prefix}var.${b}`] : [];
      if (a === 'local') return M.locals.has(b) ? [`${prefix}local.${b}`] : [];
      if (a === 'module') {
        const ch = children.get(b); if (!ch) return [];
        if (!ch.M) return [ch.id];
        if (!whole && c && ch.M.M.outputs.has(c)) return [`${ch.id}.output.${c}`];
        if (whole) return everything(ch);
        return [...ch.M.M.outputs.keys()].map((o) => `${ch.id}.output.${o}`);
      }
      // The long form of a managed resource's name.
      if (a === 'resource') { const id = `${b}.${c}`; return M.res.has(id) ? [prefix + id] : []; }
      if (a === 'data' || a === 'ephemeral') { const id = `${a}.${b}.${c}`; return M.res.has(id) ? [prefix + id] : []; }
      if (RESERVED.has(a)) return [];
      const id = `${a}.${b}`; return M.res.has(id) ? [prefix + id] : [];
    };
    const everything = (ch) => { // every resource inside a module (depends_on = [module.x])
      if (!ch.M) return [ch.id];
      const o = [...ch.M.M.res.keys()].map((k) => ch.M.prefix + k);
      for (const g of ch.M.children.values()) o.push(...everything(g));
      return o;
    };
    me.resolve = resolve;
    const link = (id, refs, why, whole) => { const n = N.get(id); for (const r of refs) for (const q of resolve(r.p, whole)) if (q !== id) n.out.push([q, why]); };
    for (const [k, v] of M.res) { link(prefix + k, v.refs, 'ref'); link(prefix + k, v.dep, 'depends_on', true); }
    for (const [k, v] of M.locals) link(`${prefix}local.${k}`, v.refs, 'ref');
    for (const [k, v] of M.outputs) { link(`${prefix}output.${k}`, v.refs, 'ref'); link(`${prefix}output.${k}`, v.dep, 'depends_on', true); }
    for (const [name, ch] of children) {
      const c = ch.call;
      if (!ch.M) { for (const r of c.args.values()) link(ch.id, r, 'ref'); link(ch.id, c.meta, 'module'); link(ch.id, c.dep, 'depends_on', true); continue; }
      for (const [arg, r] of c.args) { const id = `${ch.id}.var.${arg}`; if (N.has(id)) link(id, r, 'ref'); }
      link(ch.id, c.meta, 'module'); link(ch.id, c.dep, 'module', true);
      const under = (m) => { for (const k of m.M.res.keys()) N.get(m.prefix + k).out.push([ch.id, 'module']); for (const g of m.children.values()) { if (g.M) under(g.M); else N.get(g.id).out.push([ch.id, 'module']); } };
      under(ch.M);
    }
    return me;
  }
  inst(root, '', 0, [root]);
  const END = new Set(['resource', 'data', 'ephemeral', 'opaque_module']);
  if (all) {
    const edges = []; const s = new Set();
    for (const [id, n] of N) for (const [q, w] of n.out) { const k = id + '\0' + q; if (!s.has(k)) { s.add(k); edges.push([id, q, w]); } }
    return { vertices: [...N.values()].map(({ out, ...v }) => v), edges };
  }
  const edges = [];
  for (const [id, n] of N) {
    if (!END.has(n.kind)) continue;
    const vis = new Set([id]); let front = n.out.map(([q, w]) => [q, w, []]); const got = new Map();
    while (front.length) {
      const next = [];
      for (const [q, w, via] of front) {
        if (END.has(N.get(q).kind)) { if (q !== id && !got.has(q)) got.set(q, [w, via]); continue; }
        if (vis.has(q)) continue; vis.add(q);
        for (const [r, w2] of N.get(q).out) next.push([r, w === 'ref' ? w2 : w, [...via, q]]);
      }
      front = next;
    }
    for (const [q, [w, via]] of got) edges.push([id, q, w, via]);
  }
  return { vertices: [...N.values()].filter((v) => END.has(v.kind)).map(({ out, ...v }) => v), edges };
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const a = process.argv.slice(2); const dir = a.find((x) => !x.startsWith('--'));
  if (!dir) { console.error('usage: tf_refs.mjs DIR [--via] [--all]'); process.exit(2); }
  const g = graph(dir, { all: a.includes('--all') });
  if (!a.includes('--via') && !a.includes('--all')) g.edges = g.edges.map((e) => e.slice(0, 3));
  console.log(JSON.stringify(g));
}
