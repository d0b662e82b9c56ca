import { h } from 'vue';
import type { CheckpointRowFragment } from '../../gql/admin/graphql.ts';
import ActiveMark from '../ActiveMark.vue';
import type { Column } from '../lists/column.ts';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import CheckpointName from './CheckpointName.vue';
import { openWords } from './open-words.ts';

export const checkpointColumns: readonly Column<CheckpointRowFragment>[] = [
  { key: 'name', title: true, text: ({ name }) => name, draw: (row) => h(CheckpointName, { row }) },
  { key: 'code', text: ({ code }) => code },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wide' },
  { key: 'kind', text: ({ kind }) => t(`kind.${kind}`), from: 'wider' },
  {
    key: 'active',
    text: openWords,
    draw: (row) => h(ActiveMark, { active: row.active, words: openWords(row) }),
    from: 'wide',
  },
];
