import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTrails, stayOf, type Step, type Trail } from './trail.ts';

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.integer({ min: 0, max: 9 }).map((hour) => `2021-08-23T0${hour}:00:00.000Z`),
  direction: fc.constantFrom('IN', 'OUT'),
  checkpointId: fc.constantFrom('a', 'b'),
  corrected: fc.boolean(),
});
// What is known of one passage differs only in whether it was corrected by then.
const facts = fc
  .array(step, { minLength: 1, maxLength: 6 })
  .map((steps) => steps.map((each, at): Trail => ({ [`p${at}`]: each })));
const uncorrected = (trail: Trail): Trail =>
  Object.fromEntries(Object.entries(trail).map(([id, each]) => [id, { ...each, corrected: false }]));

describe('what is known of an arrival’s passages', () => {
  it('is the same in whatever order it came, and however often, also where a correction was known first', () => {
    fc.assert(
      fc.property(
        facts.chain((known) =>
          fc.tuple(fc.constant(known), fc.shuffledSubarray([...known, ...known.map(uncorrected)])),
        ),
        ([known, others]) => {
          const whole = known.reduce(mergeTrails, {});
          const anyhow = [...others, ...known].reduce(mergeTrails, {});
          expect(anyhow).toEqual(whole);
          expect([...known, ...others].reduce(mergeTrails, {})).toEqual(whole);
        },
      ),
    );
  });

  const trail = (...steps: Array<[hour: number, direction: 'IN' | 'OUT', corrected?: boolean]>): Trail =>
    Object.fromEntries(
      steps.map(([hour, direction, corrected = false], at) => [
        `p${at}`,
        { at: `2021-08-23T0${hour}:00:00.000Z`, direction, checkpointId: `c${at}`, corrected },
      ]),
    );
  const hours = (of: Trail) => {
    const { cameAt, lastInAt, outAt } = stayOf(of);
    return [cameAt, lastInAt, outAt].map((at) => at && at.getUTCHours());
  };

  it('tells the first way in, the last, and the way out after it', () => {
    expect(hours(trail([1, 'IN']))).toEqual([1, 1, null]);
    expect(hours(trail([5, 'OUT'], [1, 'IN']))).toEqual([1, 1, 5]);
    expect(hours(trail([1, 'IN'], [2, 'OUT'], [3, 'IN']))).toEqual([1, 3, null]);
    expect(hours(trail([1, 'IN'], [2, 'IN'], [3, 'OUT'], [4, 'OUT']))).toEqual([1, 2, 3]);
    expect(hours(trail([2, 'OUT']))).toEqual([null, null, null]);
    expect(hours({})).toEqual([null, null, null]);
  });

  it('leaves out what was corrected', () => {
    expect(hours(trail([1, 'IN', true], [2, 'IN'], [3, 'OUT', true]))).toEqual([2, 2, null]);
    expect(stayOf(trail([1, 'IN', true], [2, 'IN'])).cameThrough).toBe('c1');
  });
});
