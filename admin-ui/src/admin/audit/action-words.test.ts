import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import words from '../texts/vi.json' with { type: 'json' };
import { actions } from './action-words.ts';

// The texts ask for a page; the names alone are compared.
vi.mock('../texts.ts', () => ({ t: (key: string) => key }));

const api = join(import.meta.dirname, '../../../../api/src');
const sources = readdirSync(api, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
  // What may be done is named there, not what was.
  .filter((file) => !/policy\/(policy|root-fields|personal-types|action-texts)\.ts$/.test(file))
  .map((file) => readFileSync(join(api, file), 'utf8'));
const named = /'([a-z-]{3,}\.[a-z-]{3,}|sign-in|sign-out)'(?!:)/g;
/** Asks what somebody may, in parentheses of its own, or says it of a door. */
const asked = /(permit|scopeOf|reachOf|peopleShown|administrator|includes)\([^)]*\)|may: '[^']*'/g;
const namesIn = (text: string) => [...text.matchAll(named)].map(([, name = '']) => name);
const topics = sources.flatMap((source) =>
  [...source.matchAll(/topics(?:: | = )\[.*?\]/gi)].flatMap(([list]) => namesIn(list)),
);

/** What the API's sources write into the audit trail, by name. */
function entered(): string[] {
  const writing = sources.filter((source) => /audit|trail\.saw|sawForApp|enterDeed/.test(source));
  const names = writing.flatMap((source) => namesIn(source.replaceAll(asked, '')));
  return [...new Set(names)].filter((name) => !topics.includes(name));
}

it('whatever the API enters in the audit trail can be searched for, and is told in words', () => {
  const names = entered().map((name) => name.replaceAll('.', '_'));
  expect([...actions].sort()).toEqual(names.sort());
  expect(Object.keys(words.audit.actions).sort()).toEqual(names);
});
