import type pg from 'pg';
import { unitsOf2021, type PackagedUnit } from './units-of-2021.service.ts';

const validFrom = '2021-01-01';
const idOf = (code: string) => `${code}@2021`;

function rowsOf2021(): unknown[][] {
  const districts = unitsOf2021('quan_huyen');
  const provinceOf = new Map(districts.map(({ code, parent_code }) => [code, parent_code ?? '']));
  const row = (unit: PackagedUnit, level: string, parent: string, province: string) => [
    idOf(unit.code),
    unit.code,
    unit.name,
    unit.name_with_type,
    level,
    idOf(parent),
    province,
  ];
  return [
    [idOf('VN'), 'VN', 'Việt Nam', 'Việt Nam', 'NATION', null, 'VN'],
    ...unitsOf2021('tinh_tp').map((unit) => row(unit, 'PROVINCE', 'VN', unit.code)),
    ...districts.map((unit) => row(unit, 'DISTRICT', unit.parent_code ?? '', unit.parent_code ?? '')),
    ...unitsOf2021('xa_phuong').map((unit) =>
      row(unit, 'COMMUNE', unit.parent_code ?? '', provinceOf.get(unit.parent_code ?? '') ?? ''),
    ),
  ];
}

/** Loads the shipped units into a database that has none; an import of a reform comes on top of them. */
export async function seedUnits(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from administrative_unit limit 1');
  if (rowCount) return;
  const columns = rowsOf2021().reduce<unknown[][]>(
    (all, row) => (row.forEach((value, index) => (all[index] ??= []).push(value)), all),
    [],
  );
  await client.query(
    `insert into administrative_unit (unit_id, code, name, full_name, level, parent_id, province_code, valid_from)
     select *, $8::date from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [...columns, validFrom],
  );
}
