import type { FollowUpRowFragment, FollowUpStatus } from '../../../gql/admin/graphql.ts';
import { t } from '../../texts.ts';

/** A task has no id of its own: it is a contact of a case. */
export type FollowUpRow = FollowUpRowFragment & { id: string };

export const toRow = (task: FollowUpRowFragment): FollowUpRow => ({ ...task, id: `${task.caseId}.${task.citizen.id}` });

export const statuses: readonly FollowUpStatus[] = [
  ...(['NOT_CONTACTED', 'CONTACTED', 'ISOLATING', 'TESTED_NEGATIVE'] as const),
  ...(['TESTED_POSITIVE', 'COMPLETED', 'LOST'] as const),
];

export const statusText = ({ status, overdue }: FollowUpRow): string =>
  [t(`followUps.statuses.${status}`), ...(overdue ? [t('followUps.overdue')] : [])].join(' · ');
