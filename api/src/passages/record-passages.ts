import { createHash, createHmac } from 'node:crypto';
import { auditValues } from '../platform/audit/audit.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import type { KnownCheckpoint } from '../checkpoints/checkpoints-around.service.ts';
import { checkPassage, type Rejection } from './check-passage.ts';
import { judgeFlags, type NearbyPassage } from './flags.ts';
import { insertPassages } from './insert-passages.ts';
import type { PassageRow } from './passage.row.ts';
import { findNearby, passagesByIds } from './passages.queries.ts';
import { preparePassage } from './prepare-passage.ts';
import type { RecordPassageInput } from './record-passage.input.ts';
import { resolveWho, type Resolved } from './resolve-who.ts';

export interface RecordingCheckpoint extends KnownCheckpoint {
  assigned: boolean;
}

export interface Recorder {
  accountId: string;
  unitId: string;
  /** The checkpoints of the province, by id; recording is for the assigned ones. */
  checkpoints: ReadonlyMap<string, RecordingCheckpoint>;
}

export type Outcome =
  { kind: 'RECORDED'; row: PassageRow; duplicate: boolean } | { kind: 'REJECTED'; id: string; rejection: Rejection };

const nearbyMs = 3 * 3_600_000;

interface Candidate {
  resolved: Resolved;
  row: PassageRow;
}

/**
 * Records a batch of one province: any order, any number of times, from several clients at once. A number of statements
 * that does not grow with the batch; one outcome each, in input order. What is rejected is not stored.
 */
export async function recordPassages(
  tx: Transaction,
  parts: { keys: Keys; issuer: PassIssuer },
  recorder: Recorder,
  inputs: RecordPassageInput[],
  at: Date,
): Promise<Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const rejected = (position: number, rejection: Rejection) =>
    outcomes.set(position, { kind: 'REJECTED', id: inputs[position]?.id ?? '', rejection });
  const open: number[] = [];
  inputs.forEach((input, position) => {
    const rejection = checkPassage(input, recorder.checkpoints.get(input.checkpointId), at);
    if (rejection) rejected(position, rejection);
    else open.push(position);
  });
  const province = recorder.checkpoints.get(inputs[open[0] ?? -1]?.checkpointId ?? '')?.provinceCode;
  if (province === undefined) return inOrder(inputs, outcomes);

  const resolved = await resolveWho(
    tx,
    parts.issuer,
    province,
    open.map((position) => inputs[position] as RecordPassageInput),
    at,
  );
  const candidates = prepareAll(parts.keys, recorder, resolved, at);
  candidates.forEach((candidate, index) => {
    if ('rejection' in candidate) rejected(open[index] ?? -1, candidate.rejection);
  });
  const accepted = candidates.flatMap((candidate, index) =>
    'row' in candidate ? [{ ...candidate, position: open[index] ?? -1 }] : [],
  );
  if (accepted.length === 0) return inOrder(inputs, outcomes);

  const first = uniqueById(accepted);
  await judgeAll(tx, province, recorder, [...first.values()], at);
  const entry = auditValues({
    provinceCode: province,
    actorId: recorder.accountId,
    role: 'OFFICER',
    unitId: recorder.unitId,
    action: 'passages.record',
    detail: { count: first.size, idsDigest: digestOf([...first.keys()]) },
  });
  const rows = [...first.values()].map(({ row }) => row);
  const added = await insertPassages(tx, rows, entry);
  const before =
    added.size < rows.length ? await storedBefore(tx, province, rows, added) : new Map<string, PassageRow>();
  const seen = new Set<string>();
  for (const { position, row } of accepted) {
    outcomes.set(position, outcomeOf(row, first.get(row.id)?.row ?? row, added, before, seen.has(row.id)));
    seen.add(row.id);
  }
  return inOrder(inputs, outcomes);
}

const inOrder = (inputs: RecordPassageInput[], outcomes: Map<number, Outcome>): Outcome[] =>
  inputs.map(
    (input, position) => outcomes.get(position) ?? { kind: 'REJECTED', id: input.id, rejection: { code: 'INVALID' } },
  );

const digestOf = (ids: string[]) => createHash('sha256').update(ids.toSorted().join()).digest('hex');

/** What was sent, as a keyed hash, so that the same id with other content is told apart without comparing columns. */
export function contentHash(keys: Keys, input: RecordPassageInput): Buffer {
  const {
    id,
    checkpointId,
    qrPayload,
    declarationId,
    citizenId,
    paperFormNumber,
    direction,
    decision,
    reason,
    evidence,
    vehicle,
    plate,
    recordedOffline,
    corrects,
  } = input;
  const content = [
    id,
    checkpointId,
    qrPayload,
    declarationId,
    citizenId,
    paperFormNumber,
    direction,
    decision,
    reason,
    evidence,
    vehicle,
    plate,
    recordedOffline ?? false,
    corrects,
  ];
  return createHmac('sha256', keys.lookup.active.key)
    .update(JSON.stringify(content.map((value) => value ?? null)))
    .digest()
    .subarray(0, 16);
}

/** Rows for who was found. Corrections come second: what they correct may stand in the same batch. */
function prepareAll(
  keys: Keys,
  recorder: Recorder,
  resolved: Resolved[],
  at: Date,
): Array<Candidate | { rejection: Rejection }> {
  const results = new Array<Candidate | { rejection: Rejection }>(resolved.length);
  const prepared = new Map<string, PassageRow>();
  const order = resolved
    .map((_, index) => index)
    .toSorted((a, b) => Number(Boolean(resolved[a]?.input.corrects)) - Number(Boolean(resolved[b]?.input.corrects)));
  for (const index of order) {
    const entry = resolved[index] as Resolved;
    const corrected = entry.corrected ?? prepared.get(entry.input.corrects ?? '') ?? null;
    const result = prepareOne(keys, recorder, { ...entry, corrected }, at);
    if ('row' in result && !prepared.has(result.row.id)) prepared.set(result.row.id, result.row);
    results[index] = result;
  }
  return results;
}

function prepareOne(
  keys: Keys,
  recorder: Recorder,
  resolved: Resolved,
  at: Date,
): Candidate | { rejection: Rejection } {
  const { input, who, corrected } = resolved;
  if (who.kind === 'REJECTED') return { rejection: who.rejection };
  const checkpoint = recorder.checkpoints.get(input.checkpointId);
  if (!checkpoint) return { rejection: { code: 'NOT_ASSIGNED' } };
  if (input.corrects && corrected?.checkpoint_id !== checkpoint.id)
    return { rejection: { code: 'INVALID', detail: 'CORRECTS_UNKNOWN' } };
  return {
    resolved,
    row: preparePassage(resolved, {
      at,
      recordedBy: recorder.accountId,
      checkpoint,
      contentHash: contentHash(keys, input),
    }),
  };
}

function uniqueById<T extends Candidate>(candidates: T[]): Map<string, T> {
  const first = new Map<string, T>();
  for (const candidate of candidates) if (!first.has(candidate.row.id)) first.set(candidate.row.id, candidate);
  return first;
}

/** Sets the flags of all rows: what the same people did near in time is read once, and the batch itself counts too. */
async function judgeAll(
  tx: Transaction,
  province: string,
  recorder: Recorder,
  candidates: Candidate[],
  at: Date,
): Promise<void> {
  const people = [...new Set(candidates.flatMap(({ row }) => row.citizen_id ?? []))];
  const times = candidates.map(({ row }) => row.occurred_at.getTime());
  const [from, to] = [new Date(Math.min(...times) - nearbyMs), new Date(Math.max(...times) + nearbyMs)];
  const stored = people.length > 0 ? await findNearby(tx, province, people, from, to) : [];
  const corrected = new Set(candidates.map(({ row }) => row.corrects));
  const known = new Map<string, NearbyPassage>();
  for (const passage of stored) if (!corrected.has(passage.id)) known.set(passage.id, passage);
  for (const { row } of candidates)
    if (row.decision !== 'VOID' && !corrected.has(row.id)) known.set(row.id, nearbyOf(row));
  const byPerson = Map.groupBy(known.values(), ({ citizenId }) => citizenId);
  for (const { row, resolved } of candidates) {
    const source = resolved.who.kind === 'DECLARATION' ? resolved.who.source : null;
    row.flags = judgeFlags(
      {
        ...nearbyOf(row),
        receivedAt: at,
        decision: row.decision,
        advice: row.advice,
        warned: source?.warned ?? false,
        validUntil: source?.valid_until ?? null,
        withdrawnAt: source?.withdrawn_at ?? null,
      },
      row.citizen_id ? (byPerson.get(row.citizen_id) ?? []) : [],
      (checkpointId) => recorder.checkpoints.get(checkpointId)?.place ?? null,
    );
    row.flagged = row.flags.length > 0;
  }
}

const nearbyOf = (row: PassageRow): NearbyPassage => ({
  id: row.id,
  occurredAt: row.occurred_at,
  checkpointId: row.checkpoint_id,
  direction: row.direction,
  declarationId: row.declaration_id,
  citizenId: row.citizen_id,
});

/** A second statement, since it needs a newer snapshot than the insert that found them in its way. */
async function storedBefore(
  tx: Transaction,
  province: string,
  rows: PassageRow[],
  added: Set<string>,
): Promise<Map<string, PassageRow>> {
  const missing = rows.filter(({ id }) => !added.has(id)).map(({ id }) => id);
  return new Map((await passagesByIds(tx, [province], missing)).map((row) => [row.id, row]));
}

function outcomeOf(
  sent: PassageRow,
  first: PassageRow,
  added: Set<string>,
  before: Map<string, PassageRow>,
  repeated: boolean,
): Outcome {
  const stored = added.has(sent.id) ? first : before.get(sent.id);
  if (!stored) return { kind: 'REJECTED', id: sent.id, rejection: { code: 'ALREADY_CORRECTED' } };
  if (!stored.content_hash.equals(sent.content_hash))
    return { kind: 'REJECTED', id: sent.id, rejection: { code: 'ID_REUSED' } };
  return { kind: 'RECORDED', row: stored, duplicate: repeated || !added.has(sent.id) };
}
