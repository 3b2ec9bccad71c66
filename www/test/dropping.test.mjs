// Files and folders from the system, dropped by the browser itself: on the page, and on the question that asks for them.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, serve } from './page.mjs';

let browser;
let site;
let folder;
before(async () => {
  [browser, site] = [await launch(), await serve('real')];
  folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('shop/main.tf', 'module "queue" {\n  source = "example.org/acme/queue"\n  name   = "orders"\n}\n');
  write('shop/start.tf', 'resource "aws_instance" "web" {\n  ami           = "ami-1"\n  instance_type = "t3.small"\n  user_data     = file("${path.module}/init.sh")\n}\n');
  write('shop/.terraform/modules/other/main.tf', 'resource "aws_eip" "copy" {}\n');
  write('queue/main.tf', 'variable "name" {}\n\nresource "aws_sqs_queue" "this" {\n  name = var.name\n}\n\nmodule "alarm" {\n  source = "./alarm"\n}\n');
  write('queue/alarm/main.tf', 'resource "aws_sns_topic" "alarm" {}\n');
  write('boot.sh', '#!/bin/sh\n');
  write('before/start.tf', 'resource "aws_instance" "web" {\n  ami           = "ami-0"\n  instance_type = "t3.small"\n}\n');
});
after(async () => { await browser.close(); site.close(); rmSync(folder, { recursive: true }); });

const store = (page, of) => page.evaluate((of) => {
  const { review, files } = document.querySelector('plumbline-review').store;
  return of === 'files' ? [...files.after.keys()].sort() : review.resources.map(({ address }) => address);
}, of);

/** Drags what lies at paths of this disk over the middle of an element, and lets it go there if `end` is `drop`. */
async function drag(page, target, paths, end = 'drop', across = 0.5) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  const at = { x: box.x + box.width * across, y: box.y + box.height / 2 };
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', end]) await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await session.detach();
}

async function questions() {
  const opened = await open(browser, site.url);
  const { page } = opened;
  await drag(page, page.locator('.drop'), [join(folder, 'shop')]);
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: /^Not known/ }).click();
  return opened;
}

test('a folder of many files arrives whole and in order; an empty one is said to be empty', async () => {
  for (let at = 0; at < 300; at += 1) {
    mkdirSync(join(folder, `many/team-${at % 7}`), { recursive: true });
    writeFileSync(join(folder, `many/team-${at % 7}/queue-${at}.tf`), `resource "aws_sqs_queue" "q${at}" {\n  name = "q${at}"\n}\n`);
  }
  mkdirSync(join(folder, 'empty'));
  const { page, context, trouble } = await open(browser, site.url);
  await drag(page, page.locator('.drop'), [join(folder, 'empty')]);
  await page.getByRole('status').getByText('No files were in it.').waitFor();
  await drag(page, page.locator('.drop'), [join(folder, 'many')]);
  await page.locator('.facts').waitFor();
  assert.equal((await store(page, 'files')).length, 300);
  assert.equal((await store(page, 'resources')).length, 300);
  assert.equal(await page.getByText('No files were in it.').count(), 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

const asked = (page, what) => page.locator('.unk tbody tr', { hasText: what });

test('a folder dropped on the first page is reviewed, without copies and caches', async () => {
  const { page, context, trouble } = await questions();
  assert.deepEqual(await store(page, 'files'), ['main.tf', 'start.tf']);
  assert.deepEqual(await store(page, 'resources'), ['aws_instance.web', 'module.queue']);
  assert.equal(await page.evaluate(() => document.querySelector('plumbline-review').store.project), 'shop');
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a folder dropped on the question for a module is that module', async () => {
  const { page, context, trouble, violations } = await questions();
  await drag(page, asked(page, 'module.queue').locator('.takes'), [join(folder, 'queue')]);
  await asked(page, 'module.queue').waitFor({ state: 'detached' });
  assert.deepEqual(await store(page, 'resources'), ['aws_instance.web', 'module.queue.aws_sqs_queue.this', 'module.queue.module.alarm.aws_sns_topic.alarm']);
  assert.equal(await page.locator('.dropping').isVisible(), false, 'the question took it, not the page');
  await page.locator('.given', { hasText: 'example.org/acme/queue = modules/queue' }).getByRole('button', { name: 'Undo' }).click();
  await asked(page, 'module.queue').waitFor();
  assert.deepEqual(await store(page, 'resources'), ['aws_instance.web', 'module.queue']);
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('a file dropped on the question for a file goes where the expression looks', async () => {
  const { page, context, trouble } = await questions();
  await drag(page, asked(page, 'init.sh').locator('.takes'), [join(folder, 'boot.sh')]);
  await asked(page, 'init.sh').waitFor({ state: 'detached' });
  assert.deepEqual(await store(page, 'files'), ['init.sh', 'main.tf', 'start.tf']);
  const data = await page.evaluate(() => document.querySelector('plumbline-review').store.review.resources[0].attributes.user_data);
  assert.equal(data, '#!/bin/sh\n');
  assert.deepEqual(trouble, []);
  await context.close();
});

test('the chooser does the same, for a folder and for a file', async () => {
  const { page, context } = await questions();
  for (const [button, path, what] of [['Add the module’s folder', 'queue', 'module.queue'], ['Add the file', 'boot.sh', 'init.sh']]) {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: button }).click()]);
    await chooser.setFiles(join(folder, path));
    await asked(page, what).waitFor({ state: 'detached' });
  }
  assert.deepEqual(await store(page, 'files'), ['init.sh', 'main.tf', 'modules/queue/alarm/main.tf', 'modules/queue/main.tf', 'start.tf']);
  await context.close();
});

test('dropped beside the questions, the left half takes the version before; leaving takes nothing', async () => {
  const { page, context } = await questions();
  const frame = page.locator('.frame');
  await drag(page, frame, [join(folder, 'before')], 'dragCancel', 0.25);
  await page.mouse.move(400, 400);
  await page.locator('.dropping').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.querySelector('plumbline-review').store.compared), false);
  await drag(page, frame, [join(folder, 'before')], 'drop', 0.25);
  await page.getByRole('tab', { name: /^Changes/ }).waitFor();
  const changes = await page.evaluate(() => document.querySelector('plumbline-review').store.review.changes.map(({ address, action }) => `${action} ${address}`));
  assert.equal(await page.locator('.detail .addr').textContent(), 'aws_instance.web', 'what is worst is selected, until the reader selects');
  assert.deepEqual(changes.filter((change) => !change.startsWith('no-op')), ['replace aws_instance.web', 'create module.queue']);
  await context.close();
});
