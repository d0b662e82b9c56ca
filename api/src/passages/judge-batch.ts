import type { Transaction } from '../platform/database/transaction.ts';
import type { Candidate } from './batch-rows.ts';
import { judgeFlags, type Judged, type NearbyPassage } from './flags.ts';
import type { PassageRow } from './passage.row.ts';
import { findNearby } from './passages.queries.ts';
import type { Recorder } from './recorder.ts';

const nearbyMs = 3 * 3_600_000;

/** Sets the flags of all rows: what the same people did near in time is read once, and the batch itself counts too. */
export async function judgeBatch(
  tx: Transaction,
  province: string,
  recorder: Recorder,
  candidates: readonly Candidate[],
  at: Date,
): Promise<void> {
  const byPerson = Map.groupBy(await nearbyOf(tx, province, candidates), ({ citizenId }) => citizenId);
  const placeOf = (checkpointId: string) => recorder.checkpoints.get(checkpointId)?.place ?? null;
  for (const candidate of candidates) {
    const { row } = candidate;
    const nearby = row.citizen_id ? (byPerson.get(row.citizen_id) ?? []) : [];
    row.flags = judgeFlags(judged(candidate, at), nearby, placeOf);
    row.flagged = row.flags.length > 0;
  }
}

/** What is known of these people near in time, as corrected by the batch itself. */
async function nearbyOf(tx: Transaction, province: string, candidates: readonly Candidate[]): Promise<NearbyPassage[]> {
  const people = [...new Set(candidates.flatMap(({ row }) => row.citizen_id ?? []))];
  const times = candidates.map(({ row }) => row.occurred_at.getTime());
  const [from, to] = [new Date(Math.min(...times) - nearbyMs), new Date(Math.max(...times) + nearbyMs)];
  const stored = people.length > 0 ? await findNearby(tx, province, people, from, to) : [];
  const own = candidates.filter(({ row }) => row.decision !== 'VOID').map(({ row }) => toNearby(row));
  const corrected = new Set(candidates.map(({ row }) => row.corrects));
  const known = new Map([...stored, ...own].map((passage) => [passage.id, passage]));
  return [...known.values()].filter(({ id }) => !corrected.has(id));
}

function judged({ row, resolved: { who } }: Candidate, at: Date): Judged {
  const source = who.kind === 'DECLARATION' ? who.source : null;
  return {
    ...toNearby(row),
    receivedAt: at,
    decision: row.decision,
    advice: row.advice,
    warned: source?.warned ?? false,
    validUntil: source?.valid_until ?? null,
    withdrawnAt: source?.withdrawn_at ?? null,
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
