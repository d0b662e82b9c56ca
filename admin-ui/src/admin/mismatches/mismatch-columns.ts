import { h } from 'vue';
import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import type { MismatchRowFragment } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment, formatRowMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { t } from '../texts.ts';
import { fieldNames } from '../verdict/verdict-words.ts';
import MismatchPerson from './MismatchPerson.vue';

export const mismatchColumns: readonly Column<MismatchRowFragment>[] = [
  { key: 'person', title: true, text: ({ fullName }) => fullName, draw: (row) => h(MismatchPerson, { row }) },
  { key: 'born', text: ({ dateOfBirth }) => formatBirthDate(dateOfBirth), from: 'wider' },
  { key: 'document', text: ({ documentMasked }) => documentMasked ?? '', from: 'wider' },
  { key: 'verdict', text: ({ verification: { status } }) => t(`verdict.${status}`) },
  { key: 'fields', text: ({ verification: { mismatches } }) => fieldNames(mismatches), from: 'wide' },
  { key: 'checkpoint', text: ({ verification: { checkpoint } }) => checkpoint?.name ?? '', from: 'wider' },
  {
    key: 'passed',
    text: ({ verification: { passedAt } }) => (passedAt ? formatRowMoment(passedAt) : ''),
    from: 'wider',
    extra: true,
  },
  {
    key: 'checked',
    text: ({ verification: { checkedAt } }) => (checkedAt ? formatMoment(checkedAt) : ''),
    draw: ({ verification: { checkedAt } }) => (checkedAt ? h(MomentText, { at: checkedAt, row: true }) : ''),
    from: 'wide',
  },
];
