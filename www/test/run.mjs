// Runs the test files, two at a time, in one browser: starting one for each file took longer than many of the files.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { LAUNCH } from './page.mjs';

const here = dirname(fileURLToPath(import.meta.url));
/** The longest first, so that neither of the two runs on alone. */
const LONG = ['widths.test.mjs', 'states.test.mjs'];
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort((a, b) => LONG.indexOf(b) - LONG.indexOf(a));

const browser = await chromium.launchServer(LAUNCH);
const test = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files.map((name) => join(here, name))], {
  stdio: 'inherit', env: { ...process.env, PLUMBLINE_BROWSER: browser.wsEndpoint() },
});
test.on('exit', async (code) => {
  await browser.close();
  process.exitCode = code ?? 1;
});
