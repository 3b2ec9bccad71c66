// What the browser's and Node's entry have in common.

import { Project, review as reviewNow } from "./every/plumbline.js";

export { Project, version } from "./every/plumbline.js";
export { joined } from "./joined.js";

/** The package's functions over a loader that resolves once the core is ready, to the bytes of the price table. */
export function over(load) {
  return {
    load: async () => void (await load()),
    async review(input) {
      const prices = await load();
      return reviewNow(input, prices);
    },
    async open(options) {
      const prices = await load();
      const project = new Project(options);
      if (prices) project.set_prices(prices);
      return project;
    },
  };
}
