import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The Chromium to run journeys with: CHROMIUM_PATH, the system's, Playwright's own, or Debian's, installed if need be. */
export function findChromium(): string {
  const found = foundChromium();
  if (found) return found;
  if (isDebianRoot()) {
    console.log('There is no Chromium here: installing Debian’s …');
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', 'chromium');
  }
  const installed = foundChromium();
  if (installed) return installed;
  throw new Error(
    [
      'The journeys run in Chromium, and none was found. One of these mends it:',
      '  - on Debian:   sudo apt-get install chromium',
      '  - elsewhere:   install Chromium or Google Chrome, or run: npx playwright-core install chromium',
      '  - if you have one: set CHROMIUM_PATH to its program',
      'Without a browser, the other tests run with: npm test -- --project unit --project api',
    ].join('\n'),
  );
}

function foundChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (!isProgram(named)) throw new Error('CHROMIUM_PATH names no program that can be run.');
    return named;
  }
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  const onPath = commands.flatMap((command) => directories.map((directory) => join(directory, command)));
  return [...onPath, ...macApplications, chromium.executablePath()].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    console.error(`apt-get ${args[0] ?? ''} failed.`);
  }
}
