import { expect, it, vi } from 'vitest';
import type { PersonToCheckFragment } from '../../gql/officer/graphql.ts';

vi.hoisted(() => {
  const page = { documentElement: {}, createElement: () => ({}) };
  Object.assign(globalThis, { document: page, localStorage: { getItem: () => null, setItem: () => undefined } });
});
const { verdictWords } = await import('./differing-fields.ts');

const verdict = (status: string, mismatches: string[] = []) =>
  verdictWords({ verification: { status, mismatches } } as unknown as PersonToCheckFragment);

it('what differs is said by its names, and abbreviations stay as people know them', () => {
  expect(verdict('MISMATCHED', ['fullName', 'idNumber'])).toBe('Ghi khác: họ và tên, số CCCD/CMND');
  expect(verdict('NOT_FOUND')).toBe('Không có ai mang đúng số, họ tên và ngày sinh này cùng lúc');
});
