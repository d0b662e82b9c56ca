import { beforeEach, expect, it, vi } from 'vitest';
import type { GraphqlClient } from '../../session/graphql-client.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import type { PaperDesk } from './paper-desk.ts';

vi.hoisted(() => {
  const page = { documentElement: {}, createElement: () => ({}) };
  Object.assign(globalThis, { document: page, localStorage: { getItem: () => null, setItem: () => undefined } });
});
const { createPaperDesk } = await import('./paper-desk.ts');

const card = { fullName: 'Tống Thị Thẻ', dateOfBirth: '1990-05-17', sex: 'FEMALE' as const, idNumber: '038190000001' };
const commune: PickedUnit = { id: '16438@2021', code: '16438', level: 'COMMUNE', path: 'Xã Quảng Bình', above: [] };
let desk: PaperDesk;
beforeEach(() => void (desk = createPaperDesk({} as GraphqlClient)));

it('a card fills in who it is, also where a number and the last form’s journey stand already', () => {
  desk.begin('DX-1');
  desk.last.value = { ...desk.form, destination: commune };
  desk.repeat();
  expect(desk.prefill(card)).toBe(true);
  expect(desk.form).toMatchObject({
    ...{ number: 'DX-1', destination: commune },
    ...{ fullName: 'Tống Thị Thẻ', born: '17/05/1990', sex: 'FEMALE', document: '038190000001' },
  });
});

it('a card changes nothing of a form that is somebody’s', () => {
  desk.form.fullName = 'Lê Văn Cha';
  expect(desk.prefill(card)).toBe(false);
  expect(desk.form).toMatchObject({ fullName: 'Lê Văn Cha', document: '' });
});
