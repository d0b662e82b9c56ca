import type { UnsettledRowFragment } from '../../../gql/admin/graphql.ts';
import type { PickedUnit } from '../../../ui/picked-unit.ts';
import { reasonProblem } from '../../reason/reason-problem.ts';
import { t } from '../../texts.ts';
import { wholePlace } from '../../unit-place.ts';

/** What is being decided for one or for many: one of the proposed, or another that was looked for. */
export interface Decision {
  /** The code of a proposed unit; OTHER for one that is picked; null before anything was chosen. */
  chosen: string | null;
  other: PickedUnit | null;
  reason: string;
}

export const undecided = (): Decision => ({ chosen: null, other: null, reason: '' });

/** What is proposed for all of them; the codes are those of today. */
export function proposedForAll(posts: readonly UnsettledRowFragment[]): { code: string; place: string }[] {
  const [first, ...others] = posts;
  const common = (first?.proposed ?? []).filter(({ id }) =>
    others.every(({ proposed }) => proposed.some((unit) => unit.id === id)),
  );
  return common.map((unit) => ({ code: unit.code, place: wholePlace(unit) }));
}

export const unitCodeOf = ({ chosen, other }: Decision): string | null =>
  chosen === 'OTHER' ? (other?.code ?? null) : chosen;

/** What is missing, in words. */
export function missingIn(decision: Decision): { unit: string | null; reason: string | null } {
  return {
    unit: unitCodeOf(decision) ? null : t('unsettled.missingUnit'),
    reason: reasonProblem(decision.reason),
  };
}
