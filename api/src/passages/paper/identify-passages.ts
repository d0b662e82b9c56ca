import type { Transaction } from '../../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../../platform/shared/uuid7.ts';
import type { KnownCheckpoint } from '../../checkpoints/checkpoints-around.service.ts';
import type { DeclarationRow } from '../../declarations/declarations.service.ts';
import { judgeRows, type ToJudge } from '../judge-batch.ts';
import { tellHitsOf } from '../tell-hit.ts';
import type { PassageRow } from '../passage.row.ts';

const waiting = {
  name: 'passages-waiting-for-form',
  text: 'select p.* from passage p where p.province_code = $1 and p.paper_form_number = $2 and p.citizen_id is null',
};
const identify = {
  name: 'identify-passages',
  text: `with identified as (
           update passage p set citizen_id = $2, declaration_province = $3, declaration_id = $4, declaration_occurred_at = $5,
             purpose = $6, origin_unit_id = $7, destination_unit_id = $8, vehicle = coalesce(p.vehicle, $9),
             plate = coalesce(p.plate, $10), flags = w.flags::text[], flagged = w.flags <> '{}'
           from unnest($11::uuid[], $12::timestamptz[], $13::text[]) as w (id, at, flags)
           where p.province_code = $1 and p.id = w.id and p.occurred_at = w.at and p.citizen_id is null
           returning p.id)
         , event as (
           insert into outbox (province_code, id, created_at, topic, payload)
           select $1, $14, $15, 'passages.identified', jsonb_build_object('ids', jsonb_agg(id)) from identified having count(*) > 0)
         select id from identified`,
};

/** A form that is keyed in now, and its person as known in the checkpoint's province. */
export interface KeyedIn {
  number: string;
  row: DeclarationRow;
  citizenId: string;
}

/**
 * Fills in who passed, and the journey, on all passages of a province that wait for this form; once, for it is then known. With
 * who it was comes what stands out about it: the flags are judged anew, each by the time its passage was received.
 */
export async function identifyPassages(
  tx: Transaction,
  province: string,
  checkpoints: ReadonlyMap<string, KnownCheckpoint>,
  form: KeyedIn,
): Promise<string[]> {
  const stored = await tx.rows<PassageRow>(waiting, [province, form.number]);
  const rows = stored.map((row) => filledIn(row, form));
  await judgeRows(
    tx,
    province,
    checkpoints,
    rows.map((row) => toJudge(row, form)),
  );
  if (rows.length === 0) return [];
  const identified = await fillIn(tx, province, form, rows);
  await tellHitsOf(
    tx,
    province,
    rows.filter(({ id }) => identified.includes(id)),
  );
  return identified;
}

const filledIn = (row: PassageRow, { row: declaration, citizenId }: KeyedIn): PassageRow => ({
  ...row,
  citizen_id: citizenId,
  declaration_id: declaration.id,
});

function toJudge(row: PassageRow, { row: declaration }: KeyedIn): ToJudge {
  const { warnings, valid_until: validUntil, withdrawn_at: withdrawnAt } = declaration;
  return { row, receivedAt: row.recorded_at, declared: { warned: warnings.length > 0, validUntil, withdrawnAt } };
}

async function fillIn(
  tx: Transaction,
  province: string,
  { row, citizenId }: KeyedIn,
  passages: readonly PassageRow[],
): Promise<string[]> {
  const eventId = newUuid7();
  const identified = await tx.rows<{ id: string }>(identify, [
    province,
    citizenId,
    row.province_code,
    row.id,
    row.occurred_at,
    row.purpose,
    row.origin_unit_id,
    row.destination_address_unit_id,
    row.vehicle,
    row.plate,
    passages.map(({ id }) => id),
    passages.map(({ occurred_at }) => occurred_at),
    // Arrays inside an array would be one of two dimensions: each is sent as PostgreSQL writes it.
    passages.map(({ flags }) => `{${flags.join()}}`),
    eventId,
    new Date(uuid7Time(eventId) ?? 0),
  ]);
  return identified.map(({ id }) => id);
}
