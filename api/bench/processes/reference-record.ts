import type pg from 'pg';
import { auditValues } from '#api/platform/audit/audit.ts';
import { timeOf } from '#api/declarations/declarations.service.ts';
import { checkpointsAround } from '#api/checkpoints/checkpoints-around.service.ts';
import { findNearby, findSources } from '#api/passages/passages.queries.ts';
import { insertPassages } from '#api/passages/insert-passages.ts';
import type { PassageRow } from '#api/passages/passage.row.ts';
import type { RecordPassageInput } from '#api/passages/record-passage.input.ts';
import { contentHash } from '#api/passages/content-hash.ts';
import { testKeys } from '#test/test-config.ts';
import { statementsOn, type Reader } from './reference-database.ts';

const nearbyMs = 3 * 3_600_000;

/** Records one passage on a declaration by the statements that Cordon sends, with no more around them than must be. */
export async function recordOne(
  client: pg.PoolClient,
  reader: Reader,
  [input]: RecordPassageInput[],
): Promise<unknown> {
  const tx = statementsOn(client);
  if (!input) throw new Error('Nothing to record.');
  const { id, checkpointId, declarationId } = input;
  const now = new Date();
  const occurredAt = timeOf(id);
  const checkpoint = (await checkpointsAround(tx, [checkpointId])).get(checkpointId);
  const [source] = await findSources(tx, '38', [{ id: declarationId ?? '', checkpointId }], now);
  if (!checkpoint || !source || !reader.checkpoint_ids.includes(checkpointId)) throw new Error('Not to be recorded.');
  await findNearby(tx, '38', [source.citizen_id], {
    from: new Date(occurredAt.getTime() - nearbyMs),
    to: new Date(occurredAt.getTime() + nearbyMs),
    at: now,
  });
  const {
    id: _id,
    checkpoint_id: _checkpoint,
    valid_until: _until,
    withdrawn_at: _withdrawn,
    warned: _warned,
    ...copied
  } = source;
  const row: PassageRow = {
    ...copied,
    province_code: '38',
    id,
    occurred_at: occurredAt,
    recorded_at: now,
    checkpoint_id: checkpointId,
    unit_id: checkpoint.unitId,
    declaration_id: source.id,
    direction: input.direction,
    decision: input.decision,
    reason: null,
    evidence: input.evidence,
    paper_form_number: null,
    recorded_by: reader.id,
    recorded_offline: false,
    flags: [],
    flagged: false,
    corrects: null,
    content_hash: contentHash(testKeys, input),
  };
  const entry = auditValues({
    provinceCode: '38',
    actorId: reader.id,
    role: 'OFFICER',
    unitId: reader.unit_id,
    action: 'passages.record',
    detail: { count: 1 },
  });
  await insertPassages(tx, [row], entry);
  return { recordPassages: [{ __typename: 'PassageRecorded', duplicate: false, passage: { id, flags: [] } }] };
}
