import { onVietnamClock } from '#api/platform/shared/vietnam-date.ts';
import type { CaseHeadFragment, UpdateCaseInput } from '../../../gql/admin/graphql.ts';
import { formatDay } from '../../days.ts';
import { toInput, type CaseDraft } from '../open/case-draft.ts';

/** A moment as a field of the browser takes it, in Viet Nam: 2021-08-23T14:05. */
const localOf = (moment: string | null | undefined): string =>
  moment ? onVietnamClock(new Date(moment)).toISOString().slice(0, 16) : '';
const dayOf = (day: string | null | undefined): string => (day ? formatDay(day) : '');

/** A case as it stands, to be changed. */
export const draftOf = (head: CaseHeadFragment): CaseDraft => ({
  status: head.status,
  onsetOn: dayOf(head.onsetOn),
  sampledOn: dayOf(head.sampledOn),
  confirmedOn: dayOf(head.confirmedOn),
  isolatedAt: localOf(head.isolatedAt),
  overridden: Boolean(head.overrideReason),
  infectiousFrom: head.overrideReason ? localOf(head.infectiousFrom) : '',
  infectiousUntil: head.overrideReason ? localOf(head.infectiousUntil) : '',
  overrideReason: head.overrideReason ?? '',
  justification: '',
});

const plain = ['status', 'onsetOn', 'sampledOn', 'confirmedOn', 'isolatedAt'] as const;
const period = ['infectiousFrom', 'infectiousUntil', 'overrideReason'] as const;

/** Only what was changed: what another tracer entered meanwhile stays. Null where nothing was. */
export function changesOf(id: string, before: CaseDraft, draft: CaseDraft): UpdateCaseInput | null {
  const whole = toInput(id, '', draft);
  const kept = Object.fromEntries(plain.filter((key) => draft[key] !== before[key]).map((key) => [key, whole[key]]));
  const moved = draft.overridden && period.some((key) => draft[key] !== before[key]);
  const changes = {
    ...kept,
    ...(moved && Object.fromEntries(period.map((key) => [key, whole[key]]))),
    ...(before.overridden && !draft.overridden && { infectiousFrom: null, infectiousUntil: null }),
  };
  return Object.keys(changes).length > 0 ? { id, reason: whole.justification, ...changes } : null;
}
