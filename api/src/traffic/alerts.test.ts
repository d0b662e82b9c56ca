import 'reflect-metadata';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { alertText } from './alert-texts.ts';
import { alertsAt, quietSince, type Observed } from './alerts.ts';
import { CheckpointBook } from './checkpoint-book.ts';
import { StandingAlerts } from './standing-alerts.ts';
import { nothingTaken, type Taken } from './taken.ts';
import { defaultThresholds } from './thresholds/thresholds.ts';
import { TrafficBook } from './traffic-book.ts';

const now = Date.parse('2021-08-23T05:00:00Z');
const checkpoint = Object.assign(new Checkpoint(), {
  id: 'a',
  active: true,
  closesAt: null,
  createdAt: new Date(now - 90 * 24 * HOUR_MS),
});
type Ago = [minutes: number, decision?: 'ADMITTED' | 'REFUSED'];
function observed(passages: Ago[], changes: Partial<Observed> = {}): Observed {
  const book = new CheckpointBook(midnightBefore(now));
  for (const [minutes, decision = 'ADMITTED'] of passages)
    book.add({ at: now - minutes * MINUTE_MS, direction: 'IN', decision, flagged: false });
  const since = quietSince(checkpoint, book, undefined, now);
  return { book, usual: 10, thresholds: defaultThresholds, hits: [], quietSince: since, ...changes };
}
const kinds = (of: Observed, at = now) => alertsAt(checkpoint, of, at).map(({ kind }) => kind);
const many = (count: number, ago: number, decision?: 'REFUSED'): Ago[] =>
  Array.from({ length: count }, () => (decision ? [ago, decision] : [ago]));

describe('a checkpoint is an alert', () => {
  it('when far more pass than usual there', () => {
    expect(kinds(observed(many(29, 3)))).toEqual([]);
    expect(kinds(observed(many(30, 3)))).toEqual(['SURGE']);
    expect(kinds(observed(many(30, 3), { usual: 11 }))).toEqual([]);
    expect(kinds(observed(many(300, 3), { usual: null }))).toEqual([]);
    expect(kinds(observed(many(300, 16)))).toEqual([]);
  });

  it('when nobody passes for long, though somebody usually does', () => {
    expect(kinds(observed([[44]]))).toEqual([]);
    expect(kinds(observed([[45]]))).toEqual(['SILENCE']);
    expect(kinds(observed([], { usual: 1 }))).toEqual(['SILENCE']);
    expect(kinds(observed([[45]], { usual: 0.1 }))).toEqual([]);
    const closed = Object.assign(new Checkpoint(), checkpoint, { closesAt: new Date(now - MINUTE_MS) });
    expect(alertsAt(closed, observed([[45]]), now)).toEqual([]);
  });

  it('when nobody passes for more than the hours that are kept, since the moment that is known of, over midnight too', () => {
    const evening = midnightBefore(now) - 4 * HOUR_MS;
    const of = (book: CheckpointBook): Taken => ({
      ...nothingTaken(),
      checkpoints: new Map([['a', checkpoint]]),
      book: Object.assign(new TrafficBook(now), { at: () => book }),
      usual: new Map([['a', 10]]),
      thresholds: new Map([['a', { ...defaultThresholds, silenceMinutes: 300 }]]),
    });
    const sinceOf = ({ standing }: StandingAlerts) => standing.map(({ since }) => since.getTime());
    const nobody = new StandingAlerts();
    nobody.look(of(new CheckpointBook(midnightBefore(now))), now);
    expect(sinceOf(nobody)).toEqual([midnightBefore(now)]);

    const passed = new CheckpointBook(midnightBefore(evening));
    passed.add({ at: evening, direction: 'IN', decision: 'ADMITTED', flagged: false });
    const one = new StandingAlerts();
    one.look(of(passed), midnightBefore(now) - 1);
    // The picture of the new day holds three hours of the old one, and nobody passed in them.
    one.look(of(new CheckpointBook(midnightBefore(now))), midnightBefore(now) + 1);
    expect(sinceOf(one)).toEqual([]);
    one.look(of(new CheckpointBook(midnightBefore(now))), midnightBefore(now) + HOUR_MS);
    expect(sinceOf(one)).toEqual([evening]);
  });

  it('when many of the last hour were refused', () => {
    expect(kinds(observed([...many(16, 30), ...many(4, 30, 'REFUSED')]))).toEqual(['REFUSAL_RATE']);
    expect(kinds(observed([...many(17, 30), ...many(4, 30, 'REFUSED')]))).toEqual([]);
    expect(kinds(observed(many(10, 30, 'REFUSED')))).toEqual([]);
  });

  it('while a hit on the watch list is new', () => {
    const hits = [{ id: 'h', checkpointId: 'a', at: new Date(now - 59 * MINUTE_MS) }];
    const [alert] = alertsAt(checkpoint, observed([[1]], { hits }), now);
    expect(alert).toMatchObject({ kind: 'WATCH_LIST', since: now - 59 * MINUTE_MS });
    expect(kinds(observed([[-1]], { hits }), now + 2 * MINUTE_MS)).toEqual([]);
  });

  it('says in both languages what is the matter', () => {
    for (const alert of alertsAt(checkpoint, observed(many(40, 3, 'REFUSED')), now)) {
      expect(alertText(alert, now, 'vi')).toMatch(/40/);
      expect(alertText(alert, now, 'en')).toMatch(/40/);
    }
  });
});

describe('the day of a checkpoint', () => {
  it('is what its passages count for, in whatever order they and their corrections come', () => {
    const passage = fc.record({
      at: fc.integer({ min: now - 4 * HOUR_MS, max: now }),
      direction: fc.constantFrom('IN' as const, 'OUT' as const),
      decision: fc.constantFrom('ADMITTED' as const, 'REFUSED' as const),
      flagged: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(passage, fc.option(passage))), fc.infiniteStream(fc.nat()), (all, order) => {
        const changes = all.flatMap(([first, correction]) => [
          { add: first, less: null },
          ...(correction ? [{ add: { ...correction, at: first.at }, less: first }] : []),
        ]);
        const shuffled = changes
          .map((change) => ({ change, place: order.next().value as number }))
          .sort((a, b) => a.place - b.place);
        const book = new CheckpointBook(midnightBefore(now));
        for (const { change } of shuffled) {
          book.add(change.add);
          if (change.less) book.add(change.less, -1);
        }
        const standing = all.map(([first, correction]) => (correction ? { ...correction, at: first.at } : first));
        expect(book.today).toEqual({
          in: standing.filter(({ direction }) => direction === 'IN').length,
          out: standing.filter(({ direction }) => direction === 'OUT').length,
          refused: standing.filter(({ decision }) => decision === 'REFUSED').length,
          flagged: standing.filter(({ flagged }) => flagged).length,
        });
      }),
    );
  });

  it('begins anew at midnight, with who has passed since', () => {
    const midnight = midnightBefore(now);
    const book = new CheckpointBook(midnight - 24 * HOUR_MS);
    const one = { direction: 'IN', decision: 'ADMITTED', flagged: false } as const;
    book.add({ ...one, at: midnight - 1 });
    book.add({ ...one, at: midnight + 1 });
    expect(book.today.in).toBe(1);
    book.turn(midnight + MINUTE_MS);
    expect(book.today.in).toBe(1);
    expect(book.lastHour(midnight + MINUTE_MS)).toBe(2);
  });
});
