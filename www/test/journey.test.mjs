// The whole job without a pointer: paste, look at a resource in the graph, open its line, tick a step of the way back,
// take the document away. With the real core; nothing is clicked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, saved, serve } from './page.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('real')]; });
after(async () => { await browser.close(); site.close(); });

const BEFORE = 'resource "aws_db_instance" "main" {\n  engine            = "postgres"\n  instance_class    = "db.t3.small"\n  allocated_storage = 20\n}\n';
const AFTER = `${BEFORE.replace('  engine ', '  storage_encrypted = true\n  engine ')}\nresource "aws_ssm_parameter" "host" {\n  name  = "host"\n  type  = "String"\n  value = aws_db_instance.main.address\n}\n`;

/** What has the focus: its name as a screen reader would begin it. */
const focused = (page) => page.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
});

/** Walks by Tab until the focus is on something of this name; at most once around the page. */
async function tabTo(page, name, key = 'Tab') {
  const met = [];
  for (let turn = 0; turn < 120; turn += 1) {
    await page.keyboard.press(key);
    met.push(await focused(page));
    if (name.test(met.at(-1))) return met;
  }
  throw new Error(`${name} is not reached by ${key}; met ${met.map((text) => text.slice(0, 30)).join(' | ')}`);
}

/** Waits until the editor has the focus. */
const editing = (page) => page.waitForFunction(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.classList.contains('cm-content'));

/** The system's clipboard and the keys that paste, as a reader uses them. */
async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press('Control+V');
}

async function opened() {
  const all = await open(browser, site.url);
  // From now on choosers are caught: one may open sooner than a later listener is in place.
  all.page.on('filechooser', () => {});
  await all.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return all;
}

test('paste, graph, line, step, document: by keys alone', async () => {
  const { page, context, trouble, violations } = await opened();
  await paste(page, AFTER);
  await page.locator('.facts').waitFor();
  await editing(page);
  // The version before comes by the menu, as a file: the platform's chooser is the platform's to reach.
  await page.keyboard.press('Escape');
  await tabTo(page, /^Files/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  for (let turn = 0; turn < 12 && !/^Compare: files/.test(await focused(page)); turn += 1) await page.keyboard.press('ArrowDown');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles([{ name: 'main.tf', mimeType: 'text/plain', buffer: Buffer.from(BEFORE) }]);
  await page.getByRole('tab', { name: /^Changes/ }).waitFor();
  assert.match(await page.locator('.say h1').textContent(), /database/);

  await page.keyboard.press('g');
  assert.match(await focused(page), /^Graph\. Arrow keys/);
  const said = page.locator('pl-graph [role=status]');
  assert.match(await said.textContent(), /^aws_db_instance\.main, .*Needs 0, needed by 1/);
  await page.keyboard.press('ArrowRight');
  assert.match(await said.textContent(), /^aws_ssm_parameter\.host/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /aws_db_instance\.main/, 'Enter opens the detail');

  await tabTo(page, /^main\.tf:\d+$/);
  const line = Number((await focused(page)).split(':')[1]);
  await page.keyboard.press('Enter');
  await editing(page);
  assert.equal(await page.locator('.cm-lineNumbers .cm-activeLineGutter').textContent(), String(line));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('plumbline-review').shadowRoot.activeElement?.classList.contains('cm-content'));

  const tabs = await page.locator('.tabs [role=tab]').allTextContents();
  await page.keyboard.press(String(tabs.findIndex((name) => name.startsWith('Rollback')) + 1));
  assert.match(await focused(page), /^Rollback/);
  await tabTo(page, /^Done: /);
  await page.keyboard.press('Space');
  assert.equal(await page.locator('pl-rollback input:checked').count(), 1);

  await tabTo(page, /^Export/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  for (let turn = 0; turn < 8 && !/^Save as Markdown/.test(await focused(page)); turn += 1) await page.keyboard.press('ArrowDown');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(await saved(download), /aws_db_instance\.main/);
  assert.match(await focused(page), /^Export/, 'the focus is where it was');
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('Tab goes once through every view and out again, and what has the focus is in sight', async () => {
  const { page, context } = await opened();
  await tabTo(page, /^Shop moves to Kubernetes/);
  await page.keyboard.press('Enter');
  await page.locator('.facts').waitFor();
  const count = await page.locator('.tabs [role=tab]').count();
  for (let at = 1; at <= count; at += 1) {
    await page.keyboard.press(String(at));
    if (await page.locator('.cm-content').isVisible()) continue;
    const lost = await page.evaluate(() => {
      const root = document.querySelector('plumbline-review').shadowRoot;
      return root.activeElement?.getAttribute('role') === 'tab' ? null : 'the tab has no focus';
    });
    assert.equal(lost, null);
    for (let turn = 0; turn < 12; turn += 1) {
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate(() => {
        const element = document.querySelector('plumbline-review').shadowRoot.activeElement;
        if (!element) return null;
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        const out = right < 0 || bottom < 0 || left > innerWidth || top > innerHeight || width === 0 || height === 0;
        return out ? `${element.localName}.${element.className}` : null;
      });
      assert.equal(hidden, null);
    }
    // Back to where single keys act.
    await page.evaluate(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.blur());
  }
  await context.close();
});
