import { h } from 'vue';
import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import type { CaseRowFragment } from '../../gql/admin/graphql.ts';
import ActiveMark from '../ActiveMark.vue';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import CasePerson from './CasePerson.vue';
import { periodWords } from './case-words.ts';

const stateWords = ({ closedAt }: Pick<CaseRowFragment, 'closedAt'>): string =>
  t(closedAt ? 'tracing.closed' : 'tracing.open');

export const caseColumns: readonly Column<CaseRowFragment>[] = [
  { key: 'person', title: true, text: ({ citizen }) => citizen.fullName, draw: (row) => h(CasePerson, { row }) },
  { key: 'born', text: ({ citizen }) => formatBirthDate(citizen.dateOfBirth), from: 'wide' },
  { key: 'status', text: ({ status }) => t(`tracing.statuses.${status}`), from: 'wide' },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wider' },
  { key: 'infectious', text: (row) => periodWords(row), from: 'wider' },
  {
    key: 'opened',
    text: ({ openedAt }) => formatMoment(openedAt),
    draw: ({ openedAt }) => h(MomentText, { at: openedAt, row: true }),
    from: 'wide',
  },
  { key: 'by', text: ({ openedBy }) => openedBy.name, from: 'wider', extra: true },
  {
    key: 'state',
    text: stateWords,
    draw: (row) => h(ActiveMark, { active: row.closedAt === null, words: stateWords(row) }),
  },
];
