import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anOutbreak } from './an-outbreak.ts';
import { radiusOf } from './graph-look.ts';
import { layOut } from './lay-out.ts';

describe('the layout of a graph', () => {
  it('is the same in whatever order the contacts come', () => {
    fc.assert(
      fc.property(anOutbreak, fc.infiniteStream(fc.nat()), (contacts, turns) => {
        const shuffled = contacts
          .map((contact) => ({ contact, turn: turns.next().value }))
          .sort((a, b) => a.turn - b.turn)
          .map(({ contact }) => contact);
        const sorted = (places: ReturnType<typeof layOut>['places']) =>
          [...places].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted(layOut('case', shuffled).places)).toEqual(sorted(layOut('case', contacts).places));
      }),
    );
  });

  it('keeps generations apart, each below the one before, and gives everybody a place of their own', () => {
    fc.assert(
      fc.property(anOutbreak, (contacts) => {
        const { places, lanes, width, height } = layOut('case', contacts);
        lanes.slice(1).forEach((lane, index) => expect(lane.top).toBeGreaterThan(lanes[index]?.bottom ?? Infinity));
        const taken = new Set<string>();
        for (const { id, generation } of contacts) {
          const { x, y } = places.get(id) ?? { x: NaN, y: NaN };
          const lane = lanes.find((each) => each.generation === generation);
          expect(y).toBeGreaterThan(lane?.top ?? Infinity);
          expect(y).toBeLessThan(lane?.bottom ?? -Infinity);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(width);
          taken.add(`${x} ${y}`);
        }
        expect(taken.size).toBe(contacts.length);
        expect(places.get('case')?.y).toBeLessThan(lanes[1]?.top ?? height);
      }),
    );
  });

  it('leaves what a strip is called its place above the strip, clear of every mark on a phone', () => {
    const [pixels, below, text] = [1 / 3, 6, 14];
    fc.assert(
      fc.property(anOutbreak, (contacts) => {
        const { places, lanes } = layOut('case', contacts);
        for (const lane of lanes.slice(1))
          for (const { id, generation } of [{ id: 'case', generation: 0 }, ...contacts]) {
            const above = (lane.top - (places.get(id)?.y ?? NaN)) * pixels - below;
            const radius = radiusOf(generation, contacts.length);
            if (generation < lane.generation) expect(above - text).toBeGreaterThan(radius);
            else expect(-above).toBeGreaterThan(radius);
          }
      }),
    );
  });

  it('goes from left to right with the time of the first exposure', () => {
    fc.assert(
      fc.property(anOutbreak, (contacts) => {
        const { places } = layOut('case', contacts);
        const byTime = contacts.toSorted(
          (a, b) => Date.parse(a.firstExposedAt ?? '') - Date.parse(b.firstExposedAt ?? ''),
        );
        const xs = byTime.map(({ id }) => places.get(id)?.x ?? NaN);
        expect(xs).toEqual(xs.toSorted((a, b) => a - b));
      }),
    );
  });
});
