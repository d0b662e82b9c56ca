import { h } from 'vue';
import type { AccountRowFragment } from '../../gql/admin/graphql.ts';
import ActiveMark from '../ActiveMark.vue';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import AccountName from './AccountName.vue';

const inUse = ({ active }: AccountRowFragment) => t(active ? 'accounts.active' : 'accounts.inactive');

export const accountColumns: readonly Column<AccountRowFragment>[] = [
  { key: 'fullName', title: true, text: ({ fullName }) => fullName, draw: (row) => h(AccountName, { row }) },
  { key: 'username', text: ({ username }) => username },
  { key: 'roles', text: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(', '), from: 'wide' },
  { key: 'unit', text: ({ unit }) => wholePlace(unit), from: 'wider' },
  {
    key: 'active',
    text: inUse,
    draw: (row) => h(ActiveMark, { active: row.active, words: inUse(row) }),
    from: 'wide',
  },
  {
    key: 'seen',
    text: ({ lastSignedInAt: at }) => (at ? formatMoment(at) : t('accounts.never')),
    draw: ({ lastSignedInAt: at }) => (at ? h(MomentText, { at, row: true }) : t('accounts.never')),
    from: 'wider',
    number: true,
  },
  {
    key: 'checkpoints',
    text: ({ checkpoints }) => checkpoints.map(({ name }) => name).join(', '),
    from: 'wider',
    extra: true,
  },
];
