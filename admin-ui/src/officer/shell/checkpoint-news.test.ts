import { expect, it } from 'vitest';
import { newsOf, placeOf, type Standing } from './checkpoint-news.ts';

const unit = { id: '16438@2021', fullName: 'Thị trấn Tân Phong' };
const aCheckpoint = (changes: Partial<Standing> = {}): Standing => ({ id: 'id', active: true, unit, ...changes });
const news = (changes: Partial<Standing>, known = '') => newsOf(aCheckpoint(changes), known, '2021-08-23');

it('its officers are told a week ahead that a checkpoint closes, and when it did', () => {
  expect(news({ closesOn: '2021-08-31' })).toBeNull();
  expect(news({ closesOn: '2021-08-30' })).toEqual({ kind: 'CLOSING', day: '2021-08-30' });
  expect(news({ closesOn: '2021-08-22', active: false })).toEqual({ kind: 'CLOSED' });
});

it('they are told that it moved, until they say that they know', () => {
  const before = placeOf(aCheckpoint());
  const moved = { unit: { id: '16456@2021', fullName: 'Xã Quảng Định' } };
  expect(news(moved, before)).toEqual({ kind: 'MOVED', unit: 'Xã Quảng Định' });
  expect(news(moved, placeOf(aCheckpoint(moved)))).toBeNull();
  expect(news(moved, 'another 16438@2021')).toBeNull();
  expect(news({}, '')).toBeNull();
});
