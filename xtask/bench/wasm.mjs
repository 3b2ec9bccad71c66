// The core in Node: the first review after the warm-up that the page does too, and the median of those after it.
// Usage: node wasm.mjs PKG FOLDER, where FOLDER has the folders before and after.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const WARM_UPS = 40; // As www/src/engine/worker.ts.
const RUNS = 20;

const [pkg, folder] = process.argv.slice(2);
const { initSync, Project } = await import(pathToFileURL(join(pkg, "plumbline.js")).href);
initSync({ module: readFileSync(join(pkg, "plumbline_bg.wasm")) });
const prices = readFileSync(join(pkg, "prices.bin"));
const files = ["before", "after"].flatMap((side) => below(join(folder, side)).map((path) => [side, relative(join(folder, side), path), readFileSync(path)]));

const project = new Project();
project.set_prices(prices);
for (let turn = 0; turn < WARM_UPS; turn += 1) {
  project.warm_up();
  await new Promise((done) => setTimeout(done, 0));
}
await new Promise((done) => setTimeout(done, 300));

for (const [what, sides] of [["snapshot", ["after"]], ["change", ["before", "after"]]]) {
  const times = [];
  for (let run = 0; run <= RUNS; run += 1) {
    // Another each time: a project does not read again what it has read.
    const fresh = new Project();
    fresh.set_prices(prices);
    const start = performance.now();
    for (const [side, path, bytes] of files) if (sides.includes(side)) fresh.set_file(side, path, bytes);
    fresh.analyze();
    times.push(performance.now() - start);
    fresh.free();
  }
  const [first, ...warm] = times;
  warm.sort((a, b) => a - b);
  console.log(`${what} ${first.toFixed(1)} ${warm[RUNS / 2].toFixed(1)}`);
}

// One character more in one file, the review again, and what differs; then the JSON of all of it apart.
const edits = [];
const reviews = [];
const updates = [];
const texts = [];
const [, path, bytes] = files.find(([side]) => side === "after");
for (const [side, name, content] of files) if (side === "after") project.set_file(side, name, content);
project.update();
for (let run = 0; run <= RUNS; run += 1) {
  const text = Buffer.concat([bytes, Buffer.from(`#${"-".repeat(run)}\n`)]);
  const start = performance.now();
  project.set_file("after", path, text);
  // Reviews, and hands out one short text.
  project.text("after", path);
  const reviewed = performance.now();
  project.update();
  const end = performance.now();
  edits.push(end - start);
  reviews.push(reviewed - start);
  updates.push(end - reviewed);
  project.analyze();
  texts.push(performance.now() - end);
}
for (const [what, times] of [["edit", edits], ["edit/review", reviews], ["edit/update", updates], ["edit/JSON-of-all", texts]]) {
  const [first, ...rest] = times;
  rest.sort((a, b) => a - b);
  console.log(`${what} ${first.toFixed(1)} ${rest[RUNS / 2].toFixed(1)}`);
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? below(join(folder, entry.name)) : [join(folder, entry.name)]);
}
