import { expect, it, vi } from 'vitest';
import { aContact } from '../an-outbreak.ts';
import { shownOf } from '../shown.ts';
import { contactsCsv } from './contacts-csv.ts';

// Texts and language ask for a page.
vi.mock('../../../../texts.ts', () => ({
  t: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' '),
}));
vi.mock('../../../../../session/locale.ts', () => ({ locale: { value: 'vi' }, read: () => null }));

const person = { id: 'case', fullName: 'Ca bệnh' };
const contacts = [
  aContact('a', 1, [{ sourceName: '=cmd|calc' }, { kind: 'SAME_HOUSEHOLD', at: '2021-08-21T00:00:00.000Z' }]),
  aContact('b', 2, []),
];

it('a file of contacts has a line for each link that is shown, one for who has none, and no formula', () => {
  const shown = shownOf(contacts, 'case', { whole: 4, opened: new Set() });
  const lines = contactsCsv({ person, contacts, shown }).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('graph.columns.generation,graph.columns.person');
  expect(lines[1]).toMatch(/^F1,Người a,/);
  expect(lines[1]).toContain("'=cmd|calc");
  expect(lines[2]).toContain('kind.SAME_HOUSEHOLD');
  expect(lines[3]).toMatch(/^F2,Người b,/);
});

it('and only those', () => {
  const shown = shownOf(contacts, 'case', { whole: 4, opened: new Set(), kind: 'SAME_HOUSEHOLD' });
  const lines = contactsCsv({ person, contacts, shown }).split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('kind.SAME_HOUSEHOLD');
});
