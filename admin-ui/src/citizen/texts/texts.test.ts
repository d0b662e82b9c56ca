import { expect, it } from 'vitest';
import en from './en.json';
import later from './vi-later.json';
import first from './vi.json';

it('every text of the citizen’s pages stands in both languages, with the same values to fill in', () => {
  const values = (texts: Record<string, string>) =>
    Object.entries(texts).map(([key, text]) => [key, [...text.matchAll(/\{\w+\}/g)].map(String).sort()]);
  expect(values(en)).toEqual(values({ ...first, ...later }));
});
