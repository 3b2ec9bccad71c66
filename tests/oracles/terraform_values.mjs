#!/usr/bin/env node
// terraform_values.mjs DIR > DIR/expected.json
//
// For every root module in a folder of DIR: what its outputs are, as Terraform itself plans them (`terraform` from the
// path; the modules use no provider that has to be fetched). What is not known before apply is left out.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [dir] = process.argv.slice(2);
if (!dir) { console.error('usage: terraform_values.mjs DIR'); process.exit(2); }
const lines = [];
for (const name of readdirSync(dir).sort()) {
  if (!statSync(join(dir, name)).isDirectory()) continue;
  const cwd = mkdtempSync(join(tmpdir(), 'values-'));
  cpSync(join(dir, name), cwd, { recursive: true });
  const terraform = (...args) => execFileSync('terraform', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  terraform('init', '-no-color');
  terraform('plan', '-no-color', '-input=false', '-out=plan');
  const { output_changes: outputs } = JSON.parse(terraform('show', '-json', 'plan'));
  rmSync(cwd, { recursive: true });
  const known = Object.entries(outputs).filter(([, it]) => it.after_unknown === false && it.after_sensitive === false);
  lines.push(` ${JSON.stringify(name)}: {\n${known.map(([key, it]) => `  ${JSON.stringify(key)}: ${JSON.stringify(it.after)}`).join(',\n')}\n }`);
}
console.log(`{\n${lines.join(',\n')}\n}`);
