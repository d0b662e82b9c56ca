import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advice } from './advice.ts';
import { isWithin, rangesOf } from './code-ranges.ts';
import type { RuleVersion } from './evaluate.ts';
import type { Declared } from './facts.ts';
import { judgeJourney } from './judge-journey.ts';
import { judgePass, type PassFacts } from './judge-pass.ts';
import { nationalRules } from './national-rules.ts';
import { zonesAroundCodes, type ListedZone, type RulesInForce } from './rules-in-force.ts';

const signedAt = new Date('2021-08-23T07:00:00Z');
const after = (hours: number) => new Date(signedAt.getTime() + hours * 3_600_000);
const aRule = (changes: Partial<RuleVersion> = {}): RuleVersion => ({
  ...{ id: 'tested', version: 1, description: 'Không có xét nghiệm.', descriptionEnglish: null, onFailure: 'EXAMINE' },
  logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
  ...{ validFrom: '2021-08-01T00:00:00Z', endedAt: null },
  ...changes,
});
const aZone = (changes: Partial<ListedZone> = {}): ListedZone => ({
  ...{ level: 4, startsOn: '2021-08-01', endsOn: null, units: ['16438-16450'], entryRules: [aRule()], exitRules: [] },
  ...changes,
});
const inForce = (...zones: ListedZone[]): RulesInForce => ({ rulesVersion: 2, everywhere: nationalRules, zones });
const aPass = (changes: Partial<PassFacts> = {}): PassFacts => ({
  ...{ signedAt, advice: 'ADMIT', originCode: '00001', destinationCode: '16438', age: 30 },
  ...{ testedAt: after(-10), vaccineDoses: 2 },
  ...changes,
});
const inSymptoms = (symptom: string) => ({ in: [symptom, { var: 'symptoms' }] });
const judged = (pass: PassFacts, at: Date, ...zones: ListedZone[]) => {
  const { advice, failed, toAsk } = judgePass(inForce(...zones), pass, at);
  return { advice, failed: failed.map(({ id }) => id), toAsk: toAsk.map(({ id }) => id) };
};

describe('a pass without the server', () => {
  it('is what was signed, while nothing changed', () => {
    expect(judged(aPass(), after(1), aZone())).toEqual({ advice: 'ADMIT', failed: [], toAsk: [] });
    expect(judged(aPass({ advice: 'REFUSE' }), after(1))).toEqual({ advice: 'REFUSE', failed: [], toAsk: [] });
  });

  it('has a test that grows old: what it was needed for fails, what it may have been needed for is asked', () => {
    const old = judged(aPass(), after(62), aZone());
    expect(old).toEqual({ advice: 'EXAMINE', failed: ['tested'], toAsk: ['EPIDEMIC_AREA_WITHOUT_TEST'] });
    expect(judged(aPass(), after(61.9), aZone()).advice).toBe('ADMIT');
    expect(judged(aPass({ testedAt: null }), after(71))).toEqual({ advice: 'ADMIT', failed: [], toAsk: [] });
  });

  it('is judged by a zone that came since; a rule on answers that the pass does not tell is asked', () => {
    const since = { startsOn: '2021-08-24', endsOn: null };
    const strict = aRule({ onFailure: 'REFUSE' });
    const untested = aPass({ testedAt: null });
    expect(judged(untested, after(9.9), aZone({ ...since, entryRules: [strict] })).advice).toBe('ADMIT');
    expect(judged(untested, after(10), aZone({ ...since, entryRules: [strict] }))).toMatchObject({
      advice: 'REFUSE',
      failed: ['tested'],
    });
    const purpose = aRule({ id: 'purpose', logic: { in: [{ var: 'purpose' }, ['MEDICAL']] } });
    expect(judged(aPass(), after(24), aZone({ ...since, entryRules: [purpose] }))).toEqual({
      advice: 'EXAMINE',
      failed: [],
      toAsk: ['purpose'],
    });
    expect(judged(aPass(), after(24), aZone({ entryRules: [purpose] })).toAsk).toEqual([]);
  });

  it.each([
    ['a nationality', { '!==': [{ var: 'nationality' }, 'KHM'] }],
    ['two symptoms together', { '!': [{ and: [inSymptoms('FEVER'), inSymptoms('COUGH')] }] }],
    ['one symptom of many', { '!': [inSymptoms('FATIGUE')] }],
  ])('is asked where %s that only the rule names may stand against it', (_, logic) => {
    const since = { startsOn: '2021-08-24', endsOn: null, entryRules: [aRule({ logic })] };
    expect(judged(aPass(), after(24), aZone(since))).toEqual({ advice: 'EXAMINE', failed: [], toAsk: ['tested'] });
  });

  it('is judged by levels as they are now, and not by zones elsewhere', () => {
    const notFrom4 = aRule({ id: 'from4', logic: { '<': [{ var: 'originLevel' }, 4] } });
    const around = aZone({ units: ['38', '13381-16516'], entryRules: [notFrom4], level: 2 });
    const origin = aZone({ units: ['00001'], entryRules: [], startsOn: '2021-08-25' });
    expect(judged(aPass(), after(12), around, origin).advice).toBe('ADMIT');
    expect(judged(aPass(), after(48), around, origin)).toMatchObject({ advice: 'EXAMINE', failed: ['from4'] });
    expect(judged(aPass({ originCode: '00004' }), after(48), around, origin).advice).toBe('ADMIT');
    expect(judged(aPass({ destinationCode: null }), after(48), around, origin).advice).toBe('ADMIT');
  });

  const worse: Record<Advice, number> = { ADMIT: 0, EXAMINE: 1, REFUSE: 2 };
  const answers = fc.record({
    symptoms: fc.subarray(['FEVER', 'COUGH']),
    contactWithCase: fc.boolean(),
    contactWithSymptomatic: fc.boolean(),
    contactFromAffectedArea: fc.boolean(),
    visitedEpidemicArea: fc.boolean(),
    vaccineDoses: fc.nat(3),
  });

  it('is never advised milder than to be looked at, where the server would not admit', () => {
    const logics = [
      aRule().logic,
      { '>=': [{ var: 'vaccineDoses' }, 2] },
      { '<': [{ var: 'originLevel' }, 4] },
      { '!': [{ var: 'symptoms' }] },
      { or: [{ '==': [{ var: 'purpose' }, 'WORK'] }, { '<': [{ var: 'testAgeHours' }, 24] }] },
    ];
    const zone = fc.record({
      level: fc.integer({ min: 1, max: 4 }),
      startsOn: fc.constantFrom('2021-08-01', '2021-08-24', '2021-08-25'),
      endsOn: fc.constantFrom(null, '2021-08-24'),
      units: fc.constantFrom(['16438'], ['00001'], ['16438', '00001']),
      entryRules: fc.subarray(logics.map((logic, index) => aRule({ id: `in${index}`, logic }))),
      exitRules: fc.subarray(logics.map((logic, index) => aRule({ id: `out${index}`, logic, onFailure: 'REFUSE' }))),
    });
    fc.assert(
      fc.property(
        answers,
        fc.option(fc.boolean()),
        fc.array(zone, { maxLength: 3 }),
        fc.nat(71),
        (given, result, zones, hours) => {
          const testedAt = result === null ? null : after(-30);
          const health = { ...given, testedAt, testNegative: result };
          const declared: Declared = { health, purpose: 'WORK', vehicle: 'CAR', nationality: 'VNM', age: 30 };
          const around = zonesAroundCodes(zones, { origin: '00001', destination: '16438' });
          const { advice: signed } = judgeJourney(nationalRules, around, declared, signedAt);
          const online = judgeJourney(nationalRules, around, declared, after(hours)).advice;
          const pass = aPass({ advice: signed, testedAt, vaccineDoses: given.vaccineDoses });
          const offline = judgePass(inForce(...zones), pass, after(hours)).advice;
          if (online !== 'ADMIT') expect(worse[offline]).toBeGreaterThanOrEqual(worse.EXAMINE);
        },
      ),
    );
  });
});

describe('units as runs of codes', () => {
  it('hold exactly the codes that they stand for', () => {
    const codes = fc.uniqueArray(fc.integer({ min: 0, max: 99_999 }).map((code) => String(code).padStart(5, '0')));
    fc.assert(
      fc.property(codes, fc.func(fc.boolean()), (all, chosen) => {
        const mixed = [...all, '38', '01', '406'];
        const held = new Set(mixed.filter((code) => chosen(code)));
        const ranges = rangesOf(mixed, (code) => held.has(code));
        expect(mixed.filter((code) => isWithin(code, ranges)).toSorted()).toEqual([...held].toSorted());
        expect(ranges.length).toBeLessThanOrEqual(held.size);
      }),
    );
  });
});
