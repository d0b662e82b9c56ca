import { wholePlace } from '../../unit-place.ts';
import type { FollowUpRow } from './follow-up-row.ts';

/** Where somebody lives, to go there: the temporary address where there is one. */
export function homeWords({ citizen }: Pick<FollowUpRow, 'citizen'>): string {
  const home = citizen.temporaryAddress ?? citizen.permanentAddress;
  return home ? [home.line, wholePlace(home.unit)].filter(Boolean).join(', ') : '';
}
