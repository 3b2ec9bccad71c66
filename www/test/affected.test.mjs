// The question "what is affected if these files change?": asked by pointer and by keys, answered, refused, narrow and dark.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, drop, launch, open, overflow, serve, spills } from './page.mjs';
import { AFTER, asking } from './stories.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('fake')]; });
after(async () => { await browser.close(); site.close(); });

async function asked(options) {
  const opened = await open(browser, site.url, options);
  await drop(opened.page, asking('CODE'));
  await opened.page.getByRole('tab', { name: 'Affected' }).click();
  return opened;
}

test('without code there is no question; with code there is, and it begins empty', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, AFTER);
  await page.locator('.facts').waitFor();
  assert.equal(await page.getByRole('tab', { name: 'Affected' }).count(), 0);
  await drop(page, asking('CODE'));
  await page.getByRole('tab', { name: 'Affected' }).click();
  assert.match(await page.locator('.answer').textContent(), /^Name what changes/);
  assert.deepEqual(await page.locator('pl-affected datalist option').evaluateAll((options) => options.map(({ value }) => value)), ['applications/auth', '</script><img src=x onerror=alert(1)>']);
  await context.close();
});

test('by keys alone: the path, the answer in its parts, the resource, and back', async () => {
  const { page, context, trouble } = await asked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('applications/auth');
  await page.keyboard.press('Enter');
  await page.locator('.answer h3', { hasText: '1 resource is made of applications/auth' }).waitFor();
  assert.deepEqual((await page.locator('.answer section > h3').allInnerTexts()).map((text) => text.trim()),
    ['Is made anew 1 resource', 'May be affected 1 resource', 'Is what the code runs with 1 resource']);
  assert.deepEqual((await page.locator('.in-reach').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')), [
    '0 worker ecs_service is made of applications/auth rds.tf:37', '1 db_cpu cloudwatch_metric_alarm reads .name of worker rds.tf:17',
    '1 database_url secretsmanager_secret_version worker reads .arn of it rds.tf:13',
  ]);
  const focus = () => page.evaluate(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.textContent);
  for (let turn = 0; turn < 8 && await focus() !== 'worker'; turn += 1) await page.keyboard.press('Tab');
  assert.equal(await focus(), 'worker');
  await page.keyboard.press('Enter');
  await page.locator('.detail .addr', { hasText: 'aws_ecs_service.worker' }).waitFor();
  await page.getByRole('tab', { name: 'Affected' }).click();
  assert.equal(await page.locator('pl-affected input').inputValue(), 'applications/auth', 'the question stays');
  assert.equal(await page.locator('.in-reach').count(), 3);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a name that nothing has is refused with names that are like it, and those can be asked', async () => {
  const { page, context } = await asked();
  await page.locator('pl-affected input').fill('applications/aut');
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.locator('.answer h3', { hasText: 'Nothing here is called applications/aut.' }).waitFor();
  await page.locator('.answer').getByRole('button', { name: 'applications/auth' }).click();
  await page.locator('.in-reach').first().waitFor();
  // An edit is answered anew; starting over forgets the question.
  await drop(page, asking('CODE and more'));
  await page.locator('.in-reach').first().waitFor();
  await page.evaluate(() => document.querySelector('plumbline-review').store.startOver());
  await drop(page, asking('CODE'));
  await page.getByRole('tab', { name: 'Affected' }).click();
  assert.equal(await page.locator('pl-affected input').inputValue(), '');
  await context.close();
});

for (const [width, colorScheme] of [[1600, 'light'], [480, 'dark'], [360, 'light']]) {
  test(`at ${width}, ${colorScheme}: nothing axe objects to, nothing too wide`, async () => {
    const { page, context } = await asked({ viewport: { width, height: 800 }, colorScheme });
    assert.deepEqual(await axe(page), []);
    await page.locator('.offers').getByRole('button', { name: 'applications/auth' }).click();
    await page.locator('.in-reach').first().waitFor();
    assert.deepEqual(await axe(page), []);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await spills(page), []);
    assert.equal(await page.locator('img').count(), 0);
    await context.close();
  });
}
