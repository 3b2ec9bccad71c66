// Every state, wide and narrow, light and dark: nothing axe objects to, nothing wider than the window, nothing
// against the policy, nothing asked of any server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, contrast, drop, launch, open, overflow, serve } from './page.mjs';
import { AFTER, asking, BEFORE } from './stories.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('fake')]; });
after(async () => { await browser.close(); site.close(); });

const STATES = {
  empty: async () => {},
  results: async (page) => drop(page, AFTER),
  diff: async (page) => { await drop(page, BEFORE, 'before'); await drop(page, asking('FINDINGS')); },
  broken: async (page) => drop(page, asking('BROKEN')),
  stopped: async (page) => drop(page, asking('STOP')),
};

for (const [width, height] of [[1600, 1000], [900, 1000], [360, 800]]) {
  test(`every state at ${width}, light and dark`, async () => {
    const { page, context, trouble, violations } = await open(browser, site.url, { viewport: { width, height } });
    for (const [state, enter] of Object.entries(STATES)) {
      await page.evaluate(() => document.querySelector('plumbline-review').store.startOver());
      await enter(page);
      await settled(page, state);
      const tabs = state === 'empty' || state === 'stopped' ? [null] : await page.locator('.tabs [role=tab]').all();
      for (const tab of tabs) {
        await tab?.click();
        const where = `${state}, ${await tab?.textContent() ?? 'no tab'}`;
        await page.emulateMedia({ colorScheme: 'light' });
        assert.deepEqual(await axe(page), [], where);
        assert.equal(await overflow(page), 0, `${where} is wider than the window`);
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await contrast(page), [], `${where}, dark`);
      }
    }
    assert.deepEqual(await violations(), []);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

async function settled(page, state) {
  if (state === 'empty') return page.getByRole('button', { name: 'Choose files' }).waitFor();
  if (state === 'stopped') return page.getByRole('alert').waitFor();
  await page.locator('.facts').waitFor();
  return page.locator('svg.g .nmx').first().waitFor();
}

test('a cost that one version alone tells is not known in the table, named beside it, and in no difference', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  await drop(page, BEFORE, 'before');
  await drop(page, asking('APART'));
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: /^Cost/ }).click();
  const row = page.locator('pl-cost tbody tr').first();
  assert.deepEqual((await row.locator('td.num').allTextContents()).slice(0, 3), ['$49.64', 'not known', 'not known']);
  const total = await page.locator('pl-cost tfoot').textContent();
  assert.ok(total.includes('+$230.21 known'), total);
  const beside = await page.locator('pl-cost aside section').first().textContent();
  assert.ok(beside.includes('Not in the difference') && beside.includes('$49.64 before, not known now: var.class has no value.'), beside);
  assert.equal(await page.locator('pl-cost aside section').first().locator('.src', { hasText: '41' }).count(), 1);
  assert.deepEqual(trouble, []);
  await context.close();
});
