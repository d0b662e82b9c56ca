import { h } from 'vue';
import type { PassageRowFragment } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import { ownProvince } from '../own-province.ts';
import { t } from '../texts.ts';
import { shortPlace } from '../unit-place.ts';
import { nameInPassage } from './name-in-passage.ts';
import PassageOutcome from './PassageOutcome.vue';
import PassagePerson from './PassagePerson.vue';

export const passageColumns: readonly Column<PassageRowFragment>[] = [
  {
    key: 'at',
    text: ({ occurredAt }) => formatMoment(occurredAt),
    draw: ({ occurredAt }) => h(MomentText, { at: occurredAt, row: true }),
  },
  { key: 'checkpoint', text: ({ checkpoint }) => checkpoint.name, from: 'wide' },
  { key: 'direction', text: ({ direction }) => t(`direction.${direction}`), from: 'wide' },
  { key: 'person', title: true, text: nameInPassage, draw: (row) => h(PassagePerson, { row }) },
  {
    key: 'origin',
    text: ({ declaration }) => (declaration ? shortPlace(declaration.journey.origin, ownProvince.value) : ''),
    from: 'wider',
  },
  { key: 'plate', text: ({ plate }) => plate ?? '', from: 'wider' },
  {
    key: 'decision',
    text: ({ decision, correctedBy }) =>
      [t(`outcome.${decision}`), ...(correctedBy ? [t('passages.corrected')] : [])].join(' · '),
    draw: (row) => h(PassageOutcome, { row }),
  },
  { key: 'channel', text: ({ channel }) => t(`channel.${channel}`), from: 'wider' },
  { key: 'flags', text: ({ flags }) => flags.map(({ message }) => message).join('; '), from: 'wider', extra: true },
  { key: 'offline', text: ({ recordedOffline }) => t(recordedOffline ? 'yes' : 'no'), from: 'wider', extra: true },
];
