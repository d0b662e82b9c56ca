import { chromium } from 'playwright-core';
import { installFromDebian, isProgram, programOnPath } from './find-program.ts';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** Chromium's arguments where WebGL is drawn by the processor: one or two frames a second. */
export const drawnInSoftware = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** The Chromium to run journeys with: CHROMIUM_PATH, the system's, Playwright's own, or Debian's, installed if need be. */
export function findChromium(): string {
  const found = foundChromium();
  if (found) return found;
  installFromDebian('chromium');
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
  const onPath = programOnPath(commands, ['/usr/bin', '/snap/bin']);
  return onPath ?? [...macApplications, chromium.executablePath()].find(isProgram) ?? null;
}
