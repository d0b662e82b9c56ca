import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advice } from '#api/territory/shared/movement-rules/advice.ts';
import { advise, isReasonCode, reasonText } from './advice.ts';
import { Symptom, type HealthAnswers } from './declaration-draft.ts';

const AT = new Date('2021-08-23T07:00:00Z');
const hoursAgo = (hours: number) => new Date(AT.getTime() - hours * 3_600_000).toISOString();

function answers(given: Partial<HealthAnswers> = {}): HealthAnswers {
  return {
    symptoms: [],
    contactWithCase: false,
    contactWithSymptomatic: false,
    contactFromAffectedArea: false,
    visitedEpidemicArea: false,
    visitedUnitCodes: [],
    testedAt: null,
    testNegative: null,
    vaccineDoses: 0,
    ...given,
  };
}

const anyAnswers: fc.Arbitrary<HealthAnswers> = fc.record({
  symptoms: fc.subarray(Object.values(Symptom)),
  contactWithCase: fc.boolean(),
  contactWithSymptomatic: fc.boolean(),
  contactFromAffectedArea: fc.boolean(),
  visitedEpidemicArea: fc.boolean(),
  visitedUnitCodes: fc.constant([]),
  testedAt: fc.option(fc.integer({ min: -1, max: 100 }).map(hoursAgo)),
  testNegative: fc.option(fc.boolean()),
  vaccineDoses: fc.nat(10),
});

describe('advice', () => {
  it('who answers no to everything is admitted without a reason', () => {
    expect(advise(answers(), AT)).toEqual({ advice: 'ADMIT', reasons: [] });
  });

  it.each<[Partial<HealthAnswers>, Advice, string]>([
    [{ symptoms: ['COUGH'] }, 'EXAMINE', 'SYMPTOMS'],
    [{ contactWithSymptomatic: true }, 'EXAMINE', 'CONTACT_WITH_SYMPTOMATIC'],
    [{ contactFromAffectedArea: true }, 'EXAMINE', 'CONTACT_FROM_AFFECTED_AREA'],
    [{ contactWithCase: true }, 'REFUSE', 'CONTACT_WITH_CASE'],
    [{ testedAt: hoursAgo(1), testNegative: false }, 'REFUSE', 'POSITIVE_TEST'],
    [{ visitedEpidemicArea: true }, 'EXAMINE', 'EPIDEMIC_AREA_WITHOUT_TEST'],
  ])('%o is answered with %s', (given, advice, reason) => {
    expect(advise(answers(given), AT)).toEqual({ advice, reasons: [reason] });
  });

  it('after an epidemic area a negative test counts for less than 72 hours', () => {
    const tested = (testedAt: string) =>
      advise(answers({ visitedEpidemicArea: true, testNegative: true, testedAt }), AT).advice;
    expect(tested(hoursAgo(0))).toBe('ADMIT');
    expect(tested(hoursAgo(71.9))).toBe('ADMIT');
    expect(tested(hoursAgo(72))).toBe('EXAMINE');
    expect(tested(hoursAgo(-1))).toBe('EXAMINE');
    expect(tested('no date')).toBe('EXAMINE');
  });

  it('a scan later judges the same answers anew', () => {
    const health = answers({ visitedEpidemicArea: true, testNegative: true, testedAt: hoursAgo(60) });
    expect(advise(health, AT).advice).toBe('ADMIT');
    expect(advise(health, new Date(AT.getTime() + 24 * 3_600_000)).advice).toBe('EXAMINE');
  });

  it('the worst advice wins and every reason is kept', () => {
    expect(advise(answers({ symptoms: ['FEVER'], contactWithCase: true, visitedEpidemicArea: true }), AT)).toEqual({
      advice: 'REFUSE',
      reasons: ['CONTACT_WITH_CASE', 'SYMPTOMS', 'EPIDEMIC_AREA_WITHOUT_TEST'],
    });
  });

  it('there is a reason in both languages for all but admission, and the answers are left as they were', () => {
    fc.assert(
      fc.property(anyAnswers, (health) => {
        const before = structuredClone(health);
        const { advice, reasons } = advise(health, AT);
        expect(health).toEqual(before);
        expect(reasons.length > 0).toBe(advice !== 'ADMIT');
        for (const reason of reasons) {
          expect(isReasonCode(reason)).toBe(true);
          expect(reasonText(reason, 'vi')).toMatch(/\.$/);
          expect(reasonText(reason, 'en')).not.toBe(reasonText(reason, 'vi'));
        }
      }),
    );
    expect(isReasonCode('toString')).toBe(false);
  });
});
