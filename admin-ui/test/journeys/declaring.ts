import { syntheticIdNumber } from '#api/people/shared/id-number.ts';
import { aDeclaration, submitDocument } from '#test/builders.ts';
import type { TestServer } from '#test/server.ts';
import type { Locator, Page } from 'playwright-core';

export interface Traveller {
  name: string;
  /** Eight digits, or a year. */
  born: string;
  sex: 'Nữ' | 'Nam';
  /** Null under 14. */
  number: string | null;
}

let serial = Math.floor(Math.random() * 900_000);

/** A person with a number that is right in itself and belongs to nobody. */
export function aTraveller(of: Partial<Traveller> = {}): Traveller {
  const { name = 'Nguyễn Thị Hoa', born = '12031990', sex = 'Nữ' } = of;
  const birthYear = Number(born.slice(-4));
  const number = syntheticIdNumber({
    provinceCode3: '038',
    sex: sex === 'Nữ' ? 'FEMALE' : 'MALE',
    birthYear,
    serial: serial++,
  });
  return { name, born, sex, number, ...of };
}

export function aFamilyOfFive(): Traveller[] {
  const childBorn = `0202${new Date().getFullYear() - 8}`;
  return [
    aTraveller({ name: 'Trần Văn Nam', born: '05051980', sex: 'Nam' }),
    aTraveller({ name: 'Lê Thị Mai', born: '01011982', sex: 'Nữ' }),
    aTraveller({ name: 'Trần Văn An', born: childBorn, sex: 'Nam', number: null }),
    aTraveller({ name: 'Trần Thị Bình', born: childBorn, sex: 'Nữ', number: null }),
    aTraveller({ name: 'Trần Thị Cúc', born: '1950', sex: 'Nữ' }),
  ];
}

export const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click();
export const send = (page: Page) => page.getByRole('button', { name: 'Gửi và nhận mã QR' }).click();
export const screenTitle = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function fillPerson(part: Page | Locator, { name, born, sex, number }: Traveller): Promise<void> {
  await part.getByLabel('Họ và tên').fill(name);
  await part.getByLabel('Ngày sinh').pressSequentially(born);
  await part.getByText(sex, { exact: true }).click();
  if (number) await part.getByLabel('Số CCCD hoặc CMND').fill(number);
}

/** Types a few letters without diacritics and takes the first that is found. */
async function pickUnit(page: Page, label: string, letters: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill('');
  await page.getByRole('combobox', { name: label }).pressSequentially(letters);
  await page.locator('[role=option]').first().click();
}

export async function fillWho(page: Page, [first, ...companions]: [Traveller, ...Traveller[]]): Promise<void> {
  await screenTitle(page, 'Bạn là ai?');
  await fillPerson(page, first);
  await pickUnit(page, 'Nơi thường trú', 'tan phong quang xuong');
  await page.keyboard.type('Số 5, thôn Đông');
  for (const companion of companions) {
    await page.getByRole('button', { name: 'Thêm người đi cùng' }).click();
    await fillPerson(page.locator('details[name=companions][open]'), companion);
  }
  await next(page);
}

export async function fillWhere(page: Page, destination = 'quang binh quang xuong thanh hoa'): Promise<void> {
  await screenTitle(page, 'Bạn đi đâu?');
  await pickUnit(page, 'Nơi đến', destination);
  await page.keyboard.type('12 đường Lê Lợi');
  await page.getByText('Ô tô').click();
  await page.getByLabel('Biển số xe').fill('36A-123.45');
  await page.getByText('Về nhà', { exact: true }).click();
  await next(page);
}

export async function answerHealth(page: Page, no: 'Không' | 'Không ai' = 'Không'): Promise<void> {
  await screenTitle(page, 'Sức khỏe');
  await page.getByText(no, { exact: true }).first().waitFor();
  for (const answer of await page.getByText(no, { exact: true }).all()) await answer.click();
  for (const doses of await page.getByText('2', { exact: true }).all()) await doses.click();
  await next(page);
  await screenTitle(page, 'Kiểm tra và gửi');
}

/** From the first screen to the last, not sent yet. */
export async function fillAll(page: Page, people: [Traveller, ...Traveller[]] = [aTraveller()]): Promise<void> {
  await fillWho(page, people);
  await fillWhere(page);
  await answerHealth(page, people.length > 1 ? 'Không ai' : 'Không');
}

/** Declares and answers the secret of the pass that is shown. */
export async function declare(page: Page, people?: [Traveller, ...Traveller[]]): Promise<string> {
  await page.goto('/');
  await fillAll(page, people);
  await send(page);
  return passShown(page);
}

export async function passShown(page: Page): Promise<string> {
  await page.getByRole('img', { name: /^Mã QR của/ }).waitFor();
  return new URL(page.url()).hash.slice(1);
}

/** Opens the pass of somebody who declared elsewhere. */
export async function openPass(page: Page, server: TestServer, fullName = 'Nguyễn Thị Hoa'): Promise<string> {
  const input = aDeclaration({ person: { fullName } });
  await server.graphql(submitDocument, { input: [input] });
  await page.goto(`/pass#${input.receiptSecret ?? ''}`);
  return passShown(page);
}

/** The worker that keeps the pages on the phone has them all. */
export async function keptOnPhone(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
}
