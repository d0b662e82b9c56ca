import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure } from './outcome.ts';
import { Pace } from './pace.ts';

const now = new Date('2026-11-27T00:00:00Z');
const settings = { mostAttempts: 8 };
const failure = (why: 'TIMEOUT' | 'FAULT' | 'NOT_AUTHORISED', retryable = true) =>
  ({ kind: 'FAILED', why, retryable, detail: '' }) as const;
const waits = (outcome: ReturnType<typeof afterFailure>) =>
  outcome.kind === 'FAILED' && outcome.dueAt ? outcome.dueAt.getTime() - now.getTime() : null;

describe('after a failure', () => {
  it('it is asked again ever later, spread over half of the pause, an hour at most, and in the end given up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
        const wait = waits(afterFailure(failure('TIMEOUT'), attempts, settings, { now, random }));
        const pause = Math.min(30_000 * 2 ** attempts, 3_600_000);
        if (attempts === 7) expect(wait).toBeNull();
        else {
          expect(wait).toBeGreaterThanOrEqual(pause / 2 - 1);
          expect(wait).toBeLessThanOrEqual(pause);
        }
      }),
    );
  });

  it('that would come again it waits longest at once', () => {
    expect(waits(afterFailure(failure('FAULT', false), 0, settings, { now, random: 1 }))).toBe(3_600_000);
  });

  it('that is a refusal of us, none of its tries are used up', () => {
    const outcome = afterFailure(failure('NOT_AUTHORISED', false), 7, settings, { now, random: 1 });
    expect(outcome).toEqual({ kind: 'FAILED', failure: 'NOT_AUTHORISED', dueAt: now, counted: false });
  });
});

describe('the pace', () => {
  it('lets through so many a second, also after a rest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 }), (rests) => {
        let clock = 0;
        const pace = new Pace(10, () => clock);
        const passed = rests.map((rest) => {
          clock += rest;
          return clock + pace.turn();
        });
        for (const [index, at] of passed.entries())
          if (index > 0) expect(at - (passed[index - 1] ?? 0)).toBeGreaterThanOrEqual(100 - 1e-6);
        for (const at of passed)
          expect(passed.filter((other) => other >= at && other < at + 1_000 - 1e-6).length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
