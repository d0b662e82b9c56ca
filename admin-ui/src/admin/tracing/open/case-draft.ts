import type { CaseStatus, OpenCaseInput } from '../../../gql/admin/graphql.ts';
import { readDay } from '../../days.ts';
import { t } from '../../texts.ts';
import { reasonProblem } from '../../reason/reason-problem.ts';

/** A case as it is typed: days as 23/08/2021, moments as a field of the browser gives them, in Viet Nam. */
export interface CaseDraft {
  status: CaseStatus | null;
  onsetOn: string;
  sampledOn: string;
  confirmedOn: string;
  isolatedAt: string;
  overridden: boolean;
  infectiousFrom: string;
  infectiousUntil: string;
  overrideReason: string;
  justification: string;
}
export const caseFields = [
  ...(['status', 'onsetOn', 'sampledOn', 'confirmedOn', 'isolatedAt'] as const),
  ...(['infectiousFrom', 'infectiousUntil', 'overrideReason', 'justification'] as const),
] as const;
export type CaseProblems = Partial<Record<(typeof caseFields)[number], string>>;

export const emptyCase = (justification: string): CaseDraft => ({
  status: null,
  onsetOn: '',
  sampledOn: '',
  confirmedOn: '',
  isolatedAt: '',
  overridden: false,
  infectiousFrom: '',
  infectiousUntil: '',
  overrideReason: '',
  justification,
});

const days = ['onsetOn', 'sampledOn', 'confirmedOn'] as const;
const moments = ['infectiousFrom', 'infectiousUntil'] as const;

/** 2021-08-23T14:05, in Viet Nam, as the API takes it. */
export const momentOf = (local: string): string => new Date(`${local}:00+07:00`).toISOString();

/** What can be told before the server is asked. */
export function problemsOf(draft: CaseDraft): CaseProblems {
  const problems: CaseProblems = {};
  if (!draft.status) problems.status = t('tracing.missing.status');
  for (const key of days) if (draft[key] && !readDay(draft[key])) problems[key] = t('filter.noSuchDay');
  if (draft.overridden) {
    for (const key of moments) if (!draft[key]) problems[key] = t('tracing.missing.moment');
    const wrong = reasonProblem(draft.overrideReason);
    if (wrong) problems.overrideReason = wrong;
  }
  const wrong = reasonProblem(draft.justification);
  if (wrong) problems.justification = wrong;
  return problems;
}

/** A draft without problems, as the API takes it. */
export function toInput(id: string, citizenId: string, draft: CaseDraft): OpenCaseInput {
  const { isolatedAt, infectiousFrom, infectiousUntil, overrideReason } = draft;
  return {
    id,
    citizenId,
    status: draft.status ?? 'SUSPECTED',
    justification: draft.justification.trim(),
    onsetOn: readDay(draft.onsetOn),
    sampledOn: readDay(draft.sampledOn),
    confirmedOn: readDay(draft.confirmedOn),
    isolatedAt: isolatedAt ? momentOf(isolatedAt) : null,
    ...(draft.overridden && {
      infectiousFrom: momentOf(infectiousFrom),
      infectiousUntil: momentOf(infectiousUntil),
      overrideReason: overrideReason.trim(),
    }),
  };
}
