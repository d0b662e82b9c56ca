import type { AuditRowFragment } from '../../gql/admin/graphql.ts';
import { t } from '../texts.ts';

const kinds = ['declaration', 'account', 'checkpoint', 'zone', 'citizen', 'partnerApp'];

const roles = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR', 'PARTNER'];

/** Empty where it was no account's doing. */
export const rolesOf = ({ role }: AuditRowFragment): string =>
  (role?.split(',') ?? [])
    .filter((each) => roles.includes(each))
    .map((each) => t(`role.${each}`))
    .join(', ');

/** The end of an id tells it from its neighbours; the whole one is in the panel. */
export const shortId = (id: string): string => `…${id.slice(-6)}`;

/** "Tờ khai …c7d2f1", "3 tờ khai"; empty without a subject. */
export function subjectWords({ subjectKind, subjectIds }: AuditRowFragment): string {
  const [first, ...others] = subjectIds;
  if (!first) return '';
  const kind = kinds.find((each) => each === subjectKind) ?? 'other';
  return others.length > 0
    ? t(`audit.subjects.${kind}`, { count: subjectIds.length })
    : `${t(`audit.subject.${kind}`)} ${shortId(first)}`;
}
