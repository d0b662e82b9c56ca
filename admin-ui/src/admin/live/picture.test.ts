import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '../../gql/admin/fragment-masking.ts';
import { LiveCountsFragmentDoc, LiveTickFragmentDoc, type LiveTickFragment } from '../../gql/admin/graphql.ts';
import { takeTick, type Picture } from './picture.ts';

const moment = (second: number) => new Date(Date.UTC(2021, 7, 23, 7, 0, second)).toISOString();

/** A tick of a world in which checkpoint `n` had `counts[n]` passages in. */
function tick(second: number, counts: Record<string, number>, changes: Partial<LiveTickFragment> = {}) {
  const sum = Object.values(counts).reduce((all, one) => all + one, 0);
  const none = { todayOut: 0, todayRefused: 0, todayFlagged: 0, todayWatchListHits: 0, lastHour: 0 };
  return makeFragmentData(
    {
      __typename: 'TrafficTick' as const,
      at: moment(second),
      whole: true,
      degraded: false,
      total: makeFragmentData({ ...none, todayIn: sum }, LiveCountsFragmentDoc),
      checkpoints: Object.entries(counts).map(([id, todayIn]) => row(id, todayIn)),
      recent: [],
      alerts: [],
      ...changes,
    },
    LiveTickFragmentDoc,
  );
}
const row = (id: string, todayIn: number) => ({
  checkpoint: { id, name: id, active: true, latitude: null, longitude: null },
  todayIn,
  todayOut: 0,
  todayRefused: 0,
  lastHour: todayIn,
  lastPassageAt: null,
});
const passage = (id: string, second: number) => ({
  id,
  checkpoint: { id: 'a', name: 'a' },
  direction: 'IN' as const,
  decision: 'ADMITTED' as const,
  flagged: false,
  occurredAt: moment(second),
});
const take = (...ticks: Array<ReturnType<typeof tick>>) => ticks.reduce<Picture | null>(takeTick, null);
const counted = (picture: Picture | null) =>
  Object.fromEntries([...(picture?.checkpoints ?? [])].map(([id, { todayIn }]) => [id, todayIn]));

describe('the picture of the flow', () => {
  it('begins with a whole tick only', () => {
    expect(take(tick(1, { a: 1 }, { whole: false }))).toBeNull();
    expect(counted(take(tick(1, { a: 1, b: 2 })))).toEqual({ a: 1, b: 2 });
  });

  it('keeps the checkpoints where nothing changed', () => {
    const picture = take(tick(1, { a: 1, b: 2 }), tick(2, { b: 3 }, { whole: false }));
    expect(counted(picture)).toEqual({ a: 1, b: 3 });
  });

  it('forgets a checkpoint that a whole tick does not know any more', () => {
    expect(counted(take(tick(1, { a: 1, b: 2 }), tick(2, { a: 1 })))).toEqual({ a: 1 });
  });

  it('counts nothing twice: a tick that comes again, or late, changes nothing', () => {
    const [first, second] = [tick(1, { a: 1 }), tick(2, { a: 5 })];
    const picture = take(first, second);
    expect(takeTick(picture, second)).toBe(picture);
    expect(takeTick(picture, first)).toBe(picture);
  });

  it('is made good by the next whole tick after some were missed', () => {
    const picture = take(tick(1, { a: 1, b: 1 }), tick(9, { a: 7, b: 4 }));
    expect(counted(picture)).toEqual({ a: 7, b: 4 });
    expect(picture?.total.todayIn).toBe(11);
  });

  it('shows a passage once, the newest first, and never more than twenty however long it runs', () => {
    let picture: Picture | null = null;
    for (let second = 1; second <= 59; second += 1) {
      const recent = [passage(`p${second}`, second), passage(`p${second - 1}`, second - 1)];
      picture = takeTick(picture, tick(second, { a: second }, { recent }));
    }
    const ids = picture?.recent.map(({ id }) => id) ?? [];
    expect(ids).toEqual(Array.from({ length: 20 }, (_, at) => `p${59 - at}`));
  });

  it('ends the same whatever order and repetition a reconnect brings, once the last whole tick came', () => {
    const some = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    const ticks = some.map((seconds) =>
      seconds.map((second) => tick(second, { a: second }, { whole: second % 5 === 0 })),
    );
    fc.assert(
      fc.property(ticks, ticks, (before, late) => {
        expect(counted(take(...before, tick(40, { a: 40, b: 1 }), ...late))).toEqual({ a: 40, b: 1 });
      }),
    );
  });
});
