// Builds the page: one file that is the hosted page and the offline copy alike. Scripts, worker, core, prices and
// samples are inside it; the policy allows nothing else.
//
//   node build.mjs                 the real core from ../pkg, built by `cargo xtask core`
//   node build.mjs --core fake     a core that answers with a fixed review, for tests of the page alone

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const fake = process.argv.includes('fake');
const out = join(here, fake ? 'dist/fake' : 'dist');
const pkg = join(here, '../pkg');

/** `#core` is the real or the fixed core, `#samples` what stands under samples/. */
const parts = {
  name: 'parts',
  setup(on) {
    on.onResolve({ filter: /^#core$/ }, () => ({ path: join(here, fake ? 'test/fake-core.ts' : 'src/engine/core-wasm.ts') }));
    on.onResolve({ filter: /^#samples$/ }, () => ({ path: 'samples', namespace: 'samples' }));
    on.onLoad({ filter: /.*/, namespace: 'samples' }, () => ({ contents: JSON.stringify(samples()), loader: 'json' }));
    on.onLoad({ filter: /\.css$/ }, ({ path }) => ({ contents: tight(readFileSync(path, 'utf8')), loader: 'text' }));
  },
};

const core = fake ? '' : packed(join(pkg, 'plumbline_bg.wasm'));
const every = fake ? '' : packed(join(pkg, 'every/plumbline_bg.wasm'));
const prices = fake ? '' : packed(join(pkg, 'prices.bin'));
const worker = await script('src/engine/worker.ts');
const app = await script('src/main.ts');

const policy = [
  "default-src 'none'", `script-src '${digest(app)}' 'wasm-unsafe-eval'`, 'worker-src blob:', "style-src 'none'", 'img-src data: blob:',
  "connect-src 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", 'trusted-types plumbline',
].join('; ');

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Plumbline: review of infrastructure code</title></head>
<body><noscript>Plumbline reads the files on this page, with a script that is part of the page. Scripts are switched off here.</noscript>
<script>${app}</script>
<script type="text/plain" id="plumbline-worker">${inline(worker)}</script>
<script type="text/plain" id="plumbline-core">${core}</script>
<script type="text/plain" id="plumbline-every">${every}</script>
<script type="text/plain" id="plumbline-prices">${prices}</script>
</body></html>
`;

mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'index.html'), page);
// For the size budget alone; the page carries it.
writeFileSync(join(out, 'app.js'), app);
// Hosts that read this file send the same policy as a header, with what a page cannot say of itself.
writeFileSync(join(out, '_headers'), `/*\n  Content-Security-Policy: ${policy}; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n`);
report();

/** One classic script; modules from blob addresses do not start on file://. */
async function script(entry) {
  const result = await build({
    entryPoints: [join(here, entry)], bundle: true, write: false, format: 'iife', target: 'es2022', minify: true, legalComments: 'none',
    loader: { '.css': 'text' }, logLevel: 'warning', logOverride: { 'empty-import-meta': 'silent' }, plugins: [parts],
  });
  return inline(result.outputFiles[0].text.trim());
}

/** The samples the manifest names, by their paths within each version. */
function samples() {
  const manifest = join(here, 'samples/samples.json');
  if (!existsSync(manifest)) return [];
  return JSON.parse(readFileSync(manifest, 'utf8')).samples.map(({ id, title, story, mark, base, files }) => ({
    id, title, story, mark, before: texts(id, base ?? []), after: texts(id, files),
  }));
}

function texts(id, paths) {
  return Object.fromEntries(paths.map((path) => [
    path.slice(id.length + 1).replace(/^(before|after)\//, ''), readFileSync(join(here, 'samples', path), 'utf8'),
  ]));
}

/** A style sheet without its comments and line breaks. */
function tight(css) {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n').trim();
}

function packed(path) {
  if (!existsSync(path)) throw new Error(`${relative(process.cwd(), path)} is missing: build the core first with \`cargo xtask core\`, or use --core fake.`);
  return gzipSync(readFileSync(path), { level: 9 }).toString('base64');
}

/** Nothing in a script may end its element. */
function inline(text) {
  return text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

function digest(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function report() {
  const sizes = { app, worker, core, every, prices, page };
  for (const [name, text] of Object.entries(sizes)) {
    const bytes = Buffer.from(text);
    console.log(`${name.padEnd(7)} ${kib(bytes)} KiB, gzip ${kib(gzipSync(bytes))}`);
  }
}

function kib(bytes) {
  return (bytes.length / 1024).toFixed(1);
}
