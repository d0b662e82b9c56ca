import type { Page } from 'playwright-core';
import { testPassword, type TestServer } from '#test/server.ts';
import { expect } from 'vitest';
import { aDeclaration, anIdNumber, submit } from '#test/builders.ts';
import type { Journeys, Size } from './harness.ts';

export interface Held {
  id: string;
  code: string;
  pass: string;
  idNumber: string;
}

/** Declares in one submission: a family, a coach. The first one's pass is what is scanned. */
export async function travelTogether(server: TestServer, ...names: string[]): Promise<Held> {
  const input = names.map((fullName, at) =>
    aDeclaration({
      person: { fullName, idNumber: anIdNumber(), phone: at === 0 ? aPhone() : null },
      journey: { vehicle: names.length > 5 ? 'COACH' : 'CAR', plate: '36B01234' },
    }),
  );
  const [first] = (await submit(server, input)).data.submitDeclarations;
  if (first?.__typename !== 'DeclarationSubmitted') throw new Error(`Not submitted: ${JSON.stringify(first)}`);
  const { id, code, person } = first.declaration;
  return { id, code, pass: first.receipt.qrPayload, idNumber: person.idNumber };
}

let phones = 10_000_000;
export const aPhone = () => `+849${(phones += 1)}`;

export async function signIn(page: Page, username = 'officer.38', password = testPassword): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

export const ready = (page: Page) => page.getByRole('heading', { level: 1, name: 'Sẵn sàng quét' }).waitFor();

/** A page that breaks no rule of the content policy and has time on a busy machine. */
export async function visit(journeys: Journeys, size: Size): Promise<Page> {
  const page = await journeys.visit(size);
  page.setDefaultTimeout(25_000);
  page.on('console', (message) => expect(message.text()).not.toContain('Content Security Policy'));
  return page;
}

/** An officer who has signed in at Chốt Dốc Xây, with the camera off unless it is what the journey is about. */
export async function atTheLane(journeys: Journeys, size: Size, camera: 'on' | 'off' = 'off'): Promise<Page> {
  const page = await visit(journeys, size);
  await page.addInitScript((state) => localStorage.setItem('cordon.officer.camera', state), camera);
  await page.goto('/officer');
  await signIn(page);
  await page.getByRole('button', { name: 'Chốt Dốc Xây' }).click();
  await ready(page);
  return page;
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Mã đọc, số CCCD hoặc số điện thoại').fill(code);
  await page.keyboard.press('Enter');
}

/**
 * As a hand scanner does: the keys of a pass and Enter, wherever the keyboard is. Within the page, since on a busy machine
 * a key from outside takes as long as a person's.
 */
export async function handScan(page: Page, pass: string): Promise<void> {
  await page.evaluate(
    (keys) => {
      for (const key of keys)
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        );
    },
    [...pass, 'Enter'],
  );
}

export const shown = (page: Page, name: string) => page.locator('.person .name', { hasText: name }).waitFor();
/** Said for a second, and then ready for the next. */
export async function confirmed(page: Page, what: string): Promise<void> {
  await page.locator('.done', { hasText: what }).waitFor();
  await ready(page);
  await page.locator('.done').waitFor({ state: 'detached' });
}

export interface StoredPassage {
  id: string;
  decision: string;
  direction: string;
  evidence: string;
  reason: string | null;
  corrects: string | null;
}

export const storedOf = (server: TestServer, declarationId: string) =>
  server.sql<StoredPassage>(
    'select id, decision, direction, evidence, reason, corrects from passage where declaration_id = $1 order by recorded_at, id',
    [declarationId],
  );
