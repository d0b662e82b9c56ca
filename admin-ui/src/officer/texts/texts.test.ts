import { describe, expect, it } from 'vitest';
import en from './en.json';
import vi from './vi.json';

const keysOf = (texts: object, path = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null ? keysOf(text, `${path}${key}.`) : [`${path}${key}`],
  );
const placesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
const at = (texts: object, path: string) =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], texts) as string;

describe("the officer's texts", () => {
  it('stand in both languages, with the same places to fill in', () => {
    expect(keysOf(en)).toEqual(keysOf(vi));
    for (const key of keysOf(vi)) expect(placesIn(at(en, key)), key).toEqual(placesIn(at(vi, key)));
  });

  it('use no sign that the texts’ own syntax would take for something else', () => {
    for (const key of keysOf(vi)) expect(at(vi, key), key).not.toMatch(/[@|$]/);
  });
});
