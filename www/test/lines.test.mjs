// The lines of a block that changed: only those, whatever was added, moved or taken away around it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drop, launch, open, serve } from './page.mjs';

let browser;
let site;
before(async () => { [browser, site] = [await launch(), await serve('real')]; });
after(async () => { await browser.close(); site.close(); });

const queue = (name, ...lines) => [`resource "aws_sqs_queue" "${name}" {`, ...lines.map((line) => `  ${line}`), '}', ''].join('\n');

/** What the detail of a resource marks as taken out or put in. */
async function changed(old, now, address) {
  const { page, context, trouble } = await open(browser, site.url);
  await drop(page, old, 'before');
  await drop(page, now);
  await page.waitForFunction(() => document.querySelector('plumbline-review').store.review?.compared);
  await page.evaluate((address) => document.querySelector('plumbline-review').store.select(address), address);
  await page.locator('.detail .addr', { hasText: address }).waitFor();
  const lines = await page.locator('.detail .code > div').evaluateAll((all) => all
    .filter((line) => line.matches('.add, .del')).map((line) => `${line.matches('.add') ? '+' : '-'} ${line.querySelector('pre').textContent.trim()}`));
  assert.deepEqual(trouble, []);
  return { page, context, lines };
}

const shows = async (old, now, address, expected) => {
  const { context, lines } = await changed(old, now, address);
  assert.deepEqual(lines, expected);
  await context.close();
};

test('a block that others follow now keeps its brace', () => shows(
  { 'main.tf': queue('a', 'delay_seconds = 1') }, { 'main.tf': `${queue('a', 'delay_seconds = 2')}\n${queue('b', 'delay_seconds = 3')}` },
  'aws_sqs_queue.a', ['- delay_seconds = 1', '+ delay_seconds = 2']));

test('a block that stands elsewhere now, in its file or in another, is compared with itself', async () => {
  const [a, b] = [queue('a', 'name = "a"', 'delay_seconds = 1'), queue('b', 'delay_seconds = 3')];
  const now = queue('a', 'name = "a"', 'delay_seconds = 2');
  await shows({ 'main.tf': `${a}\n${b}` }, { 'main.tf': `${b}\n${now}` }, 'aws_sqs_queue.a', ['- delay_seconds = 1', '+ delay_seconds = 2']);
  await shows({ 'main.tf': `${a}\n${b}` }, { 'main.tf': b, 'queues.tf': now }, 'aws_sqs_queue.a', ['- delay_seconds = 1', '+ delay_seconds = 2']);
});

test('a new block in the place of one that is gone is new throughout', () => shows(
  { 'main.tf': queue('old', 'delay_seconds = 1') }, { 'main.tf': 'resource "aws_sns_topic" "new" {\n  name = "n"\n}\n' },
  'aws_sns_topic.new', ['+ resource "aws_sns_topic" "new" {', '+ name = "n"', '+ }']));

test('a key of a template is compared with itself', () => shows(
  { 'stack.yaml': 'Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 1\n' },
  { 'stack.yaml': 'Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 2\n  More:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 1\n' },
  'Jobs', ['- DelaySeconds: 1', '+ DelaySeconds: 2']));

test('compared side by side, too, only what changed is marked', async () => {
  const { page, context } = await changed(
    { 'main.tf': queue('a', 'delay_seconds = 1') }, { 'main.tf': `${queue('a', 'delay_seconds = 2')}\n${queue('b', 'delay_seconds = 3')}` }, 'aws_sqs_queue.a');
  await page.getByRole('tab', { name: /^Source/ }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  const marked = (side) => page.locator(`.cm-merge-${side} .cm-changedLine`).allTextContents();
  await page.locator('.cm-merge-a .cm-changedLine').first().waitFor();
  assert.deepEqual((await marked('a')).map((line) => line.trim()).filter(Boolean), ['delay_seconds = 1']);
  assert.deepEqual((await marked('b')).map((line) => line.trim()).filter(Boolean), ['delay_seconds = 2', 'resource "aws_sqs_queue" "b" {', 'delay_seconds = 3', '}']);
  await context.close();
});
