import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { ProvinceTraffic } from './province-traffic.ts';
import { nothingTaken, type Taken } from './taken.ts';
import { defaultThresholds } from './thresholds/thresholds.ts';
import { TrafficBook } from './traffic-book.ts';

const now = midnightBefore(Date.parse('2021-08-23T05:00:00Z')) + 12 * HOUR_MS;
const checkpoint = Object.assign(new Checkpoint(), {
  id: 'a',
  active: true,
  closesAt: null,
  createdAt: new Date(now - 90 * 24 * HOUR_MS),
});
const taken = (changes: Partial<Taken> = {}): Taken => ({
  ...nothingTaken(),
  checkpoints: new Map([['a', checkpoint]]),
  book: new TrafficBook(now),
  thresholds: new Map([['a', defaultThresholds]]),
  ...changes,
});
const bookAt = (at: number, passages: number) =>
  TrafficBook.of(
    [
      {
        checkpointId: 'a',
        direction: 'IN',
        decision: 'ADMITTED',
        flagged: false,
        minute: new Date(at - (at % MINUTE_MS)),
        passages,
        lastAt: new Date(at),
      },
    ],
    at,
  );
const known = (first = taken(), at = now) => {
  const province = new ProvinceTraffic(at);
  province.beginPicture();
  province.endPicture(first, at);
  province.takeBeat();
  return province;
};

describe('a picture in place of what was known', () => {
  it('keeps a hit that was told while it was taken', () => {
    const province = known();
    const hit = { id: 'h', checkpointId: 'a', at: new Date(now) };
    province.beginPicture();
    province.hearHit(hit);
    province.endPicture(taken(), now);
    expect(province.taken.hits).toEqual([hit]);
    province.beginPicture();
    province.hearHit(hit);
    province.endPicture(taken({ hits: [hit] }), now);
    expect(province.taken.hits).toEqual([hit]);
  });

  it('of a day that is over tells nothing of that day as new', () => {
    const midnight = midnightBefore(now);
    const before = midnight - MINUTE_MS;
    const province = known(taken({ book: bookAt(before, 500) }), before);
    province.beginPicture();
    province.turn(midnight + 1);
    province.endPicture(taken({ book: bookAt(before, 500) }), midnight + 1);
    expect(province.book.at('a').today.in).toBe(0);
    expect(province.takeBeat().counts.get('a')).toMatchObject({ in: 0 });
  });

  it('says at once what needs attention', () => {
    const hits = [{ id: 'h', checkpointId: 'a', at: new Date(now) }];
    expect(known(taken({ hits })).alerts.standing.map(({ kind }) => kind)).toEqual(['WATCH_LIST']);
  });
});
