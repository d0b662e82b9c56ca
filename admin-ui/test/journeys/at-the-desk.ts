import { testPassword } from '#test/server.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Journeys, Size } from './harness.ts';

// As patient as the page's own waits.
export const eventually = <Value>(get: () => Value | Promise<Value>) => expect.poll(get, { timeout: 10_000 });
export const rows = (page: Page) => page.locator('tbody tr');
export const openedRow = (page: Page) => page.locator('tbody tr.opened');
export const panel = (page: Page) => page.getByRole('complementary', { name: 'Chi tiết' });
export const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
export const inNavigation = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** Signed in at the address they asked for: the province's administrator, unless somebody else is named. */
export async function openAt(journeys: Journeys, size: Size, address: string, username = 'admin.38'): Promise<Page> {
  const page = await journeys.visit(size);
  await page.goto(address);
  await signIn(page, username, testPassword);
  return page;
}
