import { h } from 'vue';
import type { PartnerAppRowFragment } from '../../gql/admin/graphql.ts';
import ActiveMark from '../ActiveMark.vue';
import type { Column } from '../lists/column.ts';
import { wholePlace } from '../unit-place.ts';
import PartnerAppName from './PartnerAppName.vue';
import { scopeWords } from './scopes.ts';
import { stateWords } from './state-words.ts';

export const partnerAppColumns: readonly Column<PartnerAppRowFragment>[] = [
  { key: 'name', title: true, text: ({ name }) => name, draw: (row) => h(PartnerAppName, { row }) },
  { key: 'purpose', text: ({ purpose }) => purpose, from: 'wider' },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wide' },
  { key: 'scopes', text: ({ scopes }) => scopes.map(scopeWords).join(', '), from: 'wider' },
  { key: 'today', text: ({ requestsToday }) => String(requestsToday), number: true },
  {
    key: 'state',
    text: stateWords,
    draw: (row) => h(ActiveMark, { active: row.active, words: stateWords(row) }),
    from: 'wide',
  },
];
