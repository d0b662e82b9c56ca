import { expect, it, vi } from 'vitest';
import { makeFragmentData } from '../../../gql/admin/fragment-masking.ts';
import { DayCountsFragmentDoc, MovementFragmentDoc, type MovementFragment } from '../../../gql/admin/graphql.ts';
import { workFigures } from './compared.ts';
import type { Daily } from './use-daily.ts';

vi.mock('../../shell/pages.ts', () => ({ may: () => true }));

const counts = { paperEntered: 3, paperOutstanding: 2, verificationsPending: 0, mismatches: 0, mismatchesWaiting: 0 };
const list = { from: '2021-08-23T00:00:00+07:00', to: '2021-08-24T00:00:00+07:00', unitCode: '38' };
const report = {
  ...counts,
  movement: makeFragmentData({ list } as MovementFragment, MovementFragmentDoc),
  previousCounts: makeFragmentData({ ...counts } as never, DayCountsFragmentDoc),
} as unknown as Daily;

it('paper forms lead to those that were keyed in, and to those that were not', () => {
  const [entered, outstanding] = workFigures(report);
  const ofTheDay = { from: '2021-08-23', to: '2021-08-23', unit: '38' };
  expect(entered?.to).toEqual({ name: 'passages', query: { ...ofTheDay, channel: 'PAPER', awaitsForm: 'no' } });
  expect(outstanding?.to).toEqual({ name: 'passages', query: { ...ofTheDay, awaitsForm: 'yes' } });
});
