import { h } from 'vue';
import type { DoubleRowFragment } from '../../../gql/admin/graphql.ts';
import type { Column } from '../../lists/column.ts';
import { formatNumber, formatRowMoment } from '../../moments.ts';
import { personOf, whyAlike } from './double-words.ts';
import DoubleNames from './DoubleNames.vue';

export const doubleColumns: readonly Column<DoubleRowFragment>[] = [
  {
    key: 'people',
    title: true,
    text: ({ one, other }) => [personOf(one).fullName, personOf(other).fullName].join(' – '),
    draw: (row) => h(DoubleNames, { row }),
  },
  { key: 'evidence', text: whyAlike, from: 'wide' },
  { key: 'score', number: true, text: ({ score }) => `${formatNumber(score)} %` },
  { key: 'found', text: ({ foundAt }) => formatRowMoment(foundAt), from: 'wider', extra: true },
];
