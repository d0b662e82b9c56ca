import { checkSubmission, normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import { newReceiptSecret } from '#api/declarations/shared/receipt-secret.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { describe, expect, it } from 'vitest';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import { declarationsOf, unitFacts } from './declarations.ts';
import { newDraft, newPerson, QUESTIONS, type Draft } from './draft.ts';

const now = Date.parse('2021-08-23T07:05:00Z');
const tanPhong: PickedUnit = {
  id: '16438@2021',
  code: '16438',
  level: 'COMMUNE',
  path: 'Tân Phong',
  above: ['406', '38'],
};

function aDraft(companions = 0): Draft {
  const draft = newDraft();
  draft.people = Array.from({ length: companions + 1 }, (_, at) => ({ ...newPerson(at === 0), key: `p${at}` }));
  for (const person of draft.people)
    Object.assign(person, { fullName: 'An', born: '01/01/1990', sex: 'MALE', idNumber: '038090000001' });
  if (draft.people[0]) draft.people[0].permanent = { unit: tanPhong, line: 'Số 5' };
  Object.assign(draft.journey, {
    destination: tanPhong,
    destinationLine: 'Số 7',
    origin: tanPhong,
    purpose: 'HOME',
    vehicle: 'ON_FOOT',
  });
  for (const question of QUESTIONS) draft.health.asked[question].answer = 'NO';
  for (const { key } of draft.people) draft.health.doses[key] = '2';
  return draft;
}

const context = (draft: Draft) => ({
  now: new Date(now),
  channel: 'ONLINE' as const,
  unit: unitFacts(draft),
  checkClock: true,
});

describe('the form of a family', () => {
  it('is a submission that the rules accept', () => {
    const draft = aDraft(4);
    const inputs = declarationsOf(draft, now).map((input) =>
      normaliseDeclaration({ ...input, id: newUuid7(now), receiptSecret: newReceiptSecret('38') }),
    );
    expect(checkSubmission(inputs, context(draft))).toEqual({ ok: true });
  });

  it('gives companions the first person’s address unless they have their own', () => {
    const draft = aDraft(2);
    const own = { unit: { ...tanPhong, code: '16441' }, line: 'Số 9' };
    if (draft.people[2]) draft.people[2].permanent = own;
    const lines = declarationsOf(draft, now).map(({ person }) => person?.permanentAddress?.line);
    expect(lines).toEqual(['Số 5', 'Số 5', 'Số 9']);
  });

  it('leaves out who stays behind this time', () => {
    const draft = aDraft(2);
    draft.absent = ['p1'];
    expect(declarationsOf(draft, now)).toHaveLength(2);
  });
});

describe('a question asked of all', () => {
  it('is answered for each: who was ticked yes, the others no', () => {
    const draft = aDraft(1);
    draft.health.asked.contactWithCase = { answer: 'YES', who: ['p1'] };
    expect(declarationsOf(draft, now).map(({ health }) => health?.contactWithCase)).toEqual([false, true]);
  });

  it('is open for all while nobody is ticked', () => {
    const draft = aDraft(1);
    draft.health.asked.contactWithCase = { answer: 'YES', who: [] };
    expect(declarationsOf(draft, now).map(({ health }) => health?.contactWithCase)).toEqual([undefined, undefined]);
  });

  it('needs no tick of who travels alone, but which symptoms', () => {
    const draft = aDraft();
    draft.health.asked.symptoms = { answer: 'YES', who: [] };
    expect(declarationsOf(draft, now)[0]?.health?.symptoms).toBeUndefined();
    draft.health.symptoms['p0'] = ['FEVER'];
    expect(declarationsOf(draft, now)[0]?.health?.symptoms).toEqual(['FEVER']);
  });

  it('on a test needs its result', () => {
    const draft = aDraft();
    draft.health.asked.tested = { answer: 'YES', who: [] };
    draft.health.tests['p0'] = { at: '', result: null };
    const inputs = declarationsOf(draft, now).map((input) => ({
      ...input,
      id: newUuid7(now),
      receiptSecret: newReceiptSecret('38'),
    }));
    expect(JSON.stringify(checkSubmission(inputs, context(draft)))).toContain('health.testNegative');
  });
});

it('a time that was typed is Vietnam’s, wherever the phone thinks it is', () => {
  const draft = aDraft();
  Object.assign(draft.journey, { departure: 'LATER', departsAt: '2021-08-24T06:30' });
  expect(declarationsOf(draft, now)[0]?.journey?.departsAt).toBe('2021-08-24T06:30:00+07:00');
});

it('the last day of the stay is sent where it was typed, and is no part of a form without it', () => {
  const draft = aDraft();
  const journey = () => normaliseDeclaration(declarationsOf(draft, now)[0] ?? {}).journey;
  expect(journey()).not.toHaveProperty('staysUntil');
  draft.journey.staysUntil = '30/08/2021';
  expect(journey()?.staysUntil).toBe('2021-08-30');
});
