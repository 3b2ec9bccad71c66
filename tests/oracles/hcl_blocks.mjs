#!/usr/bin/env node
// hcl_blocks.mjs DIR [--summary] [--no-check]
//
// Prints, as JSON, every Terraform block address found in the .tf files under DIR:
//   { "<file>": { ok, agree, bytes, lines, blocks: [{address, kind, line, count?, for_each?, dynamic?}],
//                 functions: {name: n}, error? } }
// Block *addresses* come from HashiCorp's own HCL parser (npm @cdktf/hcl2json, resolved from the
// working directory's node_modules). That parser reports no line numbers, so lines come from the
// small lexer below; `agree` is true when lexer and parser list the same multiset of addresses.
//   --summary  totals only      --no-check  lexer only (no npm package needed)
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// ---------------------------------------------------------------- lexer
// Token kinds: id, num, str (quoted template, with .text when it has no interpolation), heredoc, nl, punct
export function lex(src, line0 = 1) {
  const out = [];
  let i = src.charCodeAt(0) === 0xfeff ? 1 : 0, line = line0;
  const n = src.length;
  const idStart = /[\p{L}\p{Nl}_]/u, idPart = /[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}_-]/u;
  // reads code until an unmatched `}` (when inTemplate) or the end
  function code(inTemplate) {
    let depth = 0;
    while (i < n) {
      const c = src[i];
      if (c === '\n') { out.push({ k: 'nl', line }); line++; i++; continue; }
      if (c === ' ' || c === '\t' || c === '\r') { i++; continue; }
      if (c === '#' || (c === '/' && src[i + 1] === '/')) { while (i < n && src[i] !== '\n') i++; continue; }
      if (c === '/' && src[i + 1] === '*') {
        const e = src.indexOf('*/', i + 2); const end = e < 0 ? n : e + 2;
        for (let j = i; j < end; j++) if (src[j] === '\n') line++;
        i = end; continue;
      }
      if (c === '"') { i++; quoted(); continue; }
      if (c === '<' && src[i + 1] === '<') {
        const m = /^<<(-?)([\p{L}_][\p{L}\p{Nd}_-]*)\r?\n/u.exec(src.slice(i, i + 200));
        if (m) { out.push({ k: 'heredoc', line }); i += m[0].length; line++; heredoc(m[2]); continue; }
      }
      if (idStart.test(c)) {
        let j = i + 1; while (j < n && idPart.test(src[j])) j++;
        out.push({ k: 'id', text: src.slice(i, j), line }); i = j; continue;
      }
      if (c >= '0' && c <= '9') {
        const m = /^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/.exec(src.slice(i, i + 64));
        out.push({ k: 'num', text: m[0], line }); i += m[0].length; continue;
      }
      if (c === '{') depth++;
      if (c === '}') { if (depth === 0 && inTemplate) { i++; return; } depth--; }
      const two = src.slice(i, i + 2);
      const three = src.slice(i, i + 3);
      if (three === '...') { out.push({ k: 'p', text: three, line }); i += 3; continue; }
      if (['=>', '==', '!=', '<=', '>=', '&&', '||', '::'].includes(two)) { out.push({ k: 'p', text: two, line }); i += 2; continue; }
      out.push({ k: 'p', text: c, line }); i++;
    }
  }
  function interp() { // at ${ or %{
    i += 2; if (src[i] === '~') i++;
    out.push({ k: 'tmpl_open', line }); code(true); out.push({ k: 'tmpl_close', line });
  }
  function quoted() {
    const at = out.length; const l = line; let text = '', plain = true;
    out.push({ k: 'str', line: l });
    while (i < n) {
      const c = src[i];
      if (c === '"') { i++; break; }
      if (c === '\n') { line++; i++; plain = false; continue; }
      if (c === '\\') { text += src.slice(i, i + 2); i += 2; continue; }
      if ((c === '$' || c === '%') && src[i + 1] === c && src[i + 2] === '{') { text += src.slice(i, i + 3); i += 3; continue; }
      if ((c === '$' || c === '%') && src[i + 1] === '{') { plain = false; interp(); continue; }
      text += c; i++;
    }
    if (plain) out[at].text = text;
    out[at].end = out.length;
  }
  function heredoc(tag) {
    while (i < n) {
      // at a line start: is this the closing line?
      let e = src.indexOf('\n', i); if (e < 0) e = n;
      if (src.slice(i, e).trim() === tag) { i = e; return; }
      while (i < n && src[i] !== '\n') {
        const c = src[i];
        if ((c === '$' || c === '%') && src[i + 1] === c && src[i + 2] === '{') { i += 3; continue; }
        if ((c === '$' || c === '%') && src[i + 1] === '{') { interp(); continue; }
        i++;
      }
      if (i < n) { line++; i++; }
    }
  }
  code(false);
  return out;
}

// ---------------------------------------------------------------- top-level structure from tokens
function skipBalanced(t, i) { // t[i] is an opening bracket; returns the index after its closing one
  let d = 0;
  for (; i < t.length; i++) {
    const x = t[i];
    if (x.k === 'p' && (x.text === '{' || x.text === '(' || x.text === '[')) d++;
    else if (x.k === 'p' && (x.text === '}' || x.text === ')' || x.text === ']')) { d--; if (d === 0) return i + 1; }
    else if (x.k === 'tmpl_open') d++;
    else if (x.k === 'tmpl_close') { d--; if (d === 0) return i + 1; }
  }
  return i;
}
function skipExpr(t, i) { // to the newline that ends the attribute
  while (i < t.length) {
    const x = t[i];
    if (x.k === 'nl') return i + 1;
    if (x.k === 'p' && (x.text === '{' || x.text === '(' || x.text === '[')) { i = skipBalanced(t, i); continue; }
    if (x.k === 'p' && x.text === '}') return i;
    if (x.k === 'tmpl_open') { i = skipBalanced(t, i); continue; }
    i++;
  }
  return i;
}
// body items: {attr,line} or {block, labels, line, from, to}
function body(t, i, end) {
  const items = [];
  while (i < end) {
    const x = t[i];
    if (x.k === 'nl') { i++; continue; }
    if (x.k === 'p' && (x.text === ',' || x.text === ';')) { i++; continue; }
    if (x.k === 'id' || x.k === 'str') {
      const nx = t[i + 1];
      if (nx && nx.k === 'p' && (nx.text === '=' || nx.text === ':')) {
        const e = skipExpr(t, i + 2);
        items.push({ attr: x.text, line: x.line, from: i + 2, to: e }); i = e; continue;
      }
      let j = i + 1; const labels = [];
      while (j < end && (t[j].k === 'id' || (t[j].k === 'str'))) { labels.push(t[j].text); j++; }
      if (j < end && t[j].k === 'p' && t[j].text === '{') {
        const e = skipBalanced(t, j);
        items.push({ block: x.text, labels, line: x.line, from: j + 1, to: e - 1 }); i = e; continue;
      }
    }
    i = skipExpr(t, i) || i + 1;
    if (i < end && t[i].k === 'p' && t[i].text === '}') i++;
  }
  return items;
}
const textOf = (t, it) => { const x = t[it.from]; return x && x.k === 'str' ? x.text : undefined; };

export function blocksOf(src) {
  const t = lex(src);
  const blocks = []; const functions = {};
  for (let i = 0; i + 1 < t.length; i++) {
    if (t[i].k === 'id' && t[i + 1].k === 'p' && t[i + 1].text === '(') {
      let name = t[i].text;
      if (name === 'for' || name === 'in' || name === 'if') continue;
      if (i >= 4 && t[i - 1].text === '::') name = `${t[i - 4].text}::${t[i - 2].text}::${name}`;
      functions[name] = (functions[name] || 0) + 1;
    }
  }
  for (const it of body(t, 0, t.length)) {
    if (!it.block) continue;
    const inner = body(t, it.from, it.to);
    const has = (a) => inner.some((x) => x.attr === a);
    const b = { address: '', kind: it.block, line: it.line };
    const L = it.labels;
    if (it.block === 'resource' || it.block === 'ephemeral' || it.block === 'data') {
      b.address = (it.block === 'resource' ? '' : it.block + '.') + L.join('.');
      if (has('count')) b.count = true;
      if (has('for_each')) b.for_each = true;
      const dyn = [];
      const walk = (items) => { for (const x of items) if (x.block) { if (x.block === 'dynamic') dyn.push(x.labels[0]); walk(body(t, x.from, x.to)); } };
      walk(inner);
      if (dyn.length) b.dynamic = dyn;
      if (inner.some((x) => x.block === 'lifecycle')) b.lifecycle = true;
      if (has('depends_on')) b.depends_on = true;
      if (has('provider')) b.provider = true;
    } else if (it.block === 'module') {
      b.address = 'module.' + L.join('.');
      if (has('count')) b.count = true;
      if (has('for_each')) b.for_each = true;
      const s = inner.find((x) => x.attr === 'source');
      if (s) b.source = textOf(t, s);
    } else if (it.block === 'variable') b.address = 'var.' + L.join('.');
    else if (it.block === 'locals') {
      for (const x of inner) if (x.attr) blocks.push({ address: 'local.' + x.attr, kind: 'local', line: x.line });
      continue;
    } else if (it.block === 'provider') {
      b.address = 'provider.' + L.join('.');
      const a = inner.find((x) => x.attr === 'alias');
      if (a) b.address += '.' + (textOf(t, a) ?? '?');
    } else b.address = [it.block, ...L].join('.');
    blocks.push(b);
  }
  return { blocks, functions };
}

// ---------------------------------------------------------------- addresses from the parser's JSON
export function parserAddresses(j) {
  const out = [];
  const arr = (v) => (Array.isArray(v) ? v : [v]);
  for (const [kind, v] of Object.entries(j)) {
    if (kind === 'resource' || kind === 'data' || kind === 'ephemeral') {
      for (const [type, names] of Object.entries(v)) for (const [name, list] of Object.entries(names))
        for (const _ of arr(list)) out.push((kind === 'resource' ? '' : kind + '.') + type + '.' + name);
    } else if (kind === 'locals') {
      for (const o of arr(v)) for (const k of Object.keys(o)) out.push('local.' + k);
    } else if (kind === 'provider') {
      for (const [name, list] of Object.entries(v)) for (const o of arr(list)) out.push('provider.' + name + (o.alias ? '.' + o.alias : ''));
    } else if (['module', 'variable', 'output', 'check'].includes(kind)) {
      for (const [name, list] of Object.entries(v)) for (const _ of arr(list)) out.push((kind === 'variable' ? 'var' : kind) + '.' + name);
    } else {
      for (const x of arr(v)) {
        if (x && typeof x === 'object' && !Array.isArray(v)) for (const [name, list] of Object.entries(x)) for (const _ of arr(list)) out.push(kind + '.' + name);
        else out.push(kind);
      }
    }
  }
  return out;
}

export function walkTf(dir) {
  const out = [];
  (function rec(d) {
    for (const e of fs.readdirSync(d, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (e.name === '.git' || e.name === '.terraform' || e.name === 'node_modules') continue;
      const p = path.join(d, e.name);
      if (e.isDirectory()) rec(p);
      else if (e.isFile() && /\.(tf|tofu)$/.test(e.name)) out.push(p);
    }
  })(dir);
  return out;
}

export async function analyse(dir, { check = true, files } = {}) {
  let parse;
  if (check) {
    const req = createRequire(path.join(process.cwd(), 'x.js'));
    const m = await import(pathToFileURL(req.resolve('@cdktf/hcl2json')).href);
    parse = m.parse ?? m.default.parse;
  }
  const res = {};
  for (const f of files ?? walkTf(dir)) {
    const src = fs.readFileSync(f, 'utf8');
    const rel = path.relative(dir, f);
    const r = { ok: true, bytes: Buffer.byteLength(src), lines: src.split('\n').length - (src.endsWith('\n') ? 1 : 0) };
    let mine;
    try { mine = blocksOf(src); } catch (e) { mine = { blocks: [], functions: {}, lexError: String(e) }; }
    if (check) {
      try {
        const addrs = parserAddresses(src.trim() ? await parse(rel, src) : {}).sort();
        r.agree = JSON.stringify(addrs) === JSON.stringify(mine.blocks.map((b) => b.address).sort());
        if (!r.agree) { // keep the parser's list; attach lines only where the address is unique in both
          const byAddr = new Map();
          for (const b of mine.blocks) byAddr.set(b.address, byAddr.has(b.address) ? null : b);
          r.lexer_only = mine.blocks.map((b) => b.address).filter((a) => !addrs.includes(a));
          r.parser_only = addrs.filter((a) => !mine.blocks.some((b) => b.address === a));
          mine.blocks = addrs.map((a) => byAddr.get(a) || { address: a, kind: a.split('.')[0] });
        }
      } catch (e) { r.ok = false; r.error = String(e.message ?? e).split('\n')[0].slice(0, 200); }
    }
    r.blocks = mine.blocks; r.functions = mine.functions;
    res[rel] = r;
  }
  return res;
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const args = process.argv.slice(2); const dir = args.find((a) => !a.startsWith('--'));
  if (!dir) { console.error('usage: hcl_blocks.mjs DIR [--summary] [--no-check]'); process.exit(2); }
  const res = await analyse(dir, { check: !args.includes('--no-check') });
  if (args.includes('--summary')) {
    const s = { files: 0, lines: 0, bytes: 0, errors: 0, disagree: 0, kinds: {}, functions: {} };
    for (const r of Object.values(res)) {
      s.files++; s.lines += r.lines; s.bytes += r.bytes; if (!r.ok) s.errors++; if (r.agree === false) s.disagree++;
      for (const b of r.blocks) s.kinds[b.kind] = (s.kinds[b.kind] || 0) + 1;
      for (const [k, v] of Object.entries(r.functions)) s.functions[k] = (s.functions[k] || 0) + v;
    }
    console.log(JSON.stringify(s, null, 1));
  } else console.log(JSON.stringify(res));
  process.exit(0);
}
