import { h } from 'vue';
import type { UnsettledRowFragment } from '../../../gql/admin/graphql.ts';
import type { Column } from '../../lists/column.ts';
import { t } from '../../texts.ts';
import { wholePlace } from '../../unit-place.ts';
import PostName from './PostName.vue';

export const postColumns: readonly Column<UnsettledRowFragment>[] = [
  { key: 'name', title: true, text: ({ name }) => name, draw: (row) => h(PostName, { row }) },
  { key: 'code', text: ({ code }) => code, from: 'wide' },
  { key: 'kind', text: ({ kind }) => t(`unsettled.kind.${kind}`), from: 'wide' },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wide' },
  { key: 'proposed', text: ({ proposed }) => proposed.map(wholePlace).join('; '), from: 'wider' },
];
