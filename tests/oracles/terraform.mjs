#!/usr/bin/env node
// terraform.mjs DIR > DIR/expected.json
//
// For every root module in a folder of DIR: the blocks of each file, as HashiCorp's own parser lists them
// (npm @cdktf/hcl2json, found from the working directory), and the edges between resources and modules, as
// tf_refs.mjs follows references. tests/differential.rs compares both with what is read here.
import fs from 'node:fs';
import path from 'node:path';
import { analyse } from './hcl_blocks.mjs';
import { graph } from './tf_refs.mjs';

const dir = process.argv[2];
if (!dir) { console.error('usage: terraform.mjs DIR'); process.exit(2); }
const lines = [];
const of = (v) => JSON.stringify(v);
for (const name of fs.readdirSync(dir).sort()) {
  const root = path.join(dir, name);
  if (!fs.statSync(root).isDirectory()) continue;
  const files = await analyse(root);
  const blocks = {};
  for (const [file, r] of Object.entries(files)) {
    if (!r.ok) throw new Error(`${root}/${file}: ${r.error}`);
    blocks[file] = r.blocks.map((b) => b.address).sort();
  }
  const g = graph(root);
  const body = [
    `"blocks": {\n${Object.entries(blocks).map(([f, b]) => `   ${of(f)}: ${of(b)}`).join(',\n')}\n  }`,
    `"vertices": ${of(g.vertices.map((v) => v.address).sort())}`,
    `"edges": [\n${g.edges.map((e) => `   ${of(`${e[0]} -> ${e[1]}`)}`).sort().join(',\n')}\n  ]`,
  ];
  lines.push(` ${of(name)}: {\n  ${body.join(',\n  ')}\n }`);
}
console.log(`{\n${lines.join(',\n')}\n}`);
process.exit(0);
