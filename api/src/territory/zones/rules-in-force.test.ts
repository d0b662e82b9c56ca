import 'reflect-metadata';
import { expect, it } from 'vitest';
import { Territory } from '../territory.service.ts';
import { AdministrativeUnit } from '../unit.entity.ts';
import { rulesInForce } from './rules-in-force.service.ts';
import type { Zone } from './zone.ts';

const at = new Date('2025-07-02T00:00:00Z');
const aUnit = (code: string, validFrom: string, validTo: string | null = null): AdministrativeUnit =>
  Object.assign(new AdministrativeUnit(), {
    ...{ id: `${code}@${validFrom}`, code, validFrom, validTo, name: code, fullName: code },
    ...{ level: 'COMMUNE', provinceCode: '38', parent: null, below: [], replacedBy: [], replaces: [] },
  });
const zone: Zone = {
  ...{ id: 'zone', name: 'Vùng', level: 4, startsOn: '2021-01-01', endsOn: null, unitIds: ['16438@2021'] },
  ...{ entryRules: [], exitRules: [], contactName: null, contactPhone: null },
};
const listed = (territory: Territory) => rulesInForce(territory, at).zones[0]?.units;

it('after a reform a device is told the new units of a zone that nobody changed', () => {
  const before = new Territory([aUnit('16438', '2021')]);
  before.zones.replace(2, [zone]);
  expect(listed(before)).toEqual(['16438']);

  const [old, heir] = [aUnit('16438', '2021', '2025-06-30'), aUnit('16500', '2025-07-01')];
  old.replacedBy.push(heir);
  heir.replaces.push(old);
  const after = new Territory([old, heir]);
  after.zones.replace(2, before.zones.all);
  expect(listed(after)).toEqual(['16438-16500']);
});
