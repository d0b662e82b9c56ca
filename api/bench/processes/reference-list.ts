import type pg from 'pg';
import { openIdentifiers } from '#api/people/identifiers.service.ts';
import { flagTexts } from '#api/passages/passage.problems.ts';
import { maskBirthDate, maskName, maskNumber, maskPlate } from '#api/policy/masking.ts';
import type { FlagKind } from '#api/passages/passage.row.ts';
import { testKeys } from '#test/test-config.ts';

interface Row {
  id: string;
  occurred_at: Date;
  recorded_at: Date;
  direction: string;
  decision: string;
  channel: string;
  advice: string;
  plate: string | null;
  recorded_offline: boolean;
  flags: FlagKind[];
  checkpoint_id: string;
  checkpoint_code: string;
  checkpoint_name: string;
  citizen_id: string;
  full_name: string;
  date_of_birth: string;
  sex: string;
  identifiers_sealed: Buffer | null;
  declaration_id: string;
  declaration_code: string;
  valid_until: Date;
  declaration_advice: string;
}

/** The one statement: 100 passages with checkpoint, citizen and declaration. The number stands in it, or the plan would be for many more. */
const page = {
  name: 'passages',
  text: `select p.id, p.occurred_at, p.recorded_at, p.direction, p.decision, p.channel, p.advice, p.plate, p.recorded_offline, p.flags,
           k.id checkpoint_id, k.code checkpoint_code, k.name checkpoint_name, c.id citizen_id, c.full_name, c.date_of_birth, c.sex,
           c.identifiers_sealed, d.id declaration_id, d.code declaration_code, d.valid_until, d.advice declaration_advice
         from passage p
         join checkpoint k on k.id = p.checkpoint_id
         left join citizen c on c.province_code = p.province_code and c.id = p.citizen_id
         left join declaration d on d.province_code = p.province_code and d.id = p.declaration_id and d.occurred_at = p.declaration_occurred_at
         where p.province_code = $1 and p.occurred_at < $2 and p.decision <> 'VOID' and not exists (
           select from passage x where x.province_code = p.province_code and x.corrects = p.id and x.occurred_at = p.occurred_at)
         order by p.occurred_at desc, p.id desc limit 101`,
};

export async function readPassages(
  client: pg.PoolClient,
  { filter, first }: { filter: { to: string }; first: number },
): Promise<unknown> {
  const { rows } = await client.query<Row>({ ...page, values: ['38', new Date(filter.to)] });
  const edges = rows.slice(0, first).map((row) => ({
    cursor: Buffer.from(JSON.stringify([row.occurred_at.toISOString(), row.id])).toString('base64url'),
    node: passageOf(row),
  }));
  return {
    passages: { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } },
  };
}

function passageOf(row: Row): unknown {
  const { idNumber } = openIdentifiers(testKeys, row.identifiers_sealed);
  return {
    id: row.id,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    direction: row.direction,
    decision: row.decision,
    channel: row.channel,
    advice: row.advice,
    plate: row.plate && maskPlate(row.plate),
    recordedOffline: row.recorded_offline,
    flags: row.flags.map((kind) => ({ kind, message: flagTexts[kind].vi })),
    checkpoint: { id: row.checkpoint_id, code: row.checkpoint_code, name: row.checkpoint_name },
    citizen: {
      id: row.citizen_id,
      fullName: maskName(row.full_name),
      dateOfBirth: maskBirthDate(row.date_of_birth),
      sex: row.sex,
      documentMasked: idNumber ? maskNumber(idNumber) : null,
    },
    declaration: {
      id: row.declaration_id,
      code: row.declaration_code,
      validUntil: row.valid_until.toISOString(),
      advice: row.declaration_advice,
    },
  };
}
