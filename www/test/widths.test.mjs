// The sample at every step of width, light and dark. A file of its own: it takes as long as the other tests of the
// real page together, and files run side by side.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { axe, launch, lost, open, overflow, serve, spills } from './page.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('real')]; });
after(async () => { await browser.close(); site.close(); });

for (const [width, height] of [[1600, 1000], [1400, 900], [1280, 800], [1200, 900], [900, 1000], [480, 800], [360, 800]]) {
  test(`the sample at ${width}: nothing axe objects to, nothing too wide, nothing over its neighbour`, async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, context } = await open(browser, site.url, { viewport: { width, height }, colorScheme });
      await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
      await page.locator('svg.g .nmx').first().waitFor();
      for (const item of await page.locator('.tabs [role=tab]').all()) {
        await item.click();
        assert.deepEqual(await axe(page), [], await item.textContent());
        assert.equal(await overflow(page), 0, await item.textContent());
        assert.deepEqual(await spills(page), [], await item.textContent());
        if (width < 640) assert.deepEqual(await lost(page), [], await item.textContent());
      }
      await context.close();
    }
  });
}
