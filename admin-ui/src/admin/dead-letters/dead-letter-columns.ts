import { h } from 'vue';
import type { DeadLetterRowFragment } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment, formatNumber } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { ownProvince } from '../own-province.ts';
import { t } from '../texts.ts';
import { shortPlace } from '../unit-place.ts';

export const whyGivenUp = ({ failure }: DeadLetterRowFragment): string =>
  failure ? t(`failure.${failure}`) : t('deadLetters.verdictStands');

export const deadLetterColumns: readonly Column<DeadLetterRowFragment>[] = [
  {
    key: 'since',
    title: true,
    text: ({ since }) => formatMoment(since),
    draw: ({ since }) => h(MomentText, { at: since, row: true }),
  },
  { key: 'why', text: whyGivenUp },
  { key: 'checkpoint', text: ({ checkpoint }) => checkpoint?.name ?? '', from: 'wide' },
  {
    key: 'unit',
    text: ({ checkpoint }) => (checkpoint ? shortPlace(checkpoint.unit, ownProvince.value) : ''),
    from: 'wider',
    extra: true,
  },
  { key: 'attempts', number: true, text: ({ attempts }) => formatNumber(attempts), from: 'wide' },
];
