import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { solveWork } from '#test/attacks/solve-work.ts';
import { testKeys } from '#test/test-config.ts';
import { Keyring } from '../platform/crypto/keyring.ts';
import { bitsUnder, challengeFor, isWorkDone } from './proof-of-work.ts';
import { SubmissionLoad } from './submission-load.ts';

const at = new Date('2021-08-23T07:05:00Z');
const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const withLookup = (...ids: string[]) => ({
  ...testKeys,
  lookup: new Keyring(ids.map((id) => ({ id, key: createHash('sha256').update(id).digest() }))),
});
const solved = (keys = testKeys) => solveWork({ challenge: challengeFor(keys, 'a form', 6, at), bits: 6 });

describe('work that was done', () => {
  test('holds for its form and half an hour', () => {
    const work = solved();
    expect(isWorkDone(testKeys, 'a form', work, after(29))).toBe(true);
    expect(isWorkDone(testKeys, 'a form', work, after(31))).toBe(false);
    expect(isWorkDone(testKeys, 'another form', work, after(1))).toBe(false);
  });

  test('is every piece of it', () => {
    const { challenge, answers } = solved();
    const withoutOne = answers.map((_, piece) => answers.with(piece, 1_000_000));
    expect(withoutOne.filter((some) => isWorkDone(testKeys, 'a form', { challenge, answers: some }, at))).toEqual([]);
    expect(isWorkDone(testKeys, 'a form', { challenge, answers: answers.slice(1) }, at)).toBe(false);
  });

  test('holds while the look-up key rotates, and not once its key is gone', () => {
    const work = solved(withLookup('old'));
    expect(isWorkDone(withLookup('new', 'old'), 'a form', work, at)).toBe(true);
    expect(isWorkDone(withLookup('new'), 'a form', work, at)).toBe(false);
  });
});

test('each doubling of the pressure doubles the work, to sixteenfold', () => {
  expect([1.01, 1.9, 2, 3.9, 4, 8, 16, 1_000, Infinity].map((pressure) => bitsUnder(pressure, 13))).toEqual([
    13, 13, 14, 14, 15, 16, 17, 17, 17,
  ]);
});

describe('how full the hands are', () => {
  test('is the mean of what arrives a second, forgotten within a minute', () => {
    const load = new SubmissionLoad(10, () => 0);
    let full = 0;
    for (let tenth = 0; tenth < 600; tenth += 1) full = load.arrived(2, new Date(at.getTime() + tenth * 100));
    expect(full).toBeGreaterThan(1.9);
    expect(full).toBeLessThan(2.1);
    expect(load.arrived(1, new Date(at.getTime() + 120_000))).toBeLessThan(0.05);
  });

  test('a coach that arrives at once is no flood', () => {
    expect(new SubmissionLoad(50, () => 0).arrived(50, at)).toBeLessThan(1);
  });

  test('or what waits for the database, where that is more', () => {
    expect(new SubmissionLoad(1_000, () => 3).arrived(1, at)).toBe(3);
  });
});
