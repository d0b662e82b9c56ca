import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { drawnInSoftware, findChromium } from '../../../scripts/find-chromium.ts';
import { builtPages } from '../../../scripts/pages/built.ts';
import { caseOf, tracer } from '../data/contact-graph.ts';
import type { Figure } from '../figure.ts';
import { scriptOfFrames, type Trace } from '../script-of-frames.ts';

const root = join(import.meta.dirname, '../../..');
const people = 10_000;
const address = 'https://bench.invalid';
const flags = ['--headless', '--no-sandbox', ...drawnInSoftware];
const goalMs = 16;
const turns = { pans: 60, zooms: 15 };
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/**
 * The contact graph of the console, as it is built, with 10,000 people in it: how much script a frame costs while somebody drags
 * and zooms. CPU time of the page's main thread: what the machine does besides, and the drawing in software, are not in it.
 */
export async function graphFigures(say: (text: string) => void): Promise<Figure[]> {
  const dist = await builtPages(root);
  const answers = { CurrentViewer: tracer, CaseWhole: caseOf(people) };
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
    await page.route(`${address}/**`, (route) => answer(route, dist, answers));
    say(`Drawing ${people.toLocaleString('en')} people …`);
    await page.goto(`${address}/admin/tracing/${answers.CaseWhole.case.id}?view=graph`);
    await page.getByRole('application').waitFor({ timeout: 120_000 });
    await page.getByRole('application').scrollIntoViewIfNeeded();
    await frames(page, 3);
    const [pan, zoom] = [await measure(browser, page, drag), await measure(browser, page, wheel)];
    return [figure('graph-frame-pan', 'dragged', pan), figure('graph-frame-zoom', 'zoomed by the wheel', zoom)];
  } finally {
    await browser.close();
  }
}

async function answer(route: Route, dist: string, answers: Record<string, object>): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/graphql') {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    const data = answers[operationName];
    const refused = { data: null, errors: [{ message: 'Not here.', extensions: { code: 'NOT_FOUND' } }] };
    return route.fulfill({ json: data ? { data } : refused });
  }
  const file = extname(pathname) ? pathname : '/admin/index.html';
  const body = await readFile(join(dist, file)).catch(() => null);
  const contentType = types[extname(file)] ?? 'application/octet-stream';
  return body ? route.fulfill({ body, contentType }) : route.fulfill({ status: 404 });
}

const frames = (page: Page, count: number): Promise<void> =>
  page.evaluate(`(async () => {
    for (let done = 0; done < ${count}; done += 1) await new Promise(requestAnimationFrame);
  })()`);

async function measure(browser: Browser, page: Page, move: (page: Page) => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await move(page);
  return scriptOfFrames(JSON.parse((await browser.stopTracing()).toString('utf8')) as Trace);
}

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('The graph has no place on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let turn = 1; turn <= turns.pans; turn += 1) {
    await page.mouse.move(x + 100 * Math.sin(turn / 8), y + 60 * Math.sin(turn / 5));
    await frames(page, 1);
  }
  await page.mouse.up();
}

async function wheel(page: Page): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  for (let turn = 0; turn < turns.zooms; turn += 1) {
    await page.mouse.wheel(0, turn % 5 === 4 ? 400 : -100);
    await frames(page, 4);
  }
}

function figure(name: string, how: string, costs: number[]): Figure {
  const sorted = costs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  const p95 = at(0.95);
  return {
    name,
    what: `script a frame while a graph of ${people.toLocaleString('en')} people is ${how}, 95th percentile`,
    ...{ unit: 'ms', value: p95, reference: null, ratio: null, goal: goalMs, met: p95 <= goalMs },
    notes: [`median ${at(0.5).toFixed(1)} ms, most ${at(1).toFixed(1)} ms, ${costs.length} frames`],
  };
}
