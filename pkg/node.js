// Entry for Node: the core and the price table are read from beside this file.

import { readFile } from "node:fs/promises";
import { initSync } from "./every/plumbline.js";
import { over } from "./shared.js";

export { Project, joined, version } from "./shared.js";

let loading;

const { load, review, open } = over(() => (loading ??= start()));

export { load, review, open };

async function start() {
  const [core, prices] = await Promise.all(["./every/plumbline_bg.wasm", "./prices.bin"].map((name) => readFile(new URL(name, import.meta.url))));
  initSync({ module: core });
  return prices;
}
