import type pg from 'pg';
import { openIdentifiers } from '#api/people/identifiers.service.ts';
import { maskBirthDate, maskName, maskNumber, maskPhone } from '#api/policy/masking.ts';
import { timeOf } from '#api/declarations/declarations.service.ts';
import { testKeys } from '#test/test-config.ts';

type Row = Record<string, string> & { submitted_at: Date; valid_until: Date; identifiers_sealed: Buffer | null };

const unit = (
  name: string,
) => `${name}.unit_id ${name}_id, ${name}.code ${name}_code, ${name}.full_name ${name}_full_name,
  above_${name}.unit_id ${name}_parent_id, above_${name}.full_name ${name}_parent_name`;
const joinUnit = (name: string, column: string) => `
  left join administrative_unit commune_${name} on commune_${name}.unit_id = d.${column}
  left join administrative_unit ${name} on ${name}.unit_id = commune_${name}.parent_id
  left join administrative_unit above_${name} on above_${name}.unit_id = ${name}.parent_id`;

/** The one statement: the declaration, its person, and the districts of three addresses with their provinces. */
const declarationById = {
  name: 'declaration',
  text: `select d.id, d.code, d.channel, d.submitted_at, d.valid_until, d.advice, d.full_name, d.date_of_birth, d.sex, d.nationality,
           d.identifiers_sealed, ${unit('permanent')}, ${unit('temporary')}, ${unit('stay')}
         from declaration d ${joinUnit('permanent', 'permanent_unit_id')} ${joinUnit('temporary', 'temporary_unit_id')}
           ${joinUnit('stay', 'stay_unit_id')}
         where d.province_code = any($1) and d.id = $2 and d.occurred_at = $3`,
};

const addressOf = (row: Row, name: string) => ({
  line: null,
  unit: {
    id: row[`${name}_id`],
    code: row[`${name}_code`],
    fullName: row[`${name}_full_name`],
    parent: { id: row[`${name}_parent_id`], fullName: row[`${name}_parent_name`] },
  },
});

export async function readDeclaration(client: pg.PoolClient, { id }: { id: string }): Promise<unknown> {
  const { rows } = await client.query<Row>({ ...declarationById, values: [['38'], id, timeOf(id)] });
  const [row] = rows;
  if (!row) return { declaration: null };
  const { idNumber, phone } = openIdentifiers(testKeys, row.identifiers_sealed);
  return {
    declaration: {
      id: row['id'],
      code: row['code'],
      channel: row['channel'],
      submittedAt: row.submitted_at.toISOString(),
      validUntil: row.valid_until.toISOString(),
      advice: row['advice'],
      person: {
        fullName: maskName(row['full_name'] ?? ''),
        dateOfBirth: maskBirthDate(row['date_of_birth'] ?? ''),
        sex: row['sex'],
        nationality: row['nationality'],
        documentMasked: idNumber ? maskNumber(idNumber) : null,
        phoneMasked: phone ? maskPhone(phone) : null,
        permanentAddress: addressOf(row, 'permanent'),
        temporaryAddress: addressOf(row, 'temporary'),
      },
      stayAddress: addressOf(row, 'stay'),
    },
  };
}
