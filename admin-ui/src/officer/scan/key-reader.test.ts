import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyReader } from './key-reader.ts';

const pass = 'CDN1:RRQ 1+2/3 ';
let now = 0;
let heard: string[] = [];
let singleKeys = true;
const reader = createKeyReader({
  burst: (text) => heard.push(`burst ${text}`),
  typed: (text) => heard.push(`typed ${text}`),
  key: (key) => '123gB'.includes(key) && heard.push(`key ${key}`) > 0,
  singleKeys: () => singleKeys,
});

/** Where the device is busy, timers come only after the key. */
function press(key: string, afterMs: number, { busy = false } = {}): { prevented: boolean } {
  if (!busy) vi.advanceTimersByTime(afterMs);
  now += afterMs;
  const event = {
    key,
    timeStamp: now,
    prevented: false,
    preventDefault: () => (event.prevented = true),
    stopPropagation: () => undefined,
  };
  reader.press(event as unknown as KeyboardEvent);
  return event;
}
function type(text: string, gapMs: number): void {
  for (const key of [...text, 'Enter']) press(key, gapMs);
}

beforeEach(() => {
  vi.useFakeTimers();
  [heard, singleKeys] = [[], true];
  press('Shift', 5_000);
});
afterEach(() => vi.useRealTimers());

describe('a reader of keys', () => {
  it('takes what a hand scanner types as one text, with its blanks, and presses nothing by its digits', () => {
    type(pass, 4);
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual([`burst ${pass}`]);
  });

  it('takes a card with its bars and Vietnamese letters as one text', () => {
    const card = '038190000001||Nguyễn Thị Hoa|17051990|Nữ|Thôn 3, Thanh Hóa|01052021';
    type(card, 4);
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual([`burst ${card}`]);
  });

  it('keeps blanks and Enter of a scanner from pressing the button that has the focus', () => {
    for (const key of 'CDN1:') press(key, 4);
    expect(press(' ', 4).prevented).toBe(true);
    expect(press('Enter', 4).prevented).toBe(true);
  });

  it('leaves a lone blank and a lone Enter to the button that has the focus', () => {
    expect(press(' ', 1_000).prevented).toBe(false);
    expect(press('Enter', 1_000).prevented).toBe(false);
    expect(heard).toEqual([]);
  });

  it('leaves a blank to the tick box that was reached by an arrow, right after another key', () => {
    press('a', 1_000);
    press('ArrowDown', 120);
    expect(press(' ', 120).prevented).toBe(false);
    expect(heard).toEqual(['typed a']);
  });

  it('takes a digit by itself for a decision', () => {
    press('1', 1_000);
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['key 1']);
  });

  it('takes a digit right after a letter that chose something, and none after that', () => {
    press('g', 1_000);
    press('1', 150);
    press('2', 150);
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['key g', 'key 1', 'typed 2']);
  });

  it('takes a letter and a digit for the same two keys however fast they are pressed', () => {
    press('g', 1_000);
    press('1', 30);
    vi.advanceTimersByTime(200);
    press('0', 1_000);
    press('1', 30);
    press('x', 1_000);
    press('1', 30);
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['key g', 'key 1', 'typed 01', 'typed x1']);
  });

  it('loses no key to a device that was busy between two', () => {
    press('g', 1_000);
    press('1', 150, { busy: true });
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['key g', 'key 1']);
  });

  it.each([1, 12, 40, 85])('reads a code of a scanner with %i ms between two characters', (gap) => {
    for (const text of [pass, '212345678|NGUYEN THI HOA|1990-05-17|0||']) {
      heard = [];
      type(text, gap);
      vi.advanceTimersByTime(1_000);
      expect(heard).toEqual([`burst ${text}`]);
    }
  });

  it.each([100, 150, 250])('takes no word of somebody who types with %i ms between two keys for a code', (gap) => {
    press('1', 1_000);
    for (const key of 'gi2k') press(key, gap);
    expect(press('Enter', gap).prevented).toBe(false);
    expect(heard.some((one) => one.startsWith('burst'))).toBe(false);
  });

  it('admits nobody by the digits of a scanner that is slow, and takes its text as one too', () => {
    type(pass, 140);
    vi.advanceTimersByTime(1_000);
    expect(heard.filter((one) => !one.startsWith('typed'))).toEqual([`burst ${pass}`]);
  });

  it('admits nobody by the first digit of a passport that a slow scanner types', () => {
    for (const gap of [30, 140]) {
      press('B', 1_000);
      press('1', gap);
      vi.advanceTimersByTime(200);
    }
    expect(heard).toEqual(['typed B1', 'key B', 'typed 1']);
  });

  it('leaves Enter to the focused button after a few keys by hand', () => {
    for (const key of '1a1') press(key, 400);
    expect(press('Enter', 400).prevented).toBe(false);
  });

  it('hands on what is no shortcut, and everything where shortcuts are off', () => {
    press('0', 1_000);
    vi.advanceTimersByTime(200);
    singleKeys = false;
    press('1', 1_000);
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['typed 0', 'typed 1']);
  });
});
