import { createHash } from 'node:crypto';
import { auditValues, type AuditValues } from '../platform/audit/audit.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import { prepareRows, type Candidate } from './batch-rows.ts';
import { checkPassage, type Rejection } from './check-passage.ts';
import { isContentOf } from './content-hash.ts';
import { insertPassages } from './insert-passages.ts';
import { judgeBatch } from './judge-batch.ts';
import type { PassageRow } from './passage.row.ts';
import { passagesByIds } from './passages.queries.ts';
import type { RecordPassageInput } from './record-passage.input.ts';
import type { Recorder } from './recorder.ts';
import { resolveWho } from './resolve-who.ts';
import { tellHitsOf } from './tell-hit.ts';

export type Outcome =
  | { kind: 'RECORDED'; row: PassageRow; duplicate: boolean; news: News | null }
  | { kind: 'REJECTED'; id: string; rejection: Rejection };

/** Of a passage that is new: by which transaction, and what it corrects. */
export interface News {
  transaction: number;
  corrected: PassageRow | null;
}

interface Parts {
  keys: Keys;
  territory: Territory;
  issuer: PassIssuer;
}

type Entry = { input: RecordPassageInput } & (Partial<Candidate> & { rejection?: Rejection });

/**
 * Records a batch of one province: any order, any number of times, from several clients at once. A number of statements
 * that does not grow with the batch; one outcome each, in input order. What is rejected is not stored, now or before.
 */
export async function recordPassages(
  tx: Transaction,
  parts: Parts,
  recorder: Recorder,
  inputs: RecordPassageInput[],
  at: Date,
): Promise<Outcome[]> {
  const entries = inputs.map((input): Entry => {
    const rejection = checkPassage(input, recorder.checkpoints.get(input.checkpointId), at);
    return rejection ? { input, rejection } : { input };
  });
  const known = inputs.map(({ checkpointId }) => recorder.checkpoints.get(checkpointId)).find(Boolean);
  if (!known) return entries.map((entry) => refusal(entry, { code: 'NOT_ASSIGNED' }));
  const province = known.provinceCode;
  await prepareEntries(tx, parts, recorder, entries, province, at);
  const added = await store(tx, recorder, entries, province, at);
  return outcomesOf(tx, parts.keys, entries, province, added);
}

const refusal = ({ input, rejection }: Entry, otherwise: Rejection): Outcome => ({
  kind: 'REJECTED',
  id: input.id,
  rejection: rejection ?? otherwise,
});

/** Gives each entry that nothing stands against its row, or the reason why there is none. */
async function prepareEntries(
  tx: Transaction,
  parts: Parts,
  recorder: Recorder,
  entries: Entry[],
  province: string,
  at: Date,
): Promise<void> {
  const open = entries.filter(({ rejection }) => !rejection);
  if (open.length === 0) return;
  const inputs = open.map(({ input }) => input);
  const resolved = await resolveWho(tx, parts, province, inputs, at);
  prepareRows(parts, recorder, resolved, at).forEach((prepared, index) => Object.assign(open[index] ?? {}, prepared));
}

/** Judges and inserts the first row of each id; answers the ids that are new. */
async function store(
  tx: Transaction,
  recorder: Recorder,
  entries: Entry[],
  province: string,
  at: Date,
): Promise<Map<string, Stored>> {
  const first = new Map<string, Candidate>();
  for (const { row, resolved } of entries)
    if (row && resolved && !first.has(row.id)) first.set(row.id, { row, resolved });
  if (first.size === 0) return new Map();
  await judgeBatch(tx, province, recorder.checkpoints, [...first.values()], at);
  const rows = [...first.values()].map(({ row }) => row);
  const added = await insertPassages(tx, rows, auditOf(recorder, province, [...first.keys()]));
  const recorded = rows.filter(({ id }) => added.ids.has(id));
  await tellHitsOf(tx, province, recorded);
  const { transaction } = added;
  return new Map(
    recorded.map((row) => [
      row.id,
      { row, news: { transaction, corrected: first.get(row.id)?.resolved.corrected ?? null } },
    ]),
  );
}

interface Stored {
  row: PassageRow;
  /** Null where it stood there before. */
  news: News | null;
}

function auditOf(recorder: Recorder, provinceCode: string, ids: string[]): AuditValues {
  const idsDigest = createHash('sha256').update(ids.toSorted().join()).digest('hex');
  const { accountId: actorId, unitId } = recorder;
  const detail = { count: ids.length, idsDigest };
  return auditValues({ provinceCode, actorId, role: 'OFFICER', unitId, action: 'passages.record', detail });
}

/**
 * What was not added may stand there from before: read in a statement of its own, which sees what the insert found in its
 * way. That holds for refused ones too: a passage that was acknowledged stays so, though its checkpoint was closed since.
 */
async function outcomesOf(
  tx: Transaction,
  keys: Keys,
  entries: Entry[],
  province: string,
  added: ReadonlyMap<string, Stored>,
): Promise<Outcome[]> {
  const missing = new Set(
    entries.map(({ input }) => input.id).filter((id) => !added.has(id) && uuid7Time(id) !== null),
  );
  const before = missing.size > 0 ? await passagesByIds(tx, [province], [...missing]) : [];
  const stored = new Map<string, Stored>([...before.map((row) => [row.id, { row, news: null }] as const), ...added]);
  const seen = new Set<string>();
  return entries.map((entry) => {
    const { input } = entry;
    const { row, news = null } = stored.get(input.id) ?? {};
    if (!row) return refusal(entry, { code: 'ALREADY_CORRECTED' });
    const same = entry.row?.content_hash.equals(row.content_hash) || isContentOf(keys, row.content_hash, input);
    if (!same) return refusal(entry, { code: 'ID_REUSED' });
    const duplicate = seen.has(input.id) || !added.has(input.id);
    seen.add(input.id);
    return { kind: 'RECORDED', row, duplicate, news: duplicate ? null : news };
  });
}
