import type { Kind, Mark } from './marks.ts';
import { covers, units, type Place, type Viewer } from './places.ts';

/** Which locks are on. Row-level security alone isolates provinces everywhere, and units for who is no officer. */
export type Locks = 'BOTH' | 'APPLICATION' | 'DATABASE';

// design.md section 3, in words of its own: who sees rows of a kind at all.
const readers: Record<Kind, readonly string[]> = {
  declaration: ['ADMIN', 'TRACER', 'ANALYST', 'AUDITOR', 'declarations:read'],
  passage: ['ADMIN', 'TRACER', 'ANALYST', 'AUDITOR', 'OFFICER'],
  checkpoint: ['ADMIN', 'TRACER', 'ANALYST', 'AUDITOR', 'OFFICER'],
  account: ['ADMIN'],
  partnerApp: ['ADMIN'],
  session: [],
  auditEntry: ['AUDITOR'],
  mismatch: ['ADMIN', 'OFFICER'],
  case: ['TRACER'],
  followUp: ['TRACER'],
};

const isOwnCheckpoint = ({ checkpoint }: Viewer, { place }: Mark) => checkpoint === place;

const searchers: readonly string[] = ['ADMIN', 'TRACER'];

/** Whether this viewer may know that the row is there. */
export function maySee(viewer: Viewer, mark: Mark, locks: Locks): boolean {
  const { kind, place } = mark;
  // Sessions are asked for by one's own account alone, whatever its scope.
  if (kind === 'session') return false;
  if (locks === 'DATABASE') return reachedWithoutFilter(viewer, mark);
  if (viewer.role === 'OFFICER' && kind === 'declaration')
    return mark.openedAt !== null && mark.openedAt === viewer.checkpoint;
  if (viewer.role === 'OFFICER') return readers[kind].includes('OFFICER') && isOwnCheckpoint(viewer, mark);
  return readers[kind].includes(viewer.role) && covers(viewer.place, place);
}

/** Whose rows must be out of reach: row-level security alone is sure of provinces. */
export function isOthers({ place, checkpoint }: Viewer, row: Place, locks: Locks): boolean {
  if (locks === 'DATABASE') return place !== 'nation' && units[place].province !== units[row].province;
  return !covers(place, row) && checkpoint !== row;
}

/** Whether it may see the person unmasked: an officer what was opened at the own checkpoint, or waits there to be settled. */
export function maySeeWhole(viewer: Viewer, mark: Mark, locks: Locks, gaveReason: boolean): boolean {
  const { kind, openedAt, place } = mark;
  if (kind === 'mismatch') return viewer.role === 'OFFICER' && maySee(viewer, mark, locks);
  if (kind === 'case' || kind === 'followUp') return viewer.role === 'TRACER' && maySee(viewer, mark, locks);
  if (kind !== 'declaration' && kind !== 'passage') return false;
  // Found by a search with a reason: people whom a row names that the viewer may see.
  if (gaveReason && searchers.includes(viewer.role) && covers(viewer.place, place)) return true;
  if (kind !== 'declaration' || openedAt === null) return false;
  return locks === 'DATABASE'
    ? viewer.role === 'OFFICER' && sameProvinceAs(viewer, openedAt)
    : openedAt === viewer.checkpoint;
}

const sameProvinceAs = ({ place }: Viewer, row: Place) =>
  place === 'nation' || units[place].province === units[row].province;

// A case too: a follow-up names its own.
const boundByProvince: readonly Kind[] = ['auditEntry', 'mismatch', 'followUp', 'case'];

/** Checkpoints are no personal data; a unit bounds declarations, passages and accounts, but not for officers. */
function reachedWithoutFilter(viewer: Viewer, { kind, place, openedAt }: Mark): boolean {
  if (kind === 'checkpoint') return true;
  if (openedAt !== null && viewer.role === 'OFFICER') return sameProvinceAs(viewer, openedAt);
  if (viewer.role === 'OFFICER' || boundByProvince.includes(kind)) return sameProvinceAs(viewer, place);
  return covers(viewer.place, place);
}
