import type { Transaction } from '../platform/database/transaction.ts';
import { standingMismatches } from '../registry/verifications.service.ts';
import type { KnownCheckpoint } from '../checkpoints/checkpoints-around.service.ts';
import type { Candidate } from './batch-rows.ts';
import { worse, type Advice } from '../territory/shared/movement-rules/advice.ts';
import { judgeFlags, type Judged, type NearbyPassage } from './flags.ts';
import type { PassageRow } from './passage.row.ts';
import { findNearby, type Nearby } from './passages.queries.ts';

const nearbyMs = 3 * 3_600_000;

/** What the flags of a row depend on besides the row itself and what its person did near in time. */
export interface ToJudge {
  row: PassageRow;
  receivedAt: Date;
  /** Null without a declaration, and without a card that contradicts itself. */
  declared: { warned: boolean; validUntil: Date | null; withdrawnAt: Date | null; advice?: Advice | null } | null;
}

/** Where passages were recorded, and where those near in time may have been. */
type Checkpoints = ReadonlyMap<string, KnownCheckpoint>;

/** Sets the flags of a batch that is received now. */
export function judgeBatch(
  tx: Transaction,
  province: string,
  checkpoints: Checkpoints,
  candidates: readonly Candidate[],
  at: Date,
): Promise<void> {
  return judgeRows(
    tx,
    province,
    checkpoints,
    candidates.map((candidate) => toJudge(candidate, at)),
  );
}

/** Sets the flags of all rows: what the same people did near in time is read once, and the rows themselves count too. */
export async function judgeRows(
  tx: Transaction,
  province: string,
  checkpoints: Checkpoints,
  rows: readonly ToJudge[],
): Promise<void> {
  const recorded = rows.map(({ row }) => row);
  const people = [...new Set(recorded.flatMap(({ citizen_id }) => citizen_id ?? []))];
  // Both leave in one packet: what the population database says costs no round trip.
  const [{ passages, standing, watched }, mismatched] = await Promise.all([
    nearbyOf(tx, province, people, rows),
    standingMismatches(tx, province, people),
  ]);
  const byPerson = Map.groupBy(passages, ({ citizenId }) => citizenId);
  const placeOf = (checkpointId: string) => checkpoints.get(checkpointId)?.place ?? null;
  for (const entry of rows) {
    const { row } = entry;
    const citizenId = row.citizen_id && (standing.get(row.citizen_id) ?? row.citizen_id);
    const nearby = citizenId ? (byPerson.get(citizenId) ?? []) : [];
    const known = {
      citizenId,
      mismatched: row.citizen_id !== null && mismatched.has(row.citizen_id),
      watched: row.citizen_id !== null && watched.has(row.citizen_id),
    };
    row.flags = judgeFlags({ ...judged(entry), ...known }, nearby, placeOf);
    row.flagged = row.flags.length > 0;
  }
}

/** What is known of these people near in time, as corrected by the rows themselves. */
async function nearbyOf(
  tx: Transaction,
  province: string,
  people: string[],
  entries: readonly ToJudge[],
): Promise<Nearby> {
  const rows = entries.map(({ row }) => row);
  const times = rows.map(({ occurred_at }) => occurred_at.getTime());
  const [from, to] = [new Date(Math.min(...times) - nearbyMs), new Date(Math.max(...times) + nearbyMs)];
  // A form that is keyed in later was received when its person passed: who is on the watch list is judged by the last receipt.
  const at = new Date(Math.max(...entries.map(({ receivedAt }) => receivedAt.getTime())));
  const nobody: Nearby = { passages: [], standing: new Map(), watched: new Set() };
  const { passages, standing, watched } =
    people.length > 0 ? await findNearby(tx, province, people, { from, to, at }) : nobody;
  const standsAs = (citizenId: string | null) => citizenId && (standing.get(citizenId) ?? citizenId);
  const own = rows
    .filter(({ decision }) => decision !== 'VOID')
    .map((row) => ({ ...toNearby(row), citizenId: standsAs(row.citizen_id) }));
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  const known = new Map([...passages, ...own].map((passage) => [passage.id, passage]));
  return { passages: [...known.values()].filter(({ id }) => !corrected.has(id)), standing, watched };
}

function toJudge({ row, resolved: { who } }: Candidate, at: Date): ToJudge {
  if (who.kind === 'CITIZEN' && who.contradicts)
    return { row, receivedAt: at, declared: { warned: true, validUntil: null, withdrawnAt: null } };
  if (who.kind !== 'DECLARATION') return { row, receivedAt: at, declared: null };
  const { warned, valid_until: validUntil, withdrawn_at: withdrawnAt, advice } = who.source;
  return { row, receivedAt: at, declared: { warned, validUntil, withdrawnAt, advice } };
}

function judged({ row, receivedAt, declared }: ToJudge): Omit<Judged, 'mismatched' | 'watched'> {
  return {
    ...toNearby(row),
    receivedAt,
    decision: row.decision,
    // A device says what it showed; what the server knew counts too.
    advice: row.advice && worse(row.advice, declared?.advice ?? row.advice),
    warned: declared?.warned ?? false,
    validUntil: declared?.validUntil ?? null,
    withdrawnAt: declared?.withdrawnAt ?? null,
  };
}

export const toNearby = (row: PassageRow): NearbyPassage => ({
  id: row.id,
  occurredAt: row.occurred_at,
  checkpointId: row.checkpoint_id,
  direction: row.direction,
  declarationId: row.declaration_id,
  citizenId: row.citizen_id,
});
