import type { Transaction } from '../../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../../platform/shared/uuid7.ts';
import type { DeclarationRow } from '../../declarations/declarations.service.ts';

const identify = {
  name: 'identify-passages',
  text: `with identified as (
           update passage set citizen_id = $3, declaration_province = $4, declaration_id = $5, declaration_occurred_at = $6,
             purpose = $7, origin_unit_id = $8, destination_unit_id = $9, vehicle = coalesce(vehicle, $10), plate = coalesce(plate, $11)
           where province_code = $1 and paper_form_number = $2 and citizen_id is null
           returning id)
         , event as (
           insert into outbox (province_code, id, created_at, topic, payload)
           select $1, $12, $13, 'passages.identified', jsonb_build_object('ids', jsonb_agg(id)) from identified having count(*) > 0)
         select id from identified`,
};

/** Fills in who passed, and the journey, on all passages of a province that wait for this form; once, for it is then known. */
export async function identifyPassages(
  tx: Transaction,
  province: string,
  number: string,
  row: DeclarationRow,
  citizenId: string,
): Promise<string[]> {
  const eventId = newUuid7();
  const rows = await tx.rows<{ id: string }>(identify, [
    province,
    number,
    citizenId,
    row.province_code,
    row.id,
    row.occurred_at,
    row.purpose,
    row.origin_unit_id,
    row.destination_address_unit_id,
    row.vehicle,
    row.plate,
    eventId,
    new Date(uuid7Time(eventId) ?? 0),
  ]);
  return rows.map(({ id }) => id);
}
