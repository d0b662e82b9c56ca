import type { AuditActor } from '../platform/audit/request-trail.ts';
import type { ContextViewer, RequestContext } from '../platform/graphql/context.ts';

/** PARTNER is no account's: it is what a partner app acts in. */
export const roles = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR', 'PARTNER'] as const;
export type Role = (typeof roles)[number];

/** What a partner app may be granted. */
export const partnerScopes = ['declarations:read', 'declarations:write', 'statistics:read'] as const;
export type PartnerScope = (typeof partnerScopes)[number];

/** The app that asks, for a purpose that it stated, with the scopes of its token. */
export interface AskingApp {
  name: string;
  purpose: string;
  scopes: readonly PartnerScope[];
}

/** The units an account reaches: the one it stands at and all below, as plain sets, so that policy needs no territory. */
export interface Jurisdiction {
  unitId: string;
  isNation: boolean;
  provinces: readonly string[];
  /** Null where it covers its provinces whole. */
  unitIds: ReadonlySet<string> | null;
}

/** Who is signed in, or the partner app that asks, with what the policy table needs to judge. */
export interface Viewer extends ContextViewer {
  name: string;
  /** Null where an account is signed in. */
  app: AskingApp | null;
  username: string;
  roles: readonly Role[];
  jurisdiction: Jurisdiction;
  checkpointIds: ReadonlySet<string>;
  mustChangePassword: boolean;
  /** A second factor is obligatory, and there is none yet. */
  mustEnrolMfa: boolean;
  /** The session gave up everything but the flow. */
  wall: boolean;
}

export type Context = RequestContext<Viewer>;

/** Equal for viewers who may do and see the same. */
export function rightsOf({ roles: held, app, jurisdiction, checkpointIds, ...unsettled }: Viewer): string {
  const { unitId, provinces, unitIds } = jurisdiction;
  const { mustChangePassword, mustEnrolMfa, wall } = unsettled;
  const units = unitIds && [...unitIds].length;
  const own = [...checkpointIds].sort();
  const may = [mustChangePassword, mustEnrolMfa, wall];
  return JSON.stringify([held.toSorted(), app?.name, unitId, provinces, units, own, ...may]);
}

/** As the audit trail has it. A jurisdiction's own province stands first. */
export const auditActorOf = ({ accountId, app, roles: held, jurisdiction }: Viewer): AuditActor => ({
  accountId,
  app: app && { name: app.name, purpose: app.purpose },
  roles: held,
  unitId: jurisdiction.unitId,
  provinceCode: jurisdiction.provinces[0] ?? 'VN',
});
