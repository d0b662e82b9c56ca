import type { Transaction } from '../platform/database/transaction.ts';
import { AdministrativeUnit, type UnitLevel } from './unit.entity.ts';

export interface Versions {
  /** Changes with each import that changed anything. */
  units: string;
  /** Goes up with every change of any zone; 1 before the first. */
  zones: number;
}

export const versionsStatement = {
  name: 'territory-versions',
  text: `select (select count(*) || ' ' || coalesce(max(imported_at)::text, '') from administrative_reform) as units,
           (select coalesce(max(revision), 1) from epidemic_zone) as zones`,
};

interface UnitRow {
  unit_id: string;
  code: string;
  name: string;
  full_name: string;
  level: UnitLevel;
  parent_id: string | null;
  province_code: string;
  valid_from: string;
  valid_to: string | null;
}

/** Reads every unit, with its place in the tree and its successors, in two statements. */
export async function readUnits(tx: Transaction): Promise<AdministrativeUnit[]> {
  const rows = await tx.rows<UnitRow>(
    { name: 'units', text: 'select * from administrative_unit order by unit_id' },
    [],
  );
  const units = new Map(rows.map((row) => [row.unit_id, toUnit(row)]));
  for (const row of rows) {
    const unit = units.get(row.unit_id);
    const parent = row.parent_id ? units.get(row.parent_id) : undefined;
    if (unit && parent) {
      unit.parent = parent;
      parent.below.push(unit);
    }
  }
  const successors = await tx.rows<{ unit_id: string; successor_id: string }>(
    { name: 'unit-successors', text: 'select unit_id, successor_id from administrative_unit_successor order by 1, 2' },
    [],
  );
  for (const { unit_id, successor_id } of successors) {
    const [unit, successor] = [units.get(unit_id), units.get(successor_id)];
    if (!unit || !successor) continue;
    unit.replacedBy.push(successor);
    successor.replaces.push(unit);
  }
  for (const unit of units.values()) if (unit.level === 'DISTRICT') unit.replacedBy = successorsOfDistrict(unit);
  return [...units.values()];
}

/** Where no district took its place, what took the place of its communes did. */
function successorsOfDistrict(district: AdministrativeUnit): AdministrativeUnit[] {
  if (district.validTo === null || district.replacedBy.length > 0) return district.replacedBy;
  return [...new Set(district.children.flatMap((commune) => commune.replacedBy))];
}

function toUnit(row: UnitRow): AdministrativeUnit {
  return Object.assign(new AdministrativeUnit(), {
    id: row.unit_id,
    code: row.code,
    name: row.name,
    fullName: row.full_name,
    level: row.level,
    provinceCode: row.province_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    parent: null,
    below: [],
    replacedBy: [],
    replaces: [],
  });
}
