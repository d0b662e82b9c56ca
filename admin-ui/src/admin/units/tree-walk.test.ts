import { describe, expect, it } from 'vitest';
import { stepOf, typedTo, type WalkedRow } from './tree-walk.ts';

const row = (fullName: string, depth: number, unfolded: boolean | null): WalkedRow => ({
  ...{ name: fullName.replace(/^\S+ /, ''), fullName, depth, unfolded },
});
const rows = [
  row('Tỉnh Thanh Hóa', 1, true),
  row('Huyện Quảng Xương', 2, true),
  row('Xã Quảng Bình', 3, null),
  row('Xã Quảng Đức', 3, null),
  row('Huyện Hà Trung', 2, false),
  row('Tỉnh Đắk Lắk', 1, false),
];

describe('a key in the tree', () => {
  it.each([
    ['ArrowDown', 0, { to: 1 }],
    ['ArrowDown', 5, null],
    ['ArrowUp', 0, null],
    ['ArrowUp', 4, { to: 3 }],
    ['Home', 4, { to: 0 }],
    ['End', 0, { to: 5 }],
    ['ArrowRight', 4, { unfold: true }],
    ['ArrowRight', 1, { to: 2 }],
    ['ArrowRight', 2, null],
    ['ArrowLeft', 1, { unfold: false }],
    ['ArrowLeft', 3, { to: 1 }],
    ['ArrowLeft', 4, { to: 0 }],
    ['ArrowLeft', 5, null],
    ['q', 0, null],
  ])('%s at row %i leads to %o', (key, at, step) => expect(stepOf(key, rows, at)).toEqual(step));

  it('where what is below has not come yet leads nowhere', () => {
    expect(stepOf('ArrowRight', [row('Tỉnh Thanh Hóa', 1, true), row('Tỉnh Nghệ An', 1, false)], 0)).toBeNull();
  });
});

describe('letters in the tree', () => {
  it.each([
    ['q', 0, 1],
    ['q', 1, 2],
    ['q', 3, 1],
    ['quang d', 1, 3],
    ['Đ', 0, 5],
    ['dak', 5, 5],
    ['huyen h', 0, 4],
    ['x', 3, 2],
    ['t', 1, 0],
    ['zz', 0, null],
  ])('%s at row %i lead to row %o', (text, at, to) => expect(typedTo(text, rows, at)).toBe(to));
});
