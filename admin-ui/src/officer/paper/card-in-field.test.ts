import { expect, it } from 'vitest';
import { cardInField } from './card-in-field.ts';

const card = '038190000001||Tống Thị Thẻ|17051990|Nữ|Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa|01052021';

it('a card that a hand scanner typed is read, with a key that was pressed just before it', () => {
  expect(cardInField(card)).toMatchObject({ fullName: 'Tống Thị Thẻ' });
  expect(cardInField(`p${card}`)).toMatchObject({ fullName: 'Tống Thị Thẻ' });
});

it('what somebody wrote, a form’s number and half a card are no card', () => {
  for (const text of ['', 'Tống Thị Thẻ', '038190000001', 'PF:DX-1', '038190000001||Tống Thị Thẻ|1705'])
    expect(cardInField(text)).toBeNull();
});
