import { h } from 'vue';
import type { Column } from '../../lists/column.ts';
import { formatDay } from '../../days.ts';
import { formatMoment } from '../../moments.ts';
import { wholePlace } from '../../unit-place.ts';
import { statusText, type FollowUpRow } from './follow-up-row.ts';
import FollowUpPerson from './FollowUpPerson.vue';
import StatusMark from './StatusMark.vue';

export const followUpColumns: readonly Column<FollowUpRow>[] = [
  { key: 'person', title: true, text: ({ citizen }) => citizen.fullName, draw: (row) => h(FollowUpPerson, { row }) },
  { key: 'generation', text: ({ generation }) => `F${generation}`, from: 'wide' },
  { key: 'phone', text: ({ citizen }) => citizen.phone ?? '', from: 'wide' },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wider' },
  { key: 'until', text: ({ until }) => formatDay(until), from: 'wide' },
  { key: 'exposed', text: ({ firstExposedAt }) => formatMoment(firstExposedAt), from: 'wider', extra: true },
  { key: 'notes', text: ({ notes }) => notes ?? '', from: 'wider' },
  { key: 'status', text: statusText, draw: (row) => h(StatusMark, { row }) },
];
