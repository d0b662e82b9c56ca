import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDraft, readCoordinates, toCheckpointInput, type Opening } from './checkpoint-draft.ts';

const unit = {
  id: '402@2021',
  code: '402',
  level: 'DISTRICT' as const,
  path: 'Huyện Quảng Xương, Thanh Hóa',
  above: ['38'],
};

describe('a checkpoint to be saved', () => {
  it('is read with coordinates as a map gives them, or without any', () => {
    const numbers = fc.tuple(
      fc.integer({ min: -90, max: 90 }),
      fc.integer({ min: -180, max: 180 }),
      fc.constantFrom(', ', ',', ' ', '; '),
    );
    fc.assert(
      fc.property(numbers, ([latitude, longitude, between]) => {
        expect(readCoordinates(`${latitude}.25${between}${longitude}`)).toEqual(
          Math.abs(latitude) === 90 ? undefined : { latitude: Number(`${latitude}.25`), longitude },
        );
      }),
    );
    expect(readCoordinates('  ')).toBeNull();
    for (const wrong of ['19.8', '19,8 105,7', 'bắc', '91, 105', '19, 181'])
      expect(readCoordinates(wrong)).toBeUndefined();
  });

  it('says every field that is missing at once', () => {
    expect(Object.keys(toCheckpointInput('id', { ...emptyDraft(), coordinates: 'x' }))).toEqual([
      'name',
      'code',
      'unitCode',
      'latitude',
    ]);
  });

  it('closes on the day that was typed, and on none where it stays open or is closed', () => {
    const typed = { ...emptyDraft(), name: 'Cầu Ghép', code: 'TH-01', unit, lastDay: '23/08/2021' };
    const inputOf = (opening: Opening) => toCheckpointInput('id', { ...typed, opening });
    expect(inputOf('UNTIL')).toMatchObject({ active: true, closesOn: '2021-08-23' });
    expect(inputOf('OPEN')).toMatchObject({ active: true, closesOn: null });
    expect(inputOf('CLOSED')).toMatchObject({ active: false, closesOn: null });
    expect(toCheckpointInput('id', { ...typed, opening: 'UNTIL', lastDay: '31/02/2021' })).toEqual({
      closesOn: 'checkpoints.missing.closesOn',
    });
  });

  it('goes to the server without white space around, with null for no coordinates', () => {
    expect(toCheckpointInput('id', { ...emptyDraft(), name: ' Cầu Ghép ', code: ' TH-01 ', unit })).toEqual({
      id: 'id',
      name: 'Cầu Ghép',
      code: 'TH-01',
      unitCode: '402',
      kind: 'ROAD',
      active: true,
      closesOn: null,
      latitude: null,
      longitude: null,
    });
  });
});
