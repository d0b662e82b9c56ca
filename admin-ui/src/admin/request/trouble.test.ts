import { expect, it, vi } from 'vitest';
import { unanswered } from '../../session/problem.ts';
import { troubleOf } from './trouble.ts';

// The texts ask for a page.
vi.mock('../texts.ts', () => ({ t: (key: string) => key }));

it('a refusal is told with its reasons, else with its message, else that there was no answer', () => {
  const refused = { ...unanswered, code: 'BAD_USER_INPUT', message: 'Dữ liệu chưa đúng.' };
  expect(troubleOf({ ...refused, fields: { id: 'Ứng dụng đã bị thu hồi.' } })).toBe('Ứng dụng đã bị thu hồi.');
  expect(troubleOf({ ...refused, fields: { name: 'Cần tên.', id: 'Đã dùng.' } }, ['Đã dùng.'])).toBe('Đã dùng.');
  expect(troubleOf(refused)).toBe('Dữ liệu chưa đúng.');
  expect(troubleOf(unanswered)).toBe('problem.offline');
});
