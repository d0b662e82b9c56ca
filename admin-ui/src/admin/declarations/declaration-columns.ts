import { h } from 'vue';
import { formatSpokenCode } from '#api/declarations/shared/spoken-code.ts';
import type { DeclarationRowFragment } from '../../gql/admin/graphql.ts';
import type { Column } from '../lists/column.ts';
import { formatMoment } from '../moments.ts';
import MomentText from '../MomentText.vue';
import OutcomeMark from '../OutcomeMark.vue';
import { ownProvince } from '../own-province.ts';
import { t } from '../texts.ts';
import { shortPlace } from '../unit-place.ts';
import DeclarationPerson from './DeclarationPerson.vue';

export const declarationColumns: readonly Column<DeclarationRowFragment>[] = [
  {
    key: 'at',
    text: ({ submittedAt }) => formatMoment(submittedAt),
    draw: ({ submittedAt }) => h(MomentText, { at: submittedAt, row: true }),
  },
  {
    key: 'person',
    title: true,
    text: ({ person, withdrawnAt }) =>
      [person.fullName, ...(withdrawnAt ? [t('declarations.withdrawn')] : [])].join(' · '),
    draw: (row) => h(DeclarationPerson, { row }),
  },
  { key: 'origin', text: ({ journey }) => shortPlace(journey.origin, ownProvince.value), from: 'wide' },
  { key: 'destination', text: ({ journey }) => shortPlace(journey.destination, ownProvince.value), from: 'wide' },
  { key: 'plate', text: ({ journey }) => journey.plate ?? '', from: 'wider' },
  { key: 'advice', text: ({ advice }) => t(`outcome.${advice}`), draw: ({ advice }) => h(OutcomeMark, { of: advice }) },
  { key: 'channel', text: ({ channel }) => t(`channel.${channel}`), from: 'wider' },
  { key: 'code', text: ({ code }) => formatSpokenCode(code), from: 'wider', number: true },
  { key: 'vehicle', text: ({ journey }) => t(`vehicle.${journey.vehicle}`), from: 'wider', extra: true },
  { key: 'validUntil', text: ({ validUntil }) => formatMoment(validUntil), from: 'wider', extra: true },
];
