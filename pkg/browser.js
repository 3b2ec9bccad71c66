// Entry for browsers and bundlers: the core and the price table are fetched from beside this file.

import init from "./every/plumbline.js";
import { over } from "./shared.js";

export { Project, joined, version } from "./shared.js";

let loading;

const { load, review, open } = over(() => {
  loading ??= start().catch((error) => {
    // The next call tries again.
    loading = undefined;
    throw error;
  });
  return loading;
});

export { load, review, open };

async function start() {
  const [prices] = await Promise.all([
    bytes(new URL("./prices.bin", import.meta.url)),
    init({ module_or_path: new URL("./every/plumbline_bg.wasm", import.meta.url) }),
  ]);
  return prices;
}

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
