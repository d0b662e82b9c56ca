import type { Page } from 'playwright-core';
import { atTheLane } from './at-the-lane.ts';
import type { Journeys, Size } from './harness.ts';

/** A keyboard that counts: what is free text on the form is typed besides. */
export function countingKeyboard(page: Page) {
  let keys = 0;
  let letters = 0;
  const counted = (presses: number) => void (keys += presses);
  return {
    async press(...names: string[]) {
      counted(names.length);
      for (const name of names) await page.keyboard.press(name, { delay: 10 });
    },
    async type(text: string) {
      counted(text.length);
      await page.keyboard.type(text, { delay: 40 });
    },
    async free(text: string) {
      letters += text.length;
      await page.keyboard.type(text, { delay: 10 });
    },
    count: () => ({ keys, letters }),
  };
}

export type Keyboard = ReturnType<typeof countingKeyboard>;

export interface OnPaper {
  number: string;
  fullName: string;
  idNumber: string;
}

/** From the form's number to its last answer, by the keyboard alone; Enter then saves. */
export async function keyIn(keyboard: Keyboard, page: Page, { number, fullName, idNumber }: OnPaper): Promise<void> {
  if (number) await keyboard.type(number);
  await keyboard.press('Enter');
  await keyPerson(keyboard, page, fullName, idNumber);
  await pickUnit(keyboard, page, 'tpq');
  await pickUnit(keyboard, page, 'tpq');
  await keyboard.free('Thôn 3');
  // The day of departure stands; the last day of the stay may stay empty.
  await keyboard.press('Enter', 'Enter', 'Enter');
  await keyboard.press('2', '3');
  await keyboard.type('36B112345');
  await keyboard.press('Enter');
  await keyHealth(keyboard);
}

async function keyPerson(keyboard: Keyboard, page: Page, fullName: string, idNumber: string): Promise<void> {
  await keyboard.free(fullName);
  await keyboard.press('Enter');
  await keyboard.type('17051990');
  await keyboard.press('Enter', '2');
  await keyboard.type(idNumber);
  await keyboard.press('Enter', 'Enter');
  await keyboard.type('0912345678');
  await keyboard.press('Enter');
  await pickUnit(keyboard, page, 'tpq');
  await keyboard.free('Thôn 3');
  await keyboard.press('Enter');
}

export const keyHealth = (keyboard: Keyboard) => keyboard.press('0', '0', '0', '0', '0', '0', '2');

/** Three letters and Enter, at once: what is found first is taken when it is found; Enter goes on. */
async function pickUnit(keyboard: Keyboard, page: Page, letters: string): Promise<void> {
  await keyboard.type(letters);
  await keyboard.press('Enter');
  await page.waitForFunction(
    () =>
      document.activeElement?.getAttribute('aria-expanded') === 'false' &&
      (document.activeElement as HTMLInputElement).value.includes(','),
  );
  await keyboard.press('Enter');
}

export async function atThePaperDesk(journeys: Journeys, size: Size): Promise<Page> {
  const page = await atTheLane(journeys, size);
  await page.getByRole('button', { name: 'Phiếu giấy' }).click();
  await page.getByRole('heading', { level: 1, name: 'Phiếu giấy' }).waitFor();
  return page;
}

export const counts = (page: Page, entered: number, outstanding: number) =>
  page.getByText(`Ca này: đã nhập ${entered}, còn ${outstanding}`).waitFor();
