// The page without a pointer: everything is reached and left by keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drop, launch, open, serve } from './page.mjs';
import { asking, BEFORE } from './stories.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('fake')]; });
after(async () => { await browser.close(); site.close(); });

const active = (page) => page.evaluate(() => {
  const element = document.querySelector('plumbline-review').shadowRoot.activeElement;
  return element ? `${element.tagName.toLowerCase()}.${element.className}` : null;
});
const focusedRow = (page) => page.evaluate(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.innerText.replace(/\s+/g, ' ').trim());
const selected = (page) => page.evaluate(() => document.querySelector('plumbline-review').store.selected);

async function review() {
  const opened = await open(browser, site.url);
  await drop(opened.page, BEFORE, 'before');
  await drop(opened.page, asking('FINDINGS'));
  await opened.page.locator('svg.g .nmx').first().waitFor();
  return opened;
}

test('the table is one tab stop; arrows walk, fold and go to the parent', async () => {
  const { page, context } = await review();
  await page.keyboard.press('t');
  assert.match(await focusedRow(page), /^primary/, 'the worst row is where the focus enters');
  await page.keyboard.press('ArrowDown');
  assert.match(await focusedRow(page), /read_replica/);
  await page.keyboard.press('ArrowLeft');
  assert.match(await focusedRow(page), /^primary/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  assert.match(await focusedRow(page), /^db /, 'folded: the next row is the next change');
  await page.keyboard.press(' ');
  assert.equal(await selected(page), 'aws_security_group.db');
  await page.keyboard.press('Home');
  assert.match(await focusedRow(page), /^Replaced 2/);
  await page.keyboard.press('End');
  assert.match(await focusedRow(page), /^Unchanged/);
  await page.keyboard.type('ap');
  assert.match(await focusedRow(page), /^app /, 'type to find');
  assert.equal(await page.locator('.tt [tabindex="0"], .tt a:not([tabindex])').count(), 1, 'one tab stop, however many places are named');
  await context.close();
});

test('Enter goes to the source line and Escape comes back to the row', async () => {
  const { page, context } = await review();
  await page.keyboard.press('t');
  await page.keyboard.press('Enter');
  await page.locator('.cm-content').waitFor();
  await page.waitForFunction(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.classList.contains('cm-content'));
  await page.keyboard.press('Escape');
  assert.match(await active(page), /^tr\./);
  assert.match(await focusedRow(page), /^primary/);
  await context.close();
});

test('Tab leaves the editor', async () => {
  const { page, context } = await review();
  await page.locator('.say .src').click();
  await page.waitForFunction(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.classList.contains('cm-content'));
  await page.keyboard.press('Shift+Tab');
  assert.doesNotMatch(String(await active(page)), /cm-content/);
  await context.close();
});

test('digits open tabs, / finds, ? helps; fields keep their keys', async () => {
  const { page, context } = await review();
  await page.keyboard.press('3');
  assert.equal(await page.getByRole('tab', { name: /^Cost/ }).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('tab', { name: /^Rollback/ }).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('/');
  await page.keyboard.type('route53 2');
  assert.equal(await page.getByRole('searchbox').inputValue(), 'route53 2', 'a digit in the field is text');
  await page.getByRole('searchbox').fill('route53');
  assert.equal(await page.locator('.tt tr:has(b)').count(), 1);
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('.tt tr:has(b)').count() > 5);
  await page.keyboard.press('Enter');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys and help' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await context.close();
});

test('the graph: arrows along edges, brackets to what is destroyed, Enter to the detail, Escape to the table', async () => {
  const { page, context } = await review();
  const said = () => page.locator('pl-graph [role=status]').textContent();
  await page.keyboard.press('g');
  assert.match(await said(), /^aws_db_instance\.primary/);
  await page.keyboard.press('ArrowRight');
  assert.match(await said(), /^aws_db_instance\.read_replica/);
  await page.keyboard.press('ArrowLeft');
  assert.match(await said(), /^aws_db_instance\.primary/);
  await page.keyboard.press(']');
  assert.match(await said(), /^aws_security_group\.db/);
  await page.keyboard.press('Enter');
  assert.equal(await selected(page), 'aws_security_group.db');
  assert.match(await active(page), /section\.detail/);
  await page.keyboard.press('g');
  await page.keyboard.press('Escape');
  assert.match(await active(page), /^tr\./);
  await context.close();
});

test('menus open, walk and close by keys', async () => {
  const { page, context } = await review();
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.match(await focusedRow(page), /^Save as Markdown/);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('menu').count(), 0);
  assert.match(await focusedRow(page), /^Export/);
  await context.close();
});
