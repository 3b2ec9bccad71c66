// Megabytes a second, median of runs over all files, of the parser in WebAssembly and of @cdktf/hcl2json.
// Usage: node parse.mjs PARSER FOLDER PEERS, where PEERS has the peer in its node_modules. Files that it refuses are left out.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [parser, folder, peers] = process.argv.slice(2);
const { initSync, parse, lower } = await import(pathToFileURL(join(parser, "plumbline.js")).href);
initSync({ module: readFileSync(join(parser, "plumbline_bg.wasm")) });
const hcl2json = createRequire(join(peers, "package.json"))("@cdktf/hcl2json");

const files = [];
for (const path of below(folder).filter((path) => path.endsWith(".tf")).sort()) {
  const text = readFileSync(path, "utf8");
  if (await hcl2json.parse(path, text).then(() => true, () => false)) files.push([path, text, Buffer.byteLength(text)]);
}
const bytes = files.reduce((sum, [, , size]) => sum + size, 0);

await measure("parse", 20, async () => files.forEach(([, text]) => parse(text)));
await measure("parse and lower", 20, async () => files.forEach(([, text]) => lower(text)));
await measure("hcl2json", 3, async () => {
  for (const [path, text] of files) await hcl2json.parse(path, text);
});

async function measure(what, runs, work) {
  // The engine compiles once more what runs often.
  const until = performance.now() + 2000;
  do await work();
  while (performance.now() < until);
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`${what}: ${(bytes / times[runs >> 1] / 1000).toFixed(1)} MB/s (${files.length} files, ${bytes} bytes)`);
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? below(join(folder, entry.name)) : [join(folder, entry.name)]);
}
