import { expect, it, vi } from 'vitest';
import { emptyCase, problemsOf, toInput, type CaseDraft } from './case-draft.ts';

// The texts ask for a page.
vi.mock('../../texts.ts', () => ({ t: (key: string) => key }));

const draft = (changes: Partial<CaseDraft> = {}): CaseDraft => ({
  ...emptyCase('Xét nghiệm dương tính'),
  status: 'CONFIRMED',
  ...changes,
});

it('a case needs a status and a reason without a number; a day that there is none of is told', () => {
  expect(problemsOf(draft())).toEqual({});
  expect(problemsOf(emptyCase('số 038090001234 dương tính'))).toEqual({
    status: 'tracing.missing.status',
    justification: 'reason.fault.NUMBER',
  });
  expect(problemsOf(draft({ onsetOn: '31/02/2021' }))).toEqual({ onsetOn: 'filter.noSuchDay' });
});

it('another infectious period needs both ends and its own reason, and is in the hours of Viet Nam', () => {
  const missing = problemsOf(draft({ overridden: true, infectiousFrom: '2021-08-20T00:00' }));
  expect(Object.keys(missing)).toEqual(['infectiousUntil', 'overrideReason']);
  const whole = draft({
    overridden: true,
    infectiousFrom: '2021-08-20T00:00',
    infectiousUntil: '2021-08-30T12:30',
    overrideReason: ' Triệu chứng kéo dài ',
    onsetOn: '23/08/2021',
  });
  expect(problemsOf(whole)).toEqual({});
  expect(toInput('id', 'person', whole)).toMatchObject({
    onsetOn: '2021-08-23',
    sampledOn: null,
    infectiousFrom: '2021-08-19T17:00:00.000Z',
    infectiousUntil: '2021-08-30T05:30:00.000Z',
    overrideReason: 'Triệu chứng kéo dài',
  });
  expect(toInput('id', 'person', { ...whole, overridden: false })).not.toHaveProperty('infectiousFrom');
});
