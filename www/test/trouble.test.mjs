// What goes wrong, and what the page makes of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drop, launch, open, serve } from './page.mjs';
import { AFTER, asking, BEFORE } from './stories.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('fake')]; });
after(async () => { await browser.close(); site.close(); });

const type = async (page, text) => {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  // At once: a pause between two letters would be one before the review.
  await page.keyboard.insertText(text);
};

test('a core that stops costs one review, never the text', async () => {
  const { page, context } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Paste text' }).click();
  await type(page, '# STOP');
  await page.getByRole('alert').waitFor();
  // Where the empty file was reviewed before the text came, a review is shown still.
  assert.match(await page.getByRole('alert').textContent(), /[Yy]our text is kept\. This is a fault of Plumbline\./);
  assert.equal(await page.locator('.cm-line').first().textContent(), '# STOP');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('# fine');
  // The next review takes the notice away.
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.locator('.facts').waitFor();
  await context.close();
});

test('after a stop the worker gets every file again', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, AFTER);
  await page.locator('.facts').waitFor();
  await drop(page, { 'stop.tf': '# STOP' });
  await page.getByRole('alert').waitFor();
  await page.evaluate(() => document.querySelector('plumbline-review').store.removeFile('after', 'stop.tf'));
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.notices.length === 0);
  assert.equal(await page.evaluate(() => document.querySelector('plumbline-review').store.review.files.length), Object.keys(AFTER).length);
  await context.close();
});

test('the latest text wins over one that is still being reviewed', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'slow.tf': '# SLOW' });
  await page.waitForTimeout(100);
  await drop(page, { 'slow.tf': '# quick', 'other.tf': '' });
  await page.locator('.facts').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('plumbline-review').store.review.files.length), 2);
  await context.close();
});

test('a long review says so after a while, and typing goes on', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'slow.tf': '# SLOW' });
  await page.getByRole('progressbar').waitFor();
  const long = await page.evaluate(() => new Promise((done) => {
    let last = performance.now();
    let longest = 0;
    const end = last + 500;
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (now < end) setTimeout(look, 0);
      else done(longest);
    };
    look();
  }));
  // The worker is busy for 1.2 seconds; whatever else the machine does, the page is not held up as long as that.
  assert.ok(long < 600, `the page was blocked for ${Math.round(long)} ms while the worker was busy`);
  await page.locator('.facts').waitFor();
  assert.equal(await page.getByRole('progressbar').count(), 0);
  await context.close();
});

test('names are text, whatever is in them', async () => {
  const { page, context, trouble, violations } = await open(browser, site.url);
  let dialogs = 0;
  page.on('dialog', (dialog) => { dialogs += 1; void dialog.dismiss(); });
  await drop(page, BEFORE, 'before');
  await drop(page, { ...asking('HOSTILE FINDINGS BROKEN'), '</script><img src=x onerror=alert(2)>.tf': '' });
  await page.locator('svg.g .nmx').first().waitFor();
  for (const tab of await page.locator('.tabs [role=tab]').all()) await tab.click();
  assert.ok((await page.locator('.tt').textContent()).includes('</script><img src=x onerror=alert(1)>'));
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(dialogs, 0);
  assert.deepEqual(await violations(), []);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('without a worker or WebAssembly the page says what is wrong and keeps the text', async () => {
  for (const refuse of ['delete globalThis.Worker', 'globalThis.Worker = class { constructor() { setTimeout(() => this.onerror?.({ message: "refused", preventDefault() {} })) } postMessage() {} terminate() {} }']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(refuse);
    await page.goto(site.url);
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').textContent(), /cannot run here/);
    await page.getByRole('button', { name: 'Paste text' }).click();
    await type(page, 'kept');
    assert.equal(await page.locator('.cm-line').first().textContent(), 'kept');
    await context.close();
  }
});

test('an empty set of resources is said, not left blank', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'main.tf': '# EMPTY' });
  await page.locator('.facts').waitFor();
  assert.equal(await page.locator('.none:visible').first().textContent(), 'No resource is declared in these files.');
  await context.close();
});

test('5,000 cards: painted on a canvas; a frame draws only what is in view', async (t) => {
  const { page, context, trouble } = await open(browser, site.url);
  const started = performance.now();
  await drop(page, { 'main.tf': '# LARGE 5000' });
  await page.locator('canvas.g').waitFor();
  const painted = performance.now() - started;
  const frames = await page.evaluate(() => new Promise((done) => {
    const wrap = document.querySelector('plumbline-review').shadowRoot.querySelector('.gwrap');
    const times = [];
    let last = performance.now();
    const turn = (count) => requestAnimationFrame((now) => {
      times.push(now - last);
      last = now;
      wrap.dispatchEvent(new WheelEvent('wheel', { deltaX: 40, deltaY: 25, ctrlKey: count % 10 === 0, cancelable: true }));
      if (count > 0) turn(count - 1);
      else done(times.slice(5).sort((a, b) => a - b));
    });
    turn(60);
  }));
  t.diagnostic(`first paint ${Math.round(painted)} ms, p95 frame ${frames[Math.floor(frames.length * 0.95)].toFixed(1)} ms`);
  const texts = await page.evaluate(async () => {
    const wrap = document.querySelector('plumbline-review').shadowRoot.querySelector('.gwrap');
    const { x, y, width, height } = wrap.getBoundingClientRect();
    const turn = (deltaX, deltaY, ctrlKey) => new Promise((done) => {
      wrap.dispatchEvent(new WheelEvent('wheel', { deltaX, deltaY, ctrlKey, clientX: x + width / 2, clientY: y + height / 2, cancelable: true }));
      requestAnimationFrame(() => requestAnimationFrame(done));
    });
    for (let i = 0; i < 40; i++) await turn(0, -100, true);
    let count = 0;
    const { prototype } = CanvasRenderingContext2D;
    const { fillText } = prototype;
    prototype.fillText = function counted(...all) { count++; return fillText.apply(this, all); };
    await turn(10, 10, false);
    prototype.fillText = fillText;
    return count;
  });
  assert.ok(texts < 1000, `${texts} texts were drawn in one frame`);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a dropped folder, files before and after, the version before taken away', async () => {
  const { page, context } = await open(browser, site.url);
  await page.evaluate(([before, after]) => {
    const transfer = new DataTransfer();
    const folder = (name, files) => Object.entries(files).map(([path, text]) => new File([text], path, { type: 'text/plain' }));
    for (const file of [...folder('before', before), ...folder('after', after)]) transfer.items.add(file);
    document.querySelector('plumbline-review').shadowRoot.querySelector('.frame').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [BEFORE, { 'main.tf': 'resource "aws_sqs_queue" "jobs" {}' }]);
  await page.locator('.facts').waitFor();
  assert.equal(await page.getByRole('tab', { name: /^Resources/ }).count(), 1, 'one version: a snapshot');
  await drop(page, BEFORE, 'before');
  await page.getByRole('tab', { name: /^Changes/ }).waitFor();
  await page.getByRole('button', { name: 'Files' }).click();
  await page.getByRole('menuitem', { name: 'Take the version before away' }).click();
  await page.getByRole('tab', { name: /^Resources/ }).waitFor();
  await context.close();
});
