import type pg from 'pg';
import { DAY_MS } from '../platform/shared/instant.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { ruleStarters } from '../territory/shared/movement-rules/starters.ts';
import type { Territory } from '../territory/territory.service.ts';
import { reloadZones } from '../territory/zones/reload-zones.service.ts';
import type { DemoParts } from './demo-parts.ts';
import { Random } from './random.ts';

interface DemoZone {
  name: string;
  level: number;
  unitCodes: readonly string[];
  since: number;
  contact: readonly [name: string, phone: string] | null;
  rules: ReadonlyArray<{ appliesTo: 'ENTRY' | 'EXIT'; starter: string }>;
}

// Set by days before the demo's first start. The telephone numbers are nobody's.
const demoZones: readonly DemoZone[] = [
  {
    name: 'Vùng phong tỏa trung tâm thành phố Thanh Hóa',
    level: 4,
    unitCodes: ['14764', '14767'],
    since: 6,
    contact: ['Trung tâm Y tế thành phố Thanh Hóa (mẫu)', '0237 000 0115'],
    rules: [
      { appliesTo: 'ENTRY', starter: 'NEGATIVE_TEST' },
      { appliesTo: 'ENTRY', starter: 'DOSES' },
      { appliesTo: 'EXIT', starter: 'SYMPTOMS' },
    ],
  },
  {
    name: 'Huyện Nga Sơn',
    level: 3,
    unitCodes: ['401'],
    since: 12,
    contact: ['Trung tâm Y tế huyện Nga Sơn (mẫu)', '0237 000 0116'],
    rules: [{ appliesTo: 'ENTRY', starter: 'NEGATIVE_TEST' }],
  },
  {
    name: 'Tỉnh Thanh Hóa',
    level: 2,
    unitCodes: ['38'],
    since: 20,
    contact: ['Sở Y tế Thanh Hóa (mẫu)', '0237 000 0119'],
    rules: [{ appliesTo: 'ENTRY', starter: 'FROM_LEVEL_4' }],
  },
  {
    name: 'Quận Thanh Xuân, Hà Nội',
    level: 4,
    unitCodes: ['009'],
    since: 15,
    contact: null,
    rules: [],
  },
];

const madeAt = Date.parse('2021-08-01T00:00:00Z');

/** Zones in and around the demo province, with their rules; then this node knows them, so that what follows is judged by them. */
export async function loadZones(owner: pg.Client, { database, territory }: DemoParts, now: Date): Promise<void> {
  const ids = new Random(3_802_013);
  for (const [index, zone] of demoZones.entries()) await insertZone(owner, territory, { zone, index, ids, now });
  await reloadZones(database, territory.zones);
}

async function insertZone(
  owner: pg.Client,
  territory: Territory,
  { zone, index, ids, now }: { zone: DemoZone; index: number; ids: Random; now: Date },
): Promise<void> {
  const since = new Date(now.getTime() - zone.since * DAY_MS);
  const id = ids.uuid7(madeAt);
  const [contactName, contactPhone] = zone.contact ?? [null, null];
  await owner.query(
    `insert into epidemic_zone (id, name, level, starts_on, contact_name, contact_phone, created_at, revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [id, zone.name, zone.level, vietnamDate(since), contactName, contactPhone, since, index + 2],
  );
  const unitIds = zone.unitCodes.map((code) => territory.byCode(code)?.id);
  await owner.query(
    'insert into epidemic_zone_unit (zone_id, unit_id) select $1, * from unnest($2::text[]) on conflict do nothing',
    [id, unitIds.filter((unitId) => unitId !== undefined)],
  );
  for (const [place, { appliesTo, starter }] of zone.rules.entries()) {
    const rule = ruleStarters.find(({ key }) => key === starter);
    await owner.query(
      `insert into movement_rule (id, version, zone_id, applies_to, place, description, description_english, logic, on_failure, valid_from)
       values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [
        ...[ids.uuid7(madeAt), id, appliesTo, place, rule?.description, rule?.descriptionEnglish],
        ...[JSON.stringify(rule?.logic), rule?.onFailure, since],
      ],
    );
  }
}
