import AxeBuilder from '@axe-core/playwright';
import type { Config } from '#api/config.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { drawnInSoftware, findChromium } from '../../../scripts/find-chromium.ts';

/** A cheap phone and a PC at a checkpoint. */
export const sizes = {
  phone: { width: 360, height: 800 },
  desktop: { width: 1366, height: 768 },
} as const;
export type Size = keyof typeof sizes;

const quiet = ['--headless', '--no-sandbox', '--disable-background-networking'];

export interface Journeys {
  server: TestServer;
  browser: Browser;
  /** A fresh visitor: nothing is kept from one to the next, and it goes with the test. What the page throws fails the journey at its end. */
  visit(size: Size, options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** The real server with the built pages, and a browser. `flags` are Chromium's, such as a fake camera's; `webGL` where a page draws by it. */
export async function startJourneys(
  options: { flags?: string[]; webGL?: boolean; demo?: boolean; config?: Partial<Config> } = {},
): Promise<Journeys> {
  if (!existsSync(join(import.meta.dirname, '../../dist/index.html')))
    throw new Error('The pages are not built. Run npm test, or npm run build first.');
  const graphics = options.webGL ? drawnInSoftware : ['--disable-gpu'];
  const [server, browser] = await Promise.all([
    startServer({ demo: options.demo ?? false, config: options.config ?? {} }),
    chromium.launch({ executablePath: findChromium(), args: [...quiet, ...graphics, ...(options.flags ?? [])] }),
  ]);
  const thrown: string[] = [];

  async function visit(size: Size, more: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: sizes[size], baseURL: server.url, locale: 'vi-VN', ...more });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    // Long enough for a machine that does other work too; what is awaited comes at once where it does not.
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => thrown.push(`${page.url()} ${error.name} ${error.message} ${error.stack ?? ''}`));
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && thrown.push(message.text()));
    return page;
  }

  async function stop(): Promise<void> {
    await browser.close();
    await server.stop();
    expect(thrown, 'errors that pages threw').toEqual([]);
  }
  return { server, browser, visit, stop };
}

/**
 * No violation of WCAG 2.2 A or AA on the page as it stands, seen whole: what a bar at the edge covers until one scrolls
 * would count as too small to press.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
  const before = page.viewportSize() ?? sizes.phone;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: before.width, height: Math.max(before.height, height) });
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  await page.setViewportSize(before);
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(told, `${page.url()} breaks WCAG 2.2 A or AA`).toEqual([]);
}

/** Counts what a finger does: presses of anything but a key. What is typed, and the keyboard's Next, is typing. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    addEventListener(
      'pointerdown',
      () => sessionStorage.setItem('taps', String(Number(sessionStorage.getItem('taps') ?? 0) + 1)),
      true,
    );
  });
  return () => page.evaluate(() => Number(sessionStorage.getItem('taps') ?? 0));
}
