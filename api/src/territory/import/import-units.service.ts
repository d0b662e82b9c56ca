import type { Transaction } from '../../platform/database/transaction.ts';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import { planReform, type Files } from './plan-reform.ts';
import type { ReformPlan, StoredUnit, Successor } from './reform.ts';

export { readMappingFile } from './read-mapping-file.ts';
export { readUnitsFile } from './read-units-file.ts';
export { ReformRefused } from './reform.ts';
export { reportOf, summaryOf } from './report.ts';

const lock = { name: 'lock-units', text: 'select pg_advisory_xact_lock(3802031)' };
const readUnits = {
  name: 'stored-units',
  text: `select unit_id as "unitId", code, name, full_name as "fullName", level, parent_id as "parentId",
           province_code as "provinceCode", valid_from as "validFrom", valid_to as "validTo"
         from administrative_unit order by unit_id`,
};
const readSuccessors = {
  name: 'stored-successors',
  text: 'select unit_id as "unitId", successor_id as "successorId" from administrative_unit_successor',
};
const begin = {
  name: 'begin-units',
  text: `insert into administrative_unit (unit_id, code, name, full_name, level, parent_id, province_code, valid_from)
         select *, $8::date from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
};
const end = {
  name: 'end-units',
  text: 'update administrative_unit set valid_to = $2::date - 1 where unit_id = any($1)',
};
const succeed = {
  name: 'add-successors',
  text: 'insert into administrative_unit_successor (unit_id, successor_id) select * from unnest($1::text[], $2::text[])',
};
const note = {
  name: 'note-reform',
  text: `insert into administrative_reform (id, takes_effect_on, imported_at, units_ended, units_begun, successors_added)
         values ($1, $2, $3, $4, $5, $6)`,
};

export interface Reform extends Files {
  day: string;
  at: Date;
}

const changesAnything = ({ ended, begun, successors }: ReformPlan): boolean =>
  ended.length + begun.length + successors.length > 0;

/** Brings a reform, one at a time; brought already, it changes nothing. As the owner of the database. */
export async function importUnits(tx: Transaction, reform: Reform): Promise<ReformPlan> {
  await tx.rows(lock, []);
  const stored = {
    units: await tx.rows<StoredUnit & Record<string, unknown>>(readUnits, []),
    successors: await tx.rows<Successor & Record<string, unknown>>(readSuccessors, []),
  };
  const plan = planReform(stored, reform, reform.day);
  if (changesAnything(plan)) await apply(tx, plan, reform);
  return plan;
}

async function apply(tx: Transaction, { begun, ended, successors }: ReformPlan, { day, at }: Reform): Promise<void> {
  const column = (name: keyof StoredUnit) => begun.map((unit) => unit[name]);
  const columns = (['unitId', 'code', 'name', 'fullName', 'level', 'parentId', 'provinceCode'] as const).map(column);
  await tx.rows(end, [ended.map(({ unitId }) => unitId), day]);
  await tx.rows(begin, [...columns, day]);
  await tx.rows(succeed, [successors.map(({ unitId }) => unitId), successors.map(({ successorId }) => successorId)]);
  await tx.rows(note, [newUuid7(at.getTime()), day, at, ended.length, begun.length, successors.length]);
}
