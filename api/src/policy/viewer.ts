import type { AuditActor } from '../platform/audit/request-trail.ts';
import type { ContextViewer, RequestContext } from '../platform/graphql/context.ts';

export const roles = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR'] as const;
export type Role = (typeof roles)[number];

/** The units an account reaches: the one it stands at and all below, as plain sets, so that policy needs no territory. */
export interface Jurisdiction {
  unitId: string;
  isNation: boolean;
  provinces: readonly string[];
  /** Null where it covers its provinces whole. */
  unitIds: ReadonlySet<string> | null;
}

/** Who is signed in, with what the policy table needs to judge. */
export interface Viewer extends ContextViewer {
  name: string;
  username: string;
  roles: readonly Role[];
  jurisdiction: Jurisdiction;
  checkpointIds: ReadonlySet<string>;
  mustChangePassword: boolean;
  /** A second factor is obligatory, and there is none yet. */
  mustEnrolMfa: boolean;
}

export type Context = RequestContext<Viewer>;

/** As the audit trail has it. A jurisdiction's own province stands first. */
export const auditActorOf = ({ accountId, roles: held, jurisdiction }: Viewer): AuditActor => ({
  accountId,
  roles: held,
  unitId: jurisdiction.unitId,
  provinceCode: jurisdiction.provinces[0] ?? 'VN',
});
