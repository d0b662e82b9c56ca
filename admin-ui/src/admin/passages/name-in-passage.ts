import type { PassageRowFragment } from '../../gql/admin/graphql.ts';
import { t } from '../texts.ts';

/** Who passed: as declared, as known, or by the number of a form that was not keyed in yet. */
export const nameInPassage = ({ declaration, citizen, paperFormNumber }: PassageRowFragment): string =>
  declaration?.person.fullName ?? citizen?.fullName ?? t('passages.paper', { number: paperFormNumber ?? '' });
