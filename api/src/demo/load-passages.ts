import type pg from 'pg';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { recordPassages, type Recorder, type RecordPassageInput } from '../passages/recording.service.ts';
import type { DemoPassage } from './demo-passages.ts';
import type { DemoParts } from './demo-parts.ts';
import type { DemoWeek } from './demo-province.ts';
import { accountIdOf, type DemoCheckpoints } from './insert-accounts.ts';
import type { OutboundPasses } from './load-declarations.ts';
import { demoProvinceCode } from './places.ts';

interface Known {
  checkpoints: DemoCheckpoints;
  outboundPasses: OutboundPasses;
}

const largestBatch = 120;
const longestBatchMs = 6 * 3_600_000;

/** Records every officer's shifts in batches, then gives each passage the moment at which it reached the server. */
export async function loadPassages(
  owner: pg.Client,
  parts: DemoParts,
  { passages }: DemoWeek,
  known: Known,
): Promise<void> {
  for (const [officer, shift] of Map.groupBy(passages, (passage) => passage.officer)) {
    const recorder = recorderOf(officer, known.checkpoints);
    for (const batch of batchesOf(shift)) await recordBatch(parts, recorder, batch, known);
  }
  await owner.query(
    `update passage p set recorded_at = w.at from unnest($1::uuid[], $2::timestamptz[]) as w (id, at)
     where p.province_code = $3 and p.id = w.id and p.occurred_at = uuid_time(w.id)`,
    [passages.map(({ id }) => id), passages.map(({ receivedAt }) => new Date(receivedAt)), demoProvinceCode],
  );
}

function recorderOf(officer: string, checkpoints: DemoCheckpoints): Recorder {
  return {
    accountId: accountIdOf(officer),
    unitId: `${demoProvinceCode}@2021`,
    checkpoints: new Map([...checkpoints.values()].map((checkpoint) => [checkpoint.id, checkpoint])),
  };
}

/** A batch is judged as of its last passage, so it spans a few hours at most: a pass that has expired since stays valid. */
function* batchesOf(shift: readonly DemoPassage[]): Generator<DemoPassage[]> {
  let batch: DemoPassage[] = [];
  for (const passage of shift) {
    const [first] = batch;
    if (first && (batch.length >= largestBatch || passage.receivedAt - first.receivedAt > longestBatchMs)) {
      yield batch;
      batch = [];
    }
    batch.push(passage);
  }
  if (batch.length > 0) yield batch;
}

async function recordBatch(
  parts: DemoParts,
  recorder: Recorder,
  batch: readonly DemoPassage[],
  known: Known,
): Promise<void> {
  const at = new Date(batch.at(-1)?.receivedAt ?? 0);
  const inputs = batch.map((passage) => inputOf(passage, known));
  const outcomes = await inTransaction(
    parts.database,
    { ...wholeProvinces([demoProvinceCode]), accountId: recorder.accountId },
    (tx) => recordPassages(tx, parts, recorder, inputs, at),
  );
  const refused = outcomes.find(({ kind }) => kind === 'REJECTED');
  if (refused) throw new Error(`A passage of the demo was refused: ${JSON.stringify(refused)}`);
}

function inputOf(passage: DemoPassage, { checkpoints, outboundPasses }: Known): RecordPassageInput {
  const {
    id,
    checkpointCode,
    declaration,
    paperFormNumber,
    direction,
    decision,
    reason,
    evidence,
    vehicle,
    plate,
    recordedOffline,
    corrects,
  } = passage;
  const qrPayload = declaration ? (outboundPasses.get(declaration.id) ?? null) : null;
  return {
    id,
    checkpointId: checkpoints.get(checkpointCode)?.id ?? '',
    qrPayload,
    declarationId: qrPayload ? null : (declaration?.id ?? null),
    paperFormNumber,
    direction,
    decision,
    reason,
    evidence,
    vehicle,
    plate,
    recordedOffline,
    corrects,
  };
}
