// The sample at every step of width, light and dark. A file of its own: it takes as long as the other tests of the
// real page together, and files run side by side.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { contrast, drop, launch, lost, open, overflow, serve, spills, structure, unreachable } from './page.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('real')]; });
after(async () => { await browser.close(); site.close(); });

/** One width of each of the layout's steps, for what hangs on these alone. */
const STEPS = [1600, 1280, 900, 360];

async function sample(width, height) {
  const opened = await open(browser, site.url, { viewport: { width, height }, colorScheme: 'light' });
  await opened.page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await opened.page.locator('svg.g .nmx').first().waitFor();
  return opened;
}

for (const [width, height] of [[1600, 1000], [1400, 900], [1280, 800], [1200, 900], [900, 1000], [480, 800], [360, 800]]) {
  test(`the sample at ${width}: nothing axe objects to, nothing too wide, nothing over its neighbour`, async () => {
    const { page, context } = await sample(width, height);
    for (const item of await page.locator('.tabs [role=tab]').all()) {
      await item.click();
      const where = await item.textContent();
      assert.deepEqual(await structure(page), [], where);
      assert.equal(await overflow(page), 0, where);
      assert.deepEqual(await spills(page), [], where);
      if (width < 640) assert.deepEqual(await lost(page), [], where);
      if (!STEPS.includes(width)) continue;
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await contrast(page), [], `${where}, ${colorScheme}`);
      }
    }
    await context.close();
  });
}

test('in windows too low for what they hold, whatever scrolls is reached by keys', async () => {
  for (const [width, height] of [[1280, 860], [1024, 700], [400, 800]]) {
    const { page, context } = await sample(width, height);
    for (const item of await page.locator('.tabs [role=tab]').all()) {
      await item.click();
      assert.deepEqual(await unreachable(page), [], `${await item.textContent()} at ${width}`);
    }
    await page.getByRole('tab', { name: /^Changes/ }).click();
    const addresses = await page.evaluate(() => document.querySelector('plumbline-review').store.review.changes.map(({ address }) => address));
    for (const address of addresses.slice(0, 12)) {
      await page.evaluate((address) => document.querySelector('plumbline-review').store.select(address), address);
      await page.locator('.detail .addr', { hasText: address }).waitFor();
      assert.deepEqual(await unreachable(page), [], `${address} at ${width}`);
    }
    // What needs nothing and is needed by nothing has no link beside its lines.
    const alone = (encrypted) => ({ 'main.tf': `resource "aws_db_instance" "alone" {\n  engine = "postgres"\n  instance_class = "db.t3.medium"\n  allocated_storage = 20\n  storage_encrypted = ${encrypted}\n  skip_final_snapshot = true\n}\n` });
    await page.evaluate(() => document.querySelector('plumbline-review').store.startOver());
    await drop(page, alone(false), 'before');
    await drop(page, alone(true));
    await page.locator('.detail .addr', { hasText: 'alone' }).waitFor();
    assert.deepEqual(await unreachable(page), [], `alone at ${width}`);
    await context.close();
  }
});
