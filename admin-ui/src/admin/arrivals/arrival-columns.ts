import { h } from 'vue';
import type { ArrivalRowFragment } from '../../gql/admin/graphql.ts';
import { formatDay } from '../days.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { ownProvince } from '../own-province.ts';
import { t } from '../texts.ts';
import { shortPlace } from '../unit-place.ts';
import ArrivalPerson from './ArrivalPerson.vue';
import ReportCell from './ReportCell.vue';
import type { Reporting } from './use-reporting.ts';

/** When they came, or of who is coming when they declared. */
const momentOf = ({ cameAt, reportedAt, declaration }: ArrivalRowFragment) =>
  cameAt ?? reportedAt ?? declaration.submittedAt;

export const arrivalColumns = (reporting: Reporting): readonly Column<ArrivalRowFragment>[] => [
  {
    key: 'person',
    title: true,
    text: ({ declaration: { person } }) => person.fullName,
    draw: (row) => h(ArrivalPerson, { row }),
  },
  {
    key: 'at',
    text: (row) => formatMoment(momentOf(row)),
    draw: (row) => h(MomentText, { at: momentOf(row), row: true }),
    from: 'wide',
  },
  { key: 'through', text: ({ cameThrough }) => cameThrough?.name ?? '', from: 'wider' },
  {
    key: 'origin',
    text: ({ declaration: { journey } }) => shortPlace(journey.origin, ownProvince.value),
    from: 'wider',
  },
  { key: 'unit', text: ({ unit }) => shortPlace(unit, ownProvince.value), from: 'wider', extra: true },
  {
    key: 'until',
    text: ({ staysUntil, overstays }) =>
      staysUntil ? [formatDay(staysUntil), ...(overstays ? [t('arrivals.overstays')] : [])].join(' · ') : '',
    from: 'wide',
  },
  { key: 'left', text: ({ leftAt }) => (leftAt ? formatMoment(leftAt) : ''), from: 'wider', extra: true },
  {
    key: 'reported',
    text: (row) => {
      const at = reporting.reportedAt(row);
      return at ? formatMoment(at) : t('arrivals.notYet');
    },
    draw: (row) => h(ReportCell, { row, reporting }),
  },
];
