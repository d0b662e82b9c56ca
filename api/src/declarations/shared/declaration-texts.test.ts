import { describe, expect, it } from 'vitest';
import { checkDeclaration } from './declaration-checks.ts';
import { problemText } from './declaration-texts.ts';
import { PROBLEM_CODES } from './field-problems.ts';

describe('words for problems', () => {
  it.each(PROBLEM_CODES)('%s is said in Vietnamese and in English', (code) => {
    const [vi, en] = [problemText(code, 'vi'), problemText(code, 'en')];
    expect(vi).toMatch(/^\p{Lu}.+\.$/u);
    expect(en).toMatch(/^[A-Z].+\.$/);
    expect(vi).not.toBe(en);
    expect(vi).toBe(vi.normalize('NFC'));
  });

  it('every required field has words of its own, but for what the page fills in itself', () => {
    const nothing = checkDeclaration(
      {},
      { now: new Date(), channel: 'ONLINE', unit: () => undefined, checkClock: true },
    );
    for (const { path, code } of nothing) {
      if (code !== 'REQUIRED' || path === 'id' || path === 'receiptSecret') continue;
      expect(problemText(code, 'vi', path), path).not.toBe(problemText(code, 'vi'));
      expect(problemText(code, 'en', path), path).not.toBe(problemText(code, 'en'));
    }
  });

  it('a field without words of its own is told the general ones', () => {
    expect(problemText('TOO_LONG', 'en', 'person.constructor')).toMatch(/too long/);
    expect(problemText('REQUIRED', 'vi', 'person.permanentAddress.line')).toMatch(/thôn/);
  });
});
