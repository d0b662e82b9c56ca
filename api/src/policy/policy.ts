import { forbidden, unauthenticated } from '../platform/graphql/problems.ts';
import type { Context, PartnerScope, Role, Viewer } from './viewer.ts';

/** How far an action reaches: every row of the jurisdiction, or only what belongs to the own checkpoints. */
export type Reach = 'JURISDICTION' | 'OWN_CHECKPOINTS';

/** Whom a right is given to. */
type Holder = Role | PartnerScope;

/** The one policy table: what each role of an account, and each scope of a partner app, may do. What is not named here is refused. */
const table = {
  'case.close': { TRACER: 'JURISDICTION' },
  'case.export': { TRACER: 'JURISDICTION' },
  'case.open': { TRACER: 'JURISDICTION' },
  'case.trace': { TRACER: 'JURISDICTION' },
  'case.update': { TRACER: 'JURISDICTION' },
  'follow-up.read': { TRACER: 'JURISDICTION' },
  'follow-up.update': { TRACER: 'JURISDICTION' },
  'case.read': { TRACER: 'JURISDICTION' },
  'checkpoint.read': {
    ADMIN: 'JURISDICTION',
    OFFICER: 'OWN_CHECKPOINTS',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
  },
  'checkpoint.save': { ADMIN: 'JURISDICTION' },
  'account.read': { ADMIN: 'JURISDICTION' },
  'account.create': { ADMIN: 'JURISDICTION' },
  'account.update': { ADMIN: 'JURISDICTION' },
  'account.reset': { ADMIN: 'JURISDICTION' },
  'audit.read': { AUDITOR: 'JURISDICTION' },
  'declaration.list': {
    ADMIN: 'JURISDICTION',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
    'declarations:read': 'JURISDICTION',
  },
  'declaration.read': {
    ADMIN: 'JURISDICTION',
    OFFICER: 'OWN_CHECKPOINTS',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
    'declarations:read': 'JURISDICTION',
  },
  'declaration.record': { OFFICER: 'OWN_CHECKPOINTS' },
  'declaration.submit': { 'declarations:write': 'JURISDICTION' },
  'passage.list': {
    ADMIN: 'JURISDICTION',
    OFFICER: 'OWN_CHECKPOINTS',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
  },
  'citizen.search': { ADMIN: 'JURISDICTION', TRACER: 'JURISDICTION' },
  'citizen.merge': { ADMIN: 'JURISDICTION' },
  'arrival.list': {
    ADMIN: 'JURISDICTION',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
  },
  'arrival.report': { ADMIN: 'JURISDICTION' },
  'arrival.call': { ADMIN: 'JURISDICTION', TRACER: 'JURISDICTION' },
  'mismatch.resolve': { ADMIN: 'JURISDICTION', OFFICER: 'OWN_CHECKPOINTS' },
  'citizen.erase': { ADMIN: 'JURISDICTION' },
  'registry.retry': { ADMIN: 'JURISDICTION' },
  'export.request': { ADMIN: 'JURISDICTION', ANALYST: 'JURISDICTION' },
  'list.export': { ADMIN: 'JURISDICTION', ANALYST: 'JURISDICTION', AUDITOR: 'JURISDICTION' },
  'partner.change': { ADMIN: 'JURISDICTION' },
  'partner.read': { ADMIN: 'JURISDICTION' },
  'partner.units': {
    'declarations:read': 'JURISDICTION',
    'declarations:write': 'JURISDICTION',
    'statistics:read': 'JURISDICTION',
  },
  'passage.record': { OFFICER: 'OWN_CHECKPOINTS' },
  'report.read': { ADMIN: 'JURISDICTION', ANALYST: 'JURISDICTION' },
  scan: { OFFICER: 'OWN_CHECKPOINTS' },
  'statistics.read': { 'statistics:read': 'JURISDICTION' },
  'traffic.thresholds': { ADMIN: 'JURISDICTION' },
  'traffic.wall': { ADMIN: 'JURISDICTION', ANALYST: 'JURISDICTION' },
  'traffic.watch': { ADMIN: 'JURISDICTION', ANALYST: 'JURISDICTION' },
  'zone.read': {
    ADMIN: 'JURISDICTION',
    TRACER: 'JURISDICTION',
    ANALYST: 'JURISDICTION',
    AUDITOR: 'JURISDICTION',
  },
  'zone.save': { ADMIN: 'JURISDICTION' },
} as const satisfies Record<string, Partial<Record<Holder, Reach>>>;

export type Action = keyof typeof table;
export const actions = Object.keys(table) as Action[];

/** Accounts hold roles, partner apps the scopes of their token and no role. */
type Holding = Pick<Viewer, 'roles'> & Partial<Pick<Viewer, 'app' | 'wall'>>;

/** The widest reach that anything gives which the viewer holds, or null. A wall screen only watches, whatever its account may do. */
export function reachOf(viewer: Holding, action: Action): Reach | null {
  if (viewer.wall && action !== 'traffic.watch') return null;
  const row: Partial<Record<Holder, Reach>> = table[action];
  const held: readonly Holder[] = viewer.app ? viewer.app.scopes : viewer.roles;
  const reaches = held.map((holder) => row[holder]).filter((reach) => reach !== undefined);
  if (reaches.includes('JURISDICTION')) return 'JURISDICTION';
  return reaches.includes('OWN_CHECKPOINTS') ? 'OWN_CHECKPOINTS' : null;
}

/** The rows an action may touch: what every query takes and repeats in its WHERE. */
export interface Scope {
  provinces: readonly string[];
  /** Null: every unit of the provinces. */
  unitIds: readonly string[] | null;
  /** Null: not bound to checkpoints. */
  checkpointIds: readonly string[] | null;
}

export function signedIn(context: Context): Viewer {
  if (!context.viewer) throw unauthenticated();
  return context.viewer;
}

/** Who may change the own account: a screen that hangs where anybody walks by may not. */
export function signedInWhole(context: Context): Viewer {
  const viewer = signedIn(context);
  if (viewer.wall) throw forbidden();
  return viewer;
}

type Unsettled = Pick<Viewer, 'mustChangePassword' | 'mustEnrolMfa'>;
const mayWork = ({ mustChangePassword, mustEnrolMfa }: Unsettled) => !mustChangePassword && !mustEnrolMfa;

const secondFactorRoles: readonly Role[] = ['ADMIN', 'TRACER', 'AUDITOR'];

/** Whether these roles ask for a second factor, where the deployment makes it obligatory. */
export const asksForSecondFactor = (roles: readonly Role[]): boolean =>
  roles.some((role) => secondFactorRoles.includes(role));

/**
 * The scope of an action for a viewer; refuses what no rule names. A first password allows nothing but changing it, and a
 * second factor that is still to be enrolled nothing but that.
 */
export function permit(context: Context, action: Action): Scope {
  const viewer = signedIn(context);
  const scope = mayWork(viewer) ? scopeOf(viewer, action) : null;
  if (!scope) throw forbidden();
  return scope;
}

/** What an action would reach for somebody; null: nothing. */
export function scopeOf(
  viewer: Holding & Pick<Viewer, 'jurisdiction' | 'checkpointIds'>,
  action: Action,
): Scope | null {
  const reach = reachOf(viewer, action);
  if (!reach) return null;
  const { provinces, unitIds } = viewer.jurisdiction;
  return {
    provinces,
    unitIds: unitIds && [...unitIds],
    checkpointIds: reach === 'OWN_CHECKPOINTS' ? [...viewer.checkpointIds] : null,
  };
}

export function coversUnit(scope: Scope, unit: { id: string; provinceCode: string }): boolean {
  if (scope.unitIds) return scope.unitIds.includes(unit.id);
  return scope.provinces.includes(unit.provinceCode);
}

/** The permissions that the pages ask for to show only what will work. */
export function permissionsOf(viewer: Holding & Unsettled): Action[] {
  return mayWork(viewer) ? actions.filter((action) => reachOf(viewer, action) !== null) : [];
}
