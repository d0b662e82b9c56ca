import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

const surface = join(import.meta.dirname, '..');

function leaves(texts: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [below, text] of leaves(value as object, `${path}${key}.`)) found.set(below, text);
  }
  return found;
}
const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe("the administrator's texts", () => {
  it('are the same in both languages, with the same values filled in', () => {
    const english = leaves(en);
    expect([...english.keys()]).toEqual([...leaves(vi).keys()]);
    for (const [key, text] of leaves(vi)) expect(names(english.get(key) ?? ''), key).toEqual(names(text));
  });

  it('hold every key that a component asks for', () => {
    const known = leaves(vi);
    const sources = readdirSync(surface, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(vue|ts)$/.test(file),
    );
    for (const file of sources) {
      const source = readFileSync(join(surface, file), 'utf8');
      for (const [, key = ''] of source.matchAll(/\bt\('([\w.]+)'/g))
        expect(known.has(key), `${key} in ${file}`).toBe(true);
    }
  });
});
