import type { Role } from '../../gql/citizen/graphql.ts';
import { t, type TextKey } from '../texts.ts';

const roles: Record<Role, TextKey> = {
  OFFICER: 'looks.officer',
  ADMIN: 'looks.admin',
  TRACER: 'looks.tracer',
  ANALYST: 'looks.staff',
  AUDITOR: 'looks.staff',
};
const deeds: Record<string, TextKey> = {
  'declarations.scan': 'looks.scanned',
  'declaration.read': 'looks.opened',
  'declaration.record': 'looks.keyed',
  'passages.read': 'looks.shift',
};

export const whoLooked = ({ role, unit }: { role: Role; unit: { fullName: string } }): string =>
  `${t(roles[role])}, ${unit.fullName}`;

/** What comes later has no words here yet: it was a look all the same. */
export const whatWasDone = (action: string): string => t(deeds[action] ?? 'looks.looked');
