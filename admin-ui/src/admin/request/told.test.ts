import { expect, it, vi } from 'vitest';
import { toldOf } from './told.ts';

// The texts ask for a page.
vi.mock('../texts.ts', () => ({ t: (key: string) => key }));

it('what a form tells stands beside its fields, else below it, and is never nothing', () => {
  const told = (fields: Record<string, string>, message = 'Dữ liệu chưa đúng.') =>
    toldOf({ fields, message }, ['name', 'code']);
  expect(told({ 'input.name': 'Cần tên.' })).toEqual({ problems: { name: 'Cần tên.' }, trouble: null });
  expect(told({ 'input.name': 'Cần tên.', id: 'Đã dùng.' })).toEqual({
    problems: { name: 'Cần tên.' },
    trouble: 'Đã dùng.',
  });
  expect(told({})).toEqual({ problems: {}, trouble: 'Dữ liệu chưa đúng.' });
  expect(told({}, '')).toEqual({ problems: {}, trouble: 'problem.offline' });
});
