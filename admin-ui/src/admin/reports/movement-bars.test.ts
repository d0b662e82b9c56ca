import { expect, it, vi } from 'vitest';
import type { MovementFragment } from '../../gql/admin/graphql.ts';
import { barsOf } from './movement-bars.ts';

vi.mock('../texts.ts', () => ({ t: (key: string) => key }));
vi.mock('../moments.ts', () => ({ formatNumber: String }));

const row = (key: string, passed: number) =>
  ({ group: [key], names: [key], in: passed, out: 0 }) as unknown as MovementFragment;
const seen = (bars: ReturnType<typeof barsOf>) => bars.map(({ label, in: passed }) => [label, passed]);

it('over time stand also the hours and days on which nobody passed', () => {
  const hours = [row('2021-08-22T18:00:00.000Z', 4), row('2021-08-22T20:00:00.000Z', 5)];
  expect(seen(barsOf('HOUR', hours))).toEqual([
    ['01', 4],
    ['02', 0],
    ['03', 5],
  ]);
  expect(seen(barsOf('DAY', [row('2021-08-30', 1), row('2021-09-01', 2)]))).toEqual([
    ['30/08', 1],
    ['31/08', 0],
    ['01/09', 2],
  ]);
  expect(barsOf('DAY', [])).toEqual([]);
});

it('bars of places are those that have passages', () => {
  expect(seen(barsOf('ORIGIN', [row('01', 3), row('79', 2)]))).toEqual([
    ['01', 3],
    ['79', 2],
  ]);
});
