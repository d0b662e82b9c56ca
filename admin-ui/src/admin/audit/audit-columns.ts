import { h } from 'vue';
import type { AuditRowFragment } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import { actionWords } from './action-words.ts';
import { rolesOf, subjectWords } from './audit-words.ts';

export const auditColumns: readonly Column<AuditRowFragment>[] = [
  { key: 'at', text: ({ at }) => formatMoment(at), draw: ({ at }) => h(MomentText, { at, row: true }) },
  { key: 'action', title: true, text: ({ action }) => actionWords(action) },
  { key: 'actor', text: ({ actor }) => actor },
  { key: 'role', text: rolesOf, from: 'wider' },
  { key: 'subject', text: subjectWords, from: 'wide' },
  { key: 'reason', text: ({ reason }) => reason ?? '', from: 'wider' },
  { key: 'unit', text: ({ unit }) => (unit ? wholePlace(unit) : ''), from: 'wider', extra: true },
  { key: 'ip', text: ({ ip }) => ip ?? '', from: 'wider', extra: true },
  {
    key: 'block',
    text: ({ block }) => (block === null ? t('audit.unsealed') : String(block)),
    from: 'wider',
    number: true,
    extra: true,
  },
];
