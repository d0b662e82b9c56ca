import { expect, it, vi } from 'vitest';
import { makeFragmentData } from '../../../gql/admin/fragment-masking.ts';
import { DayCountsFragmentDoc, MovementFragmentDoc, type MovementFragment } from '../../../gql/admin/graphql.ts';
import { caseFigures, movementFigures, workFigures } from './compared.ts';
import type { Daily } from './use-daily.ts';

vi.mock('../../shell/pages.ts', () => ({ may: () => true }));

const counts = { paperEntered: 3, paperOutstanding: 2, verificationsPending: 0, mismatches: 0, mismatchesWaiting: 0 };
const list = { from: '2021-08-23T00:00:00+07:00', to: '2021-08-24T00:00:00+07:00', unitCode: '38' };
const cases = { newCases: 1, contactsTraced: 4, reachedWithin24h: 3, isolating: 2, lost: 1 };
const report = {
  ...counts,
  cases,
  unit: { id: '38@2021' },
  date: '2021-08-23',
  movement: makeFragmentData({ list } as MovementFragment, MovementFragmentDoc),
  previousDay: makeFragmentData({ list } as MovementFragment, MovementFragmentDoc),
  previousCounts: makeFragmentData({ ...counts, cases } as never, DayCountsFragmentDoc),
} as unknown as Daily;

it('paper forms lead to those that were keyed in, and to those that were not', () => {
  const [entered, outstanding] = workFigures(report);
  const ofTheDay = { from: '2021-08-23', to: '2021-08-23', unit: '38' };
  expect(entered?.to).toEqual({ name: 'passages', query: { ...ofTheDay, channel: 'PAPER', awaitsForm: 'no' } });
  expect(outstanding?.to).toEqual({ name: 'passages', query: { ...ofTheDay, awaitsForm: 'yes' } });
});

it('different people lead to the last passage of each', () => {
  const people = movementFigures(report).find(({ key }) => key === 'people');
  const query = { from: '2021-08-23', to: '2021-08-23', unit: '38', lastOfPerson: 'yes' };
  expect(people?.to).toEqual({ name: 'passages', query });
});

it('people lead to those of that day, in the unit of the report', () => {
  const [, , pending, mismatches, waiting] = workFigures(report);
  expect(pending?.to).toMatchObject({ name: 'passages', query: { from: '2021-08-23', unverified: 'yes' } });
  const passed = { unit: '38@2021', passedOn: '2021-08-23' };
  expect(mismatches?.to).toEqual({ name: 'mismatches', query: { ...passed, state: 'ANY' } });
  expect(waiting?.to).toEqual({ name: 'mismatches', query: { ...passed, state: 'WAITING' } });
});

it('cases and contacts lead to those of that day, in the unit of the report', () => {
  const [unit, day] = ['38@2021', '2021-08-23'];
  const tasks = { name: 'followUps', query: { list: 'ALL', unit } };
  expect(caseFigures(report).map(({ to }) => to)).toEqual([
    { name: 'tracing', query: { unit, openedOn: day } },
    { ...tasks, query: { ...tasks.query, foundOn: day } },
    { ...tasks, query: { ...tasks.query, foundOn: day, reachedInTime: 'yes' } },
    { ...tasks, query: { ...tasks.query, status: 'ISOLATING', asOf: day } },
    { ...tasks, query: { ...tasks.query, status: 'LOST', asOf: day } },
  ]);
});
