// What the page asks for, and what supplying it does.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { drop, launch, open, serve } from './page.mjs';
import { AFTER, BEFORE, asking } from './stories.mjs';

let browser;
let site;
let folder;
before(async () => {
  [browser, site] = [await launch(), await serve('fake')];
  folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  mkdirSync(join(folder, 'vpc', 'inner'), { recursive: true });
  writeFileSync(join(folder, 'vpc', 'main.tf'), 'resource "aws_vpc" "this" {}\n');
  writeFileSync(join(folder, 'vpc', 'inner', 'main.tf'), '');
  writeFileSync(join(folder, 'any-name.sh'), '#!/bin/sh\n');
});
after(async () => { await browser.close(); site.close(); rmSync(folder, { recursive: true }); });

const paths = (page, side = 'after') => page.evaluate((side) => [...document.querySelector('plumbline-review').store.files[side].keys()].sort(), side);

const supply = async (page, button, path) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(path);
};

test('a folder stands for the source of a module, in both versions, until it is taken back', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, BEFORE, 'before');
  await drop(page, AFTER);
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: /Not known/ }).click();
  assert.equal(await page.locator('.unk tbody tr', { hasText: 'module.vpc' }).count(), 1);
  await supply(page, 'Add the module’s folder', join(folder, 'vpc'));
  await page.locator('.given', { hasText: 'acme/vpc/aws = modules/vpc' }).waitFor();
  await page.locator('.unk tbody tr', { hasText: 'module.vpc' }).waitFor({ state: 'detached' });
  for (const side of ['before', 'after']) {
    assert.deepEqual((await paths(page, side)).filter((path) => path.startsWith('modules/')), ['modules/vpc/inner/main.tf', 'modules/vpc/main.tf']);
  }
  await page.locator('.given').getByRole('button', { name: 'Undo' }).click();
  await page.locator('.unk tbody tr', { hasText: 'module.vpc' }).waitFor();
  assert.deepEqual(await paths(page), Object.keys(AFTER).sort());
  await context.close();
});

test('a file goes where an expression looks for it, whatever it is called', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, asking('WANTS'));
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: /Not known/ }).click();
  await supply(page, 'Add the file', join(folder, 'any-name.sh'));
  await page.locator('.unk tbody tr', { hasText: './init.sh' }).waitFor({ state: 'detached' });
  assert.ok((await paths(page)).includes('live/init.sh'));
  await context.close();
});
