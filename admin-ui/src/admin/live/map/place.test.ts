import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, placeLabels, type Box } from './place.ts';

const frame = { width: 900, height: 380, margin: 40 };
const place = fc.record({
  id: fc.uuid(),
  latitude: fc.double({ min: 8.5, max: 23.4, noNaN: true }),
  longitude: fc.double({ min: 102.1, max: 109.5, noNaN: true }),
});

describe('the map of the checkpoints', () => {
  it('has north up and east at the right', () => {
    const { spots } = layOut(
      [
        { id: 'north-west', latitude: 20.5, longitude: 105 },
        { id: 'south-east', latitude: 19.5, longitude: 106 },
      ],
      frame,
    );
    const [first, second] = spots;
    expect(first?.y).toBeLessThan(second?.y ?? 0);
    expect(first?.x).toBeLessThan(second?.x ?? 0);
  });

  it('holds every place within its frame, wherever they lie', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        for (const { x, y } of layOut(places, frame).spots) {
          expect(x).toBeGreaterThanOrEqual(frame.margin - 0.01);
          expect(x).toBeLessThanOrEqual(frame.width - frame.margin + 0.01);
          expect(y).toBeGreaterThanOrEqual(frame.margin - 0.01);
          expect(y).toBeLessThanOrEqual(frame.height - frame.margin + 0.01);
        }
      }),
    );
  });

  it('spreads places that lie on the same point', () => {
    const { spots } = layOut(
      ['a', 'b', 'c'].map((id) => ({ id, latitude: 19.8, longitude: 105.8 })),
      frame,
    );
    for (const [at, one] of spots.entries())
      for (const other of spots.slice(at + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(20);
  });

  it('has a scale that is true: a degree to the north is 111 km', () => {
    const { spots, scale } = layOut(
      [
        { id: 'south', latitude: 19, longitude: 105 },
        { id: 'north', latitude: 20, longitude: 105 },
      ],
      frame,
    );
    const apart = (spots[0]?.y ?? 0) - (spots[1]?.y ?? 0);
    expect((apart / scale.length) * scale.km).toBeCloseTo(111.32, 1);
  });

  it('writes no name over another, nor beyond the edge', () => {
    const { spots } = layOut(
      Array.from({ length: 30 }, (_, at) => ({ id: `${at}`, latitude: 19 + (at % 6) / 60, longitude: 105 + at / 300 })),
      frame,
    );
    const named = spots.map((spot) => ({ ...spot, name: 'Chốt Cầu Ghép', radius: 8 }));
    const labels = placeLabels(named, spots, { ...frame, size: 18 });
    const long = 'Chốt Cầu Ghép'.length * 18 * 0.56;
    const boxes = labels.map(({ x, y, anchor }) => ({ left: anchor === 'start' ? x : x - long, y }));
    expect(labels.length).toBeGreaterThan(0);
    for (const [at, one] of boxes.entries()) {
      expect(one.left).toBeGreaterThanOrEqual(0);
      for (const other of boxes.slice(at + 1))
        expect(Math.abs(one.left - other.left) >= long || Math.abs(one.y - other.y) >= 18).toBe(true);
    }
  });

  it('leaves out a name for which there is no room but below the edge', () => {
    const spot = { id: 'a', x: 60, y: 70 };
    const below = (height: number) =>
      placeLabels([{ ...spot, name: 'Khe Nước Lạnh', radius: 18 }], [spot], {
        width: 200,
        height,
        size: 16,
        kept: [[0, 0, 200, 69]],
      });
    expect(below(200)).toHaveLength(1);
    expect(below(100)).toEqual([]);
  });

  it('writes no name over what is kept free, such as the scale', () => {
    const spot = { id: 'a', x: 100, y: 100 };
    const wanted = [{ ...spot, name: 'Ga', radius: 8 }];
    const at = (kept: readonly Box[]) =>
      placeLabels(wanted, [spot], { width: 200, height: 200, size: 16, kept })[0]?.anchor;
    expect(at([])).toBe('start');
    expect(at([[112, 90, 200, 110]])).toBe('end');
  });
});
