// npm run screenshots: starts the demo beside whatever runs, and makes the pictures of the README from its pages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { newReceiptSecret } from '../api/src/declarations/shared/receipt-secret.ts';
import { syntheticIdNumber } from '../api/src/people/shared/id-number.ts';
import { newUuid7 } from '../api/src/platform/shared/uuid7.ts';
import { drawnInSoftware, findChromium } from './find-chromium.ts';

const root = join(import.meta.dirname, '..');
const pictures = join(root, 'docs/screenshots');
const port = 4907;
const base = `http://localhost:${port}`;
const password = 'anh chup man hinh';
const phone = { width: 360, height: 800 };
const pc = { width: 1366, height: 768 };
const wall = { width: 1920, height: 1080 };

async function startDemo(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cordon-screenshots-'));
  await chmod(dataDir, 0o755);
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO_PASSWORD: password };
  const server = spawn('node', [join(root, 'scripts/start.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready in')) break;
  server.stdout.resume();
  return async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
}

interface Held {
  secret: string;
  code: string;
}

/** A declaration that a person could have made a minute ago. */
async function declare(): Promise<Held> {
  const secret = newReceiptSecret('38');
  const idNumber = syntheticIdNumber({ provinceCode3: '038', sex: 'FEMALE', birthYear: 1990, serial: 12_234 });
  const address = { line: 'Thôn 3', unitCode: '16468' };
  const person = { fullName: 'Nguyễn Thị Hoa', dateOfBirth: '1990-05-17', sex: 'FEMALE', nationality: 'VNM', idNumber };
  const testedAt = new Date(Date.now() - 80 * 3_600_000).toISOString();
  const health = {
    symptoms: [],
    contactWithCase: false,
    contactWithSymptomatic: false,
    contactFromAffectedArea: false,
  };
  const input = {
    id: newUuid7(),
    receiptSecret: secret,
    person: { ...person, permanentAddress: address },
    journey: {
      purpose: 'HOME',
      originCode: '776',
      destinationCode: '406',
      destinationAddress: address,
      departsAt: new Date().toISOString(),
      vehicle: 'MOTORBIKE',
      plate: '36B112345',
    },
    health: {
      ...health,
      visitedEpidemicArea: true,
      visitedUnitCodes: ['776'],
      testedAt,
      testNegative: true,
      vaccineDoses: 2,
    },
  };
  const query = `mutation ($input: [DeclarationInput!]!) {
    submitDeclarations(input: $input) { ... on DeclarationSubmitted { declaration { id code } } }
  }`;
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: [input] } }),
  });
  const { data } = (await response.json()) as { data: { submitDeclarations: [{ declaration: { code: string } }] } };
  return { secret, code: data.submitDeclarations[0].declaration.code };
}

async function visit(browser: Browser, viewport: typeof phone, path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'vi-VN' })).newPage();
  await page.goto(base + path);
  return page;
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

const shoot = async (page: Page, name: string) => {
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

async function shootOfficer(browser: Browser, code: string): Promise<void> {
  const page = await visit(browser, phone, '/officer');
  await signIn(page, 'officer.38');
  await page.getByRole('button', { name: /Dốc Xây/ }).click();
  const field = page.getByRole('textbox').first();
  await field.fill(code);
  await field.press('Enter');
  await page.getByText('NGUYỄN THỊ HOA', { exact: false }).first().waitFor();
  await shoot(page, 'officer-phone');
}

/** The flow once it moves, and the contacts of the demo's first case as WebGL draws them. */
async function shootCommandPost(browser: Browser): Promise<void> {
  const live = await visit(browser, wall, '/admin/live');
  await signIn(live, 'analyst.38');
  await live.waitForTimeout(20_000);
  await shoot(live, 'live-wall');
  const tracing = await visit(browser, pc, '/admin/tracing');
  await signIn(tracing, 'tracer.38');
  await tracing.getByRole('row').nth(1).getByRole('link').click();
  await tracing.getByRole('button', { name: 'Đồ thị' }).click();
  await tracing.getByRole('application').waitFor();
  await shoot(tracing, 'graph-pc');
}

async function takePictures(browser: Browser): Promise<void> {
  const { secret, code } = await declare();
  await shoot(await visit(browser, phone, '/'), 'citizen-phone');
  await shoot(await visit(browser, phone, `/pass#${secret}`), 'pass-phone');
  await shootOfficer(browser, code);
  const admin = await visit(browser, pc, '/admin');
  await signIn(admin, 'admin.38');
  await admin.getByRole('link', { name: 'Lượt qua chốt' }).first().click();
  await admin.waitForURL('**/admin/passages');
  await admin.getByRole('row').nth(4).waitFor();
  await shoot(admin, 'admin-pc');
  await shootCommandPost(browser);
}

await mkdir(pictures, { recursive: true });
const stopDemo = await startDemo();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--headless', '--no-sandbox', ...drawnInSoftware],
});
try {
  await takePictures(browser);
} finally {
  await browser.close();
  await stopDemo();
}
