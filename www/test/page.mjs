// What the tests share: the built page, served from the loopback, and a browser to look at it with.

import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));

const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage',
  // A page is open for seconds here: optimising the core's code costs more than it gains.
  '--js-flags=--liftoff-only',
];

export const built = (core) => join(here, core === 'fake' ? '../dist/fake/index.html' : '../dist/index.html');

/** Whether the page with the real core has been built. */
export const real = existsSync(built('real'));

export const axeSource = readFileSync(join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');

export const LAUNCH = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS };

/** The browser that `run.mjs` started for all files; a file that is run alone starts its own. */
export async function launch() {
  const shared = process.env.PLUMBLINE_BROWSER;
  return shared ? chromium.connect(shared) : chromium.launch(LAUNCH);
}

/** Serves one file as the hosted page; any other path is a failure of the page. */
export async function serve(core) {
  const bytes = readFileSync(built(core));
  const server = createServer((request, response) => {
    const found = request.url === '/';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found ? bytes : '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The page of each browser that tests use one after another: a new one costs three times what loading anew does. */
const pages = new Map();

/** Opens the page, loaded anew, and keeps a list of everything that should not happen. `fresh`: in a browser context of its own. */
export async function open(browser, url, { viewport = { width: 1600, height: 1000 }, colorScheme = 'light', fresh = false } = {}) {
  const own = fresh ? undefined : pages.get(browser);
  const page = own ?? await started(browser);
  if (!fresh) pages.set(browser, page);
  page.removeAllListeners();
  await page.context().clearPermissions();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, media: null });
  const trouble = [];
  page.on('request', (request) => { if (request.url() !== url && !/^(data|blob):/.test(request.url())) trouble.push(`request ${request.url()}`); });
  page.on('pageerror', (error) => trouble.push(`error ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') trouble.push(`console ${message.text()}`); });
  await page.goto(url);
  await page.locator('plumbline-review').waitFor({ state: 'attached' });
  const close = async () => { if (fresh) await page.context().close(); };
  return { page, context: { close }, trouble, violations: () => page.evaluate(() => globalThis.violations) };
}

async function started(browser) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  return page;
}

/** Drops files by path and text, as a reader would from a folder. */
export async function drop(page, files, side = 'after') {
  await page.evaluate(([list, where]) => {
    const store = document.querySelector('plumbline-review').store;
    const bytes = Object.entries(list).map(([path, text]) => [path, new TextEncoder().encode(text)]);
    store.setFiles(where, bytes);
  }, [files, side]);
}

/** What a download holds; the browser may be another process's. */
export async function saved(download) {
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Violations of WCAG 2.2 A and AA and of best practice, as short lines. */
export async function axe(page) {
  return violated(page, TAGS);
}

/** What of it colours decide: the theme and the layout's steps, and nothing between two widths of one step. */
export async function contrast(page) {
  return violated(page, { runOnly: { type: 'rule', values: COLOURS } });
}

/** Everything but that. */
export async function structure(page) {
  return violated(page, { ...TAGS, rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])) });
}

/** What scrolls and cannot be reached by keys. */
export async function unreachable(page) {
  return violated(page, { runOnly: { type: 'rule', values: ['scrollable-region-focusable'] } });
}

const TAGS = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } };
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function violated(page, options) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axeSource);
  const found = await page.evaluate((options) => globalThis.axe.run(document, { ...options, resultTypes: ['violations'] }), options);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => JSON.stringify(target)).join(' ')}`);
}

/** How far the page is wider than its window. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What reaches out of its place, over what stands beside or below it. */
export async function spills(page) {
  return page.evaluate(() => [...document.querySelector('plumbline-review').shadowRoot.querySelectorAll('.ct, .unk, .tt, .gfoot, pl-graph, pl-detail')].flatMap((element) => {
    const [inner, outer] = [element.getBoundingClientRect(), element.parentElement.getBoundingClientRect()];
    const below = element.matches('.gfoot, pl-graph, pl-detail') ? inner.bottom - outer.bottom : 0;
    const name = element.className || element.localName;
    return inner.width > 0 && Math.max(inner.right - outer.right, below) > 1 ? [`${name}: ${Math.round(inner.right - outer.right)} right, ${Math.round(below)} below`] : [];
  }));
}

/** On a narrow page: controls outside the window with nothing to scroll them in, words that are cut, and marks that something covers. */
export async function lost(page) {
  return page.evaluate(() => {
    const root = document.querySelector('plumbline-review').shadowRoot;
    const shown = (selector) => [...root.querySelectorAll(selector)].filter((element) => element.getBoundingClientRect().width > 0);
    const name = (element) => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
    const scrolled = (element) => {
      for (let above = element.parentElement; above; above = above.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth) return true;
      }
      return false;
    };
    const outside = shown('button, a, input, select, [tabindex="0"]').filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return (left < -1 || right > innerWidth + 1) && !scrolled(element);
    });
    const cut = shown('.tt .t, .tools .about, .sheet *, .facts *, .say *, .detail *')
      .filter((element) => !element.closest('svg, .code, .vh') && /hidden|clip/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1);
    const covered = shown('.tt .sev').filter((element) => {
      element.scrollIntoView({ block: 'center' });
      const { left, top, height } = element.getBoundingClientRect();
      const front = root.elementFromPoint(left + 4, top + height / 2);
      return front && !element.contains(front) && getComputedStyle(front).backgroundColor !== 'rgba(0, 0, 0, 0)';
    });
    return [...outside.map((element) => `outside: ${name(element)}`), ...cut.map((element) => `cut: ${name(element)}`), ...covered.map((element) => `covered: ${name(element)}`)];
  });
}
