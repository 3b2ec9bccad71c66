// The npm package as a program in Node meets it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, open, review, version } from '../node.js';

const BALANCER = 'resource "aws_lb" "main" {\n  load_balancer_type = "application"\n}\n';

test('one call in, one review out, with prices', async () => {
  const result = await review({ files: { 'main.tf': BALANCER }, options: { region: 'us-east-1' } });
  assert.equal(result.schema_version, 1);
  assert.deepEqual(result.resources.map(({ address }) => address), ['aws_lb.main']);
  // 730 hours at $0.0225, the price in data/prices/elb.json.
  assert.equal(result.cost.monthly.after.expected, '16.425');
});

test('a project stays, and says what changes', async () => {
  const project = await open({ region: 'us-east-1' });
  const bytes = (text) => new TextEncoder().encode(text);
  project.set_file('before', 'main.tf', bytes(''));
  project.set_file('after', 'main.tf', bytes(BALANCER));
  const result = JSON.parse(project.analyze());
  assert.deepEqual(result.changes.map(({ address, action }) => [address, action]), [['aws_lb.main', 'create']]);
  const scene = JSON.parse(project.layout({}));
  assert.equal(scene.cards.length, 1);
  assert.ok(project.geometry().length >= 4);
  assert.equal(project.text('after', 'main.tf'), BALANCER);
  assert.equal(project.text('after', 'none.tf'), undefined);
});

test('updates, joined one after the other, are the reviews', async () => {
  const project = await open({ region: 'us-east-1' });
  const set = (path, text) => project.set_file('after', path, new TextEncoder().encode(text));
  const names = Array.from({ length: 30 }, (_, at) => `resource "aws_sns_topic" "t${at}" {\n  name = "t${at}"\n}\n`);
  set('topics.tf', names.join(''));
  set('main.tf', BALANCER);
  let last = joined(project.update());
  assert.deepEqual(last, JSON.parse(project.analyze()));
  const edits = [['main.tf', ''], ['topics.tf', names.slice(0, 27).join('')], ['main.tf', BALANCER], ['topics.tf', names.join('').replace('"t9"', '"x"')]];
  for (const [path, text] of edits) {
    set(path, text);
    const update = project.update();
    const next = joined(update, last);
    const whole = project.analyze();
    assert.deepEqual(next, JSON.parse(whole));
    assert.ok(next.resources.some((entry) => last.resources.includes(entry)));
    assert.ok(update.length < whole.length);
    last = next;
  }
  assert.deepEqual(joined(project.update(), last), last);
});

test('what cannot be decoded is an error that names it', async () => {
  const project = await open();
  assert.throws(() => project.set_file('middle', 'main.tf', new Uint8Array()), /middle/);
  assert.throws(() => project.export('papyrus'), /papyrus/);
  assert.throws(() => project.set_prices(new Uint8Array([1, 2, 3])), Error);
  await assert.rejects(review({ files: 3 }));
});

test('the version is the package\'s', async () => {
  const { readFile } = await import('node:fs/promises');
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(version(), manifest.version);
});
