import type { Role } from '../../gql/citizen/graphql.ts';
import { t, type TextKey } from '../texts.ts';

const roles: Record<Role, TextKey> = {
  OFFICER: 'looks.officer',
  ADMIN: 'looks.admin',
  TRACER: 'looks.tracer',
  ANALYST: 'looks.staff',
  AUDITOR: 'looks.staff',
  PARTNER: 'looks.app',
};
const deeds: Record<string, TextKey> = {
  'declarations.scan': 'looks.scanned',
  'declaration.read': 'looks.opened',
  'declaration.record': 'looks.keyed',
  'declaration.submit': 'looks.sent',
  'declarations.read': 'looks.read',
  'passages.read': 'looks.shift',
  'arrival.call': 'looks.called',
  'arrival.report': 'looks.reported',
  'arrival.unreport': 'looks.unreported',
};

interface Looker {
  role: Role;
  app?: string | null | undefined;
  unit: { fullName: string };
}

/** A partner app is told by its name, everybody else by their role. */
export const whoLooked = ({ role, app, unit }: Looker): string =>
  app ? `${t('looks.app')} ${app}` : `${t(roles[role])}, ${unit.fullName}`;

/** What comes later has no words here yet: it was a look all the same. */
export const whatWasDone = (action: string): string => t(deeds[action] ?? 'looks.looked');
