import { expect, it, vi } from 'vitest';
import type { CaseHeadFragment } from '../../../gql/admin/graphql.ts';
import { changesOf, draftOf } from './change-draft.ts';

// The texts ask for a page.
vi.mock('../../texts.ts', () => ({ t: (key: string) => key }));

const head = {
  id: 'one',
  status: 'SUSPECTED',
  onsetOn: '2021-08-20',
  sampledOn: null,
  confirmedOn: null,
  isolatedAt: '2021-08-23T07:05:00.000Z',
  infectiousFrom: '2021-08-17T17:00:00.000Z',
  infectiousUntil: '2021-08-30T17:00:00.000Z',
  overrideReason: null,
} as unknown as CaseHeadFragment;
const reason = 'Có kết quả xét nghiệm';
const changed = (changes: object, of = head) => {
  const before = draftOf(of);
  return changesOf('one', before, { ...before, justification: reason, ...changes });
};

it('a case is shown as it is typed, and its moments in Viet Nam', () => {
  expect(draftOf(head)).toMatchObject({ onsetOn: '20/08/2021', sampledOn: '', isolatedAt: '2021-08-23T14:05' });
});

it('only what was changed is sent; what was taken out is taken away; nothing changed is nothing to send', () => {
  expect(changed({})).toBeNull();
  expect(changed({ status: 'CONFIRMED', onsetOn: '' })).toEqual({
    id: 'one',
    reason,
    status: 'CONFIRMED',
    onsetOn: null,
  });
});

it('a period of its own is sent whole, and taken back by both ends', () => {
  const own = { overridden: true, infectiousFrom: '2021-08-15T00:00', infectiousUntil: '2021-08-30T00:00' };
  expect(changed({ ...own, overrideReason: 'Bác sĩ xác định' })).toEqual({
    id: 'one',
    reason,
    infectiousFrom: '2021-08-14T17:00:00.000Z',
    infectiousUntil: '2021-08-29T17:00:00.000Z',
    overrideReason: 'Bác sĩ xác định',
  });
  const overridden = { ...head, overrideReason: 'Bác sĩ xác định' };
  expect(changed({ status: 'CONFIRMED' }, overridden)).toEqual({ id: 'one', reason, status: 'CONFIRMED' });
  expect(changed({ overridden: false }, overridden)).toEqual({
    id: 'one',
    reason,
    infectiousFrom: null,
    infectiousUntil: null,
  });
});
