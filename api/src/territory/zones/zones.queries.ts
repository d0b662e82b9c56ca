import type { Transaction } from '../../platform/database/transaction.ts';
import type { Failure } from '../shared/movement-rules/advice.ts';
import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';
import type { PlacedRule, RuleChanges } from './plan-rules.ts';
import type { Zone } from './zone.ts';
import type { ZoneDraft } from './read-zone.ts';

interface ZoneRow {
  id: string;
  name: string;
  level: number;
  starts_on: string;
  ends_on: string | null;
  contact_name: string | null;
  contact_phone: string | null;
  unit_ids: string[];
}

interface RuleRow {
  id: string;
  version: number;
  zone_id: string;
  applies_to: PlacedRule['appliesTo'];
  description: string;
  description_english: string | null;
  logic: Record<string, unknown>;
  on_failure: Failure;
  valid_from: Date;
  ended_at: Date | null;
}

const revisionStatement = {
  name: 'zones-revision',
  text: 'select coalesce(max(revision), 1) as revision from epidemic_zone',
};
const zones = {
  name: 'zones',
  text: `select z.id, z.name, z.level, z.starts_on, z.ends_on, z.contact_name, z.contact_phone,
           array(select u.unit_id from epidemic_zone_unit u where u.zone_id = z.id order by u.unit_id) as unit_ids
         from epidemic_zone z order by z.starts_on, z.id`,
};
const rules = { name: 'movement-rules', text: 'select * from movement_rule order by zone_id, place, id, version' };

/** Goes up with every change of any zone; 1 before the first, when only the national rules hold. */
export async function readRevision(tx: Transaction): Promise<number> {
  const [row] = await tx.rows<{ revision: number }>(revisionStatement, []);
  return row?.revision ?? 1;
}

/** Every zone with every version of its rules. There are hundreds at the most: they are kept in memory. */
export async function readZones(tx: Transaction): Promise<Zone[]> {
  const [zoneRows, ruleRows] = await Promise.all([tx.rows<ZoneRow>(zones, []), tx.rows<RuleRow>(rules, [])]);
  const byZone = Map.groupBy(ruleRows, ({ zone_id }) => zone_id);
  return zoneRows.map((row) => toZone(row, byZone.get(row.id) ?? []));
}

function toZone(row: ZoneRow, ruleRows: readonly RuleRow[]): Zone {
  const applying = (to: PlacedRule['appliesTo']) => ruleRows.filter(({ applies_to }) => applies_to === to).map(toRule);
  return {
    id: row.id,
    name: row.name,
    level: row.level,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    unitIds: row.unit_ids,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    entryRules: applying('ENTRY'),
    exitRules: applying('EXIT'),
  };
}

const toRule = (row: RuleRow): RuleVersion => ({
  id: row.id,
  version: row.version,
  description: row.description,
  descriptionEnglish: row.description_english,
  logic: row.logic,
  onFailure: row.on_failure,
  validFrom: row.valid_from.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
});

const oneAtATime = { name: 'lock-zones', text: 'select pg_advisory_xact_lock(3802032)' };

/** Zones are saved one at a time: what was checked still holds when it is written, and no revision is given twice. */
export async function lockZones(tx: Transaction): Promise<void> {
  await tx.rows(oneAtATime, []);
}

const putZone = {
  name: 'put-zone',
  text: `insert into epidemic_zone (id, name, level, starts_on, ends_on, contact_name, contact_phone, created_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, (select coalesce(max(revision), 1) + 1 from epidemic_zone))
         on conflict (id) do update set name = excluded.name, level = excluded.level, starts_on = excluded.starts_on,
           ends_on = excluded.ends_on, contact_name = excluded.contact_name, contact_phone = excluded.contact_phone,
           revision = excluded.revision`,
};
const dropUnits = {
  name: 'drop-zone-units',
  text: 'delete from epidemic_zone_unit where zone_id = $1 and unit_id <> all($2)',
};
const addUnits = {
  name: 'add-zone-units',
  text: 'insert into epidemic_zone_unit (zone_id, unit_id) select $1, * from unnest($2::text[]) on conflict do nothing',
};

export async function writeZone(tx: Transaction, draft: ZoneDraft, at: Date): Promise<void> {
  const { id, name, level, startsOn, endsOn, contactName, contactPhone, unitIds } = draft;
  await tx.rows(putZone, [id, name, level, startsOn, endsOn, contactName, contactPhone, at]);
  await tx.rows(dropUnits, [id, unitIds]);
  await tx.rows(addUnits, [id, unitIds]);
}

const endRules = {
  name: 'end-movement-rules',
  text: `update movement_rule r set ended_at = w.ended_at from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as w (id, version, ended_at)
         where r.id = w.id and r.version = w.version`,
};
const addRules = {
  name: 'add-movement-rules',
  text: `insert into movement_rule (zone_id, id, version, applies_to, place, description, description_english, logic, on_failure, valid_from)
         select $1, * from unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::text[], $10::timestamptz[])`,
};
const placeRules = {
  name: 'place-movement-rules',
  text: `update movement_rule r set place = w.place from unnest($1::uuid[], $2::int[], $3::int[]) as w (id, version, place)
         where r.id = w.id and r.version = w.version`,
};

export async function writeRules(
  tx: Transaction,
  zoneId: string,
  { ended, added, placed }: RuleChanges,
): Promise<void> {
  const of = <Row, Value>(rows: readonly Row[], value: (row: Row) => Value) => rows.map(value);
  if (ended.length > 0)
    await tx.rows(endRules, [
      of(ended, ({ id }) => id),
      of(ended, ({ version }) => version),
      of(ended, ({ endedAt }) => endedAt),
    ]);
  if (added.length > 0)
    await tx.rows(addRules, [
      zoneId,
      of(added, ({ rule }) => rule.id),
      of(added, ({ rule }) => rule.version),
      of(added, ({ appliesTo }) => appliesTo),
      of(added, ({ place }) => place),
      of(added, ({ rule }) => rule.description),
      of(added, ({ rule }) => rule.descriptionEnglish),
      of(added, ({ rule }) => JSON.stringify(rule.logic)),
      of(added, ({ rule }) => rule.onFailure),
      of(added, ({ rule }) => rule.validFrom),
    ]);
  if (placed.length > 0)
    await tx.rows(placeRules, [
      of(placed, ({ rule }) => rule.id),
      of(placed, ({ rule }) => rule.version),
      of(placed, ({ place }) => place),
    ]);
}

const holders = {
  name: 'zones-of-rules',
  text: 'select distinct id from movement_rule where id = any($1) and zone_id <> $2',
};

/** Which of these rules belong to another zone. */
export async function rulesElsewhere(tx: Transaction, ids: readonly string[], zoneId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(holders, [ids, zoneId]);
  return new Set(rows.map(({ id }) => id));
}
