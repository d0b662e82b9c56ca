import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { distanceInKm, type Place } from './distance.ts';
import type { Decision, Direction, FlagKind } from './passage.row.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';

const sameCheckpointWithin = 10 * MINUTE_MS;
const fastestKmPerHour = 120;
const skewFrom = 2 * MINUTE_MS;

/** A passage as far as the flags of another depend on it. */
export interface NearbyPassage {
  id: string;
  occurredAt: Date;
  checkpointId: string;
  direction: Direction;
  declarationId: string | null;
  citizenId: string | null;
}

export interface Judged extends NearbyPassage {
  receivedAt: Date;
  decision: Decision;
  advice: Advice | null;
  warned: boolean;
  /** The population database knows the person otherwise or not at all, and nobody accepted that. */
  mismatched: boolean;
  /** On the watch list. */
  watched: boolean;
  validUntil: Date | null;
  withdrawnAt: Date | null;
}

/** The flags of a passage, by what is known at receipt: other passages of the same person, near in time. */
export function judgeFlags(
  passage: Judged,
  nearby: readonly NearbyPassage[],
  placeOf: (checkpointId: string) => Place | null,
): FlagKind[] {
  if (passage.decision === 'VOID') return [];
  const impossible = nearby.filter((other) => other.id !== passage.id && cannotBoth(passage, other, placeOf));
  const samePass = impossible.filter(
    (other) => passage.declarationId !== null && other.declarationId === passage.declarationId,
  );
  const flags: Array<[FlagKind, boolean]> = [
    ['WATCH_LIST', passage.watched],
    ['PASS_INVALID', isInvalidAt(passage)],
    ['NUMBER_CONTRADICTS', passage.warned],
    ['REGISTRY_MISMATCH', passage.mismatched],
    ['PASS_REUSED', samePass.length > 0],
    [
      'DUPLICATE_PERSON',
      passage.citizenId !== null &&
        impossible.some((other) => other.citizenId === passage.citizenId && !samePass.includes(other)),
    ],
    ['ADVICE_OVERRIDDEN', passage.decision === 'ADMITTED' && passage.advice === 'REFUSE'],
    ['CLOCK_SKEW', passage.occurredAt.getTime() - passage.receivedAt.getTime() > skewFrom],
  ];
  return flags.filter(([, holds]) => holds).map(([kind]) => kind);
}

function isInvalidAt({ occurredAt, validUntil, withdrawnAt }: Judged): boolean {
  return (validUntil !== null && occurredAt > validUntil) || (withdrawnAt !== null && occurredAt >= withdrawnAt);
}

/** The same checkpoint and direction within 10 minutes, or another one sooner than 120 km/h allows. */
function cannotBoth(a: NearbyPassage, b: NearbyPassage, placeOf: (checkpointId: string) => Place | null): boolean {
  const apart = Math.abs(a.occurredAt.getTime() - b.occurredAt.getTime());
  if (a.checkpointId === b.checkpointId) return a.direction === b.direction && apart < sameCheckpointWithin;
  const [here, there] = [placeOf(a.checkpointId), placeOf(b.checkpointId)];
  return here !== null && there !== null && apart < (distanceInKm(here, there) / fastestKmPerHour) * HOUR_MS;
}
