// The page with the real core: from a paste to a review, and back out again.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { built, drop, launch, open, saved, serve } from './page.mjs';
import { zip } from './zip.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../samples');
let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('real')]; });
after(async () => { await browser.close(); site.close(); });

const review = (page) => page.evaluate(() => document.querySelector('plumbline-review').store.review);
const reviewed = (page) => page.locator('.facts').waitFor();
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

test('ready after a cold load, and the first review', async (t) => {
  const { page, context } = await open(browser, site.url, { fresh: true });
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  // From the start of the navigation: how long the browser took to start is not the page's.
  const ready = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await drop(page, { 'main.tf': 'resource "aws_sqs_queue" "jobs" {}\n' });
  await reviewed(page);
  t.diagnostic(`ready ${Math.round(ready)} ms, first review made in ${Math.round(await page.evaluate(() => document.querySelector('plumbline-review').store.status.milliseconds))} ms`);
  await context.close();
});

test('text pasted anywhere is reviewed', async () => {
  const { page, context, trouble, violations } = await open(browser, site.url);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'resource "aws_eip" "web" {\n  domain = "vpc"\n}\n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await reviewed(page);
  assert.deepEqual((await review(page)).resources.map(({ address }) => address), ['aws_eip.web']);
  await tab(page, 'Resources');
  await page.locator('.tt', { hasText: 'web' }).waitFor();
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('in a page of others, only what is pasted into the element is its own', async () => {
  const { page, context, trouble } = await open(browser, site.url, { fresh: true });
  const taken = await page.evaluate(() => {
    const alone = document.querySelector('plumbline-review');
    alone.wholePage = false;
    alone.remove();
    const article = document.createElement('p');
    const embedded = document.createElement('plumbline-review');
    document.body.append(article, embedded);
    const paste = (target) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'resource "aws_eip" "web" {}\n');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
      target.dispatchEvent(event);
      return [event.defaultPrevented, embedded.store.files.after.size];
    };
    return [paste(document.body), paste(article), paste(embedded.shadowRoot.querySelector('.drop button'))];
  });
  assert.deepEqual(taken, [[false, 0], [false, 0], [true, 1]]);
  await reviewed(page);
  // A key of the host's page is the host's too.
  await page.evaluate(() => document.activeElement?.blur());
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true })));
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a pasted program and a pasted template are read for what they are', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  const paste = (text) => page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  await paste('import pulumi_aws as aws\njobs = aws.sqs.Queue("jobs")\n');
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.resources.length === 1);
  await page.evaluate(() => document.activeElement?.blur());
  await paste('Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n');
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.resources.length === 2);
  assert.deepEqual((await review(page)).files.map(({ path, kind }) => [path, kind]), [['main.py', 'pulumi'], ['main.yaml', 'cloudformation']]);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('what is pasted into an empty editor decides what the file is', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page.locator('.cm-content').evaluate((editor) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'import pulumi_aws as aws\njobs = aws.sqs.Queue("jobs")\n');
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.resources.length === 1);
  assert.deepEqual((await review(page)).files.map(({ path, kind }) => [path, kind]), [['main.py', 'pulumi']]);
  assert.match(await page.locator('.cm-content').textContent(), /sqs\.Queue/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('typing is reviewed after a pause', async () => {
  const { page, context } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.insertText('resource "aws_sqs_queue" "jobs" {}\n');
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.resources.length === 1);
  await page.keyboard.insertText('resource "aws_sns_topic" "news" {}\n');
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review.resources.length === 2);
  await context.close();
});

test('the sample: a verdict, a cost, a card, a step, a gap, the lines that change', async () => {
  const { page, context, trouble, violations } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await reviewed(page);
  const said = await review(page);
  assert.equal(said.compared, true);
  assert.equal((await page.locator('.say h1').textContent()).replaceAll('`', ''), said.verdict.sentence.replaceAll('`', ''));
  assert.equal(await page.locator('.facts dt').count(), 6);
  await page.locator('svg.g .nmx', { hasText: 'primary' }).waitFor();
  await page.locator('.tt b', { hasText: /^primary$/ }).first().click();
  await page.locator('.detail .addr', { hasText: 'aws_db_instance.primary' }).waitFor();
  assert.ok((await page.locator('.detail .code .add').allTextContents()).some((line) => line.includes('storage_encrypted')));
  assert.ok((await page.locator('.detail .code .del').allTextContents()).some((line) => line.includes('db.t3.small')));
  await tab(page, 'Cost');
  const total = await page.locator('.ct tfoot td').allTextContents();
  const dollars = Number(said.cost.monthly.after.expected).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  assert.ok(total.includes(`$${dollars}`), `${total} holds $${dollars}`);
  await tab(page, 'Rollback');
  const first = said.rollback.tiers.flatMap(({ steps }) => steps)[0];
  await page.getByRole('checkbox', { name: `Done: ${first.text.replaceAll('`', '')}` }).first().check();
  assert.match(await page.locator('.hd.next .q').textContent(), /1 of \d+ done/);
  await tab(page, 'Not known');
  assert.equal(await page.locator('pl-not-known .unk tbody tr').count(), said.not_known.length);
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('every place is a link that goes to its line', async () => {
  const { page, context } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await reviewed(page);
  const { verdict } = await review(page);
  await page.locator('.say .src').click();
  await page.locator('.cm-activeLineGutter', { hasText: String(verdict.source.line) }).waitFor();
  assert.equal(await page.locator('.files [aria-selected="true"]').getAttribute('title'), verdict.source.file);
  await context.close();
});

test('a supplied value is reviewed, shown as given, and taken back', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'main.tf': 'variable "queues" {\n  type = number\n}\n\nresource "aws_sqs_queue" "jobs" {\n  count = var.queues\n}\n' });
  await reviewed(page);
  await tab(page, 'Not known');
  await page.getByLabel('Value for var.queues').fill('3');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review.resources.length === 3);
  assert.match(await page.locator('.given').textContent(), /var\.queues = 3 your value/);
  await page.locator('.given').getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review.resources.length === 1);
  await context.close();
});

test('a folder with before and after is compared', async () => {
  const { page, context } = await open(browser, site.url);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose a folder' }).click()]);
  await chooser.setFiles(join(samples, 'ecommerce'));
  await reviewed(page);
  const said = await review(page);
  assert.equal(said.compared, true);
  assert.ok(said.files.every(({ path }) => !path.includes('/')), 'the folders of the versions are not part of the paths');
  await context.close();
});

test('a template of CloudFormation is read by the core for every format', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  await drop(page, { 'main.tf': 'resource "aws_sqs_queue" "jobs" {}\n' });
  await reviewed(page);
  await drop(page, { 'stack.yaml': 'Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n' });
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.resources.length === 2);
  const seen = await review(page);
  assert.deepEqual(seen.files.map(({ path, kind }) => [path, kind]), [['main.tf', 'terraform'], ['stack.yaml', 'cloudformation']]);
  assert.deepEqual(seen.diagnostics, []);
  await page.locator('.tt b', { hasText: /^Orders$/ }).first().click();
  await page.locator('.detail .addr', { hasText: 'Orders' }).waitFor();
  await page.locator('.detail .code', { hasText: 'Type: AWS::SQS::Queue' }).waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a program with code: what is affected if a file of it changes', async () => {
  const { page, context, trouble, violations } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Bookshop' }).click();
  await reviewed(page);
  await tab(page, 'Affected');
  assert.deepEqual(await page.locator('.offers button').allTextContents(), ['auth', 'catalogue', 'orders', 'search'].map((name) => `applications/${name}`));
  await page.locator('pl-affected input').fill('applications/auth/src/main.go');
  await page.keyboard.press('Enter');
  await page.locator('.answer h3', { hasText: 'is made of applications/auth/src/main.go' }).waitFor();
  // Counted in services.py: the image; the task definition that runs it and the service of that; then what those name.
  const group = async (name) => (await page.locator('.answer section', { hasText: name }).locator('.in-reach b').allTextContents()).sort();
  assert.deepEqual(await group('Is made anew'), ['auth-image']);
  assert.deepEqual(await group('May be affected'), ['auth', 'auth-task']);
  const with_ = await group('Is what the code runs with');
  for (const name of ['auth-role', 'auth-execution', 'auth-logs', 'auth-target', 'settings']) assert.ok(with_.includes(name), `${name} in ${with_}`);
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('a zip is opened by the core, and its files can be read', async () => {
  const { page, context } = await open(browser, site.url);
  const text = 'resource "aws_sqs_queue" "jobs" {\n  delay_seconds = 5\n}\n';
  const bytes = [...zip({ 'project/main.tf': text })];
  await page.evaluate((list) => document.querySelector('plumbline-review').store.setFiles('after', [['project.zip', Uint8Array.from(list)]]), bytes);
  await reviewed(page);
  assert.deepEqual((await review(page)).resources.map(({ address }) => address), ['aws_sqs_queue.jobs']);
  await page.locator('.detail .code', { hasText: 'delay_seconds' }).waitFor();
  await tab(page, 'Source');
  await page.locator('.cm-line', { hasText: 'delay_seconds' }).waitFor();
  await context.close();
});

test('what cannot be read is said at its line, and the rest is reviewed', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'main.tf': 'resource "aws_sqs_queue" "jobs" {}\n\nresource "aws_sns_topic" "news" {\n  name = \n', 'logo.tf': '\u0000\u0001' });
  await reviewed(page);
  const said = await review(page);
  assert.ok(said.diagnostics.length > 0);
  assert.ok(said.resources.some(({ address }) => address === 'aws_sqs_queue.jobs'));
  await tab(page, 'Source');
  await page.locator('.files [role=tab]', { hasText: 'main.tf' }).click();
  await page.locator('.cm-content .msg').first().waitFor();
  await context.close();
});

test('what is open in a bill is no 0, and the total says that it leaves it out', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'main.tf': `variable "servers" {}
resource "aws_dynamodb_table" "items" {\n  name = "items"\n  billing_mode = "PAY_PER_REQUEST"\n  hash_key = "k"\n}
resource "aws_instance" "web" {\n  count = var.servers\n  ami = "ami-1"\n  instance_type = "t3.small"\n}
resource "aws_eip" "web" {\n  domain = "vpc"\n}\n` });
  await reviewed(page);
  assert.equal(await page.locator('.facts > div', { hasText: 'Cost a month' }).locator('.n').textContent(), '1 not priced; more by use');
  await tab(page, 'Cost');
  const row = (name) => page.locator('pl-cost .ct tbody tr', { hasText: name }).locator('td').nth(1).textContent();
  assert.deepEqual([await row('items'), await row('web[*]'), await row('eip')], ['by use', 'not priced', '$3.65']);
  await context.close();
});

test('what is in reach is not called unchanged where it may change', async () => {
  const { page, context } = await open(browser, site.url);
  const text = (cidr) => `module "net" {\n  source = "git::https://example.com/net.git"\n  cidr   = "${cidr}"\n}
resource "aws_security_group" "web" {\n  name   = "web"\n  vpc_id = module.net.vpc_id\n}\n`;
  await drop(page, { 'main.tf': text('10.0.0.0/16') }, 'before');
  await drop(page, { 'main.tf': text('10.1.0.0/16') });
  await reviewed(page);
  assert.match((await review(page)).affected[0].effect, /^may change/);
  await tab(page, 'Changes');
  await page.locator('.tt tr.g', { hasText: 'Also in reach' }).waitFor();
  assert.doesNotMatch(await page.locator('.tt').innerText(), /not changed/i);
  await context.close();
});

test('files of one name are told apart, unit prices have all their digits, and counts keep to their place', async () => {
  const { page, context } = await open(browser, site.url, { viewport: { width: 1400, height: 900 } });
  const text = (engine, runtime) => `variable "tasks" {}\nmodule "net" {\n  source = "./net"\n}
resource "aws_db_instance" "main" {\n  instance_class = "db.t3.medium"\n  engine = "${engine}"\n  allocated_storage = 20\n}
resource "aws_ecs_service" "api" {\n  name = "api"\n  launch_type = "FARGATE"\n  desired_count = ${engine === 'mysql' ? 1 : 'var.tasks'}\n  task_definition = aws_ecs_task_definition.api.arn\n}
resource "aws_ecs_task_definition" "api" {\n  family = "api"\n  cpu = 512\n  memory = 1024\n  network_mode = "awsvpc"\n  requires_compatibilities = ["FARGATE"]\n  container_definitions = "[]"\n}
resource "aws_sqs_queue" "${runtime}" {}\nresource "aws_sns_topic" "${runtime}" {}\n`;
  const net = 'resource "aws_nat_gateway" "main" {\n  subnet_id = "subnet-1"\n}\n';
  await drop(page, { 'main.tf': text('mysql', 'a'), 'net/main.tf': net }, 'before');
  await drop(page, { 'main.tf': text('postgres', 'b'), 'net/main.tf': net });
  await reviewed(page);
  const counts = page.locator('.facts .counts');
  assert.ok(await counts.evaluate((list) => Math.max(...[...list.children].map((child) => child.getBoundingClientRect().right)) <= list.getBoundingClientRect().right + 0.5));
  await page.locator('.tt .g', { hasText: 'Unchanged' }).click();
  await page.evaluate(() => document.querySelector('plumbline-review').store.select('module.net.aws_nat_gateway.main'));
  assert.match(await page.locator('.detail .dh .src').first().textContent(), /^net\/main\.tf:1/);
  await tab(page, 'Cost');
  const beside = (await page.locator('pl-cost aside').innerText()).replace(/\s+/g, ' ');
  assert.match(beside, /Processor\. \$0\.04048 per vCPU-h\. var\.tasks has no value/);
  await context.close();
});

test('a finding names its resource, and says a thing once', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'main.tf': 'resource "aws_dynamodb_table" "items" {\n  name = "items"\n  hash_key = "k"\n}\n' });
  await reviewed(page);
  await tab(page, 'Findings');
  const said = page.locator('pl-findings tbody tr', { hasText: 'point in time' }).locator('td').nth(1);
  assert.equal((await said.innerText()).replace(/\s+/g, ' ').trim(), 'The table cannot be restored to a point in time. aws_dynamodb_table.items');
  await said.getByRole('link').click();
  await page.locator('.detail .addr', { hasText: 'aws_dynamodb_table.items' }).waitFor();
  await context.close();
});

test('of a plan, which has no lines, the values that change are shown', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  const change = { actions: ['update'], before: { instance_type: 't3.small', password: 'old' }, after: { instance_type: 't3.large', password: 'new' }, after_unknown: {},
    before_sensitive: { password: true }, after_sensitive: { password: true } };
  await drop(page, { 'plan.json': JSON.stringify({ format_version: '1.2', terraform_version: '1.9.5', planned_values: { root_module: {} }, configuration: { root_module: {} },
    resource_changes: [{ address: 'aws_instance.web', mode: 'managed', type: 'aws_instance', name: 'web', provider_name: 'registry.terraform.io/hashicorp/aws', change }] }) });
  await page.locator('.detail .said li').first().waitFor();
  const values = (await page.locator('.detail .said li').allInnerTexts()).map((text) => text.trim()).sort();
  assert.deepEqual(values, ['instance_type: "t3.small" → "t3.large"', 'password: sensitive → sensitive']);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('of a plan that is one long line, what stands there of the resource is shown', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  const change = (at) => ({ actions: ['update'], before: { instance_type: 't3.small' }, after: { instance_type: 't3.large', user_data: `${at}`.repeat(2_000) }, after_unknown: {} });
  await drop(page, { 'plan.json': JSON.stringify({ format_version: '1.2', terraform_version: '1.9.5', planned_values: { root_module: {} }, configuration: { root_module: {} },
    resource_changes: [...Array(200).keys()].map((at) => ({ address: `aws_instance.web[${at}]`, mode: 'managed', type: 'aws_instance', name: 'web', index: at, provider_name: 'registry.terraform.io/hashicorp/aws', change: change(at) })) }) });
  await page.locator('.tt tr', { hasText: 'web[150]' }).first().click();
  await page.locator('.detail .addr', { hasText: 'aws_instance.web[150]' }).waitFor();
  const line = await page.locator('.detail .code pre').innerText();
  assert.match(line, /^… "aws_instance\.web\[150\]","mode":"managed"/);
  assert.ok(line.length < 1_010, `${line.length} characters`);
  assert.equal(await page.locator('.facts').getByText('200 of 200 changes').count(), 1);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('where nothing is found the page says why', async () => {
  const { page, context } = await open(browser, site.url);
  await drop(page, { 'README.md': '# Notes\n', 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n' });
  await page.locator('.say p', { hasText: 'service.yaml: this file holds Kubernetes objects and is not read.' }).waitFor();
  await page.locator('.say p', { hasText: /^README\.md holds nothing that is read here\./ }).waitFor();
  await context.close();
});

test('printed, the page is light, whatever theme it has', async () => {
  const { page, context } = await open(browser, site.url, { colorScheme: 'dark' });
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  const scheme = () => page.locator('plumbline-review').evaluate((element) => getComputedStyle(element).colorScheme);
  assert.equal(await scheme(), 'dark');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await scheme(), 'light');
  await context.close();
});

test('the styles of a page around the element do not reach into it', async () => {
  const { page, context } = await open(browser, site.url);
  const looks = () => page.locator('.start .lede').evaluate((text) => {
    const { color, fontSize, fontFamily, letterSpacing, textAlign, textTransform } = getComputedStyle(text);
    return { color, fontSize, fontFamily, letterSpacing, textAlign, textTransform };
  });
  const before = await looks();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('body * { color: red; font: 22px serif; letter-spacing: 3px; text-align: right; text-transform: uppercase }');
    document.adoptedStyleSheets.push(sheet);
  });
  assert.deepEqual(await looks(), before);
  await context.close();
});

test('where the page scrolls, the selected row leads to its detail', async () => {
  const { page, context } = await open(browser, site.url, { viewport: { width: 400, height: 800 } });
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await reviewed(page);
  await page.locator('.tt b', { hasText: /^db$/ }).first().click();
  await page.locator('.detail .addr', { hasText: 'aws_security_group.db' }).waitFor();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.waitForFunction(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.matches('.detail'));
  assert.ok((await page.locator('.detail').boundingBox()).y < 800);
  await context.close();
});

test('a sample opened by keys leaves the focus where the review begins', async () => {
  const { page, context } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).focus();
  await page.keyboard.press('Enter');
  await reviewed(page);
  await page.waitForFunction(() => document.querySelector('plumbline-review').shadowRoot.activeElement?.getAttribute('role') === 'tab');
  await context.close();
});

test('every export is made', async () => {
  const { page, context, trouble } = await open(browser, site.url);
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await reviewed(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const items = (await page.getByRole('menuitem').allTextContents()).filter((name) => name.startsWith('Save'));
  await page.keyboard.press('Escape');
  for (const name of items) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name, exact: true }).click()]);
    const text = await saved(download);
    assert.ok(text.length > 100, `${name} is ${text.length} long`);
    assert.ok(text.includes('primary'), `${name} speaks of the database`);
    if (!/^<!doctype html/i.test(text)) continue;
    // The document is read on a telephone too.
    const other = await browser.newPage({ viewport: { width: 400, height: 800 } });
    await other.setContent(text);
    assert.ok(await other.evaluate(() => document.documentElement.scrollWidth) <= 400, name);
    await other.close();
  }
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('the file opened from disk does the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  copyFileSync(built('real'), join(folder, 'plumbline.html'));
  const url = pathToFileURL(join(folder, 'plumbline.html')).href;
  const { page, context, trouble, violations } = await open(browser, url, { fresh: true });
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Shop moves to Kubernetes' }).click();
  await reviewed(page);
  await page.locator('svg.g .nmx').first().waitFor();
  assert.ok((await review(page)).resources.length > 20);
  assert.deepEqual(trouble, []);
  assert.deepEqual(await violations(), []);
  await context.close();
});

test('the policy stands in the page, and a request is refused by it', async () => {
  const { page, context, violations } = await open(browser, site.url);
  const outcome = await page.evaluate(() => fetch('/elsewhere').then(() => 'sent', () => 'refused'));
  assert.equal(outcome, 'refused');
  assert.match((await violations()).join(), /connect-src/);
  await context.close();
});
