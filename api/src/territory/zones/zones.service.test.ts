import { expect, it } from 'vitest';
import type { AdministrativeUnit } from '../unit.entity.ts';
import type { Zone } from './zone.ts';
import { Zones } from './zones.service.ts';

const aUnit = (id: string, parent: AdministrativeUnit | null = null) =>
  ({ id, parent, replacedBy: [], replaces: [] }) as unknown as AdministrativeUnit;
const province = aUnit('38@2021');
const [district, otherDistrict] = [aUnit('406@2021', province), aUnit('407@2021', province)];
const [old, split, gone] = [aUnit('1@2021', district), aUnit('2@2021', otherDistrict), aUnit('3@2021', district)];
const [whole, half] = [aUnit('1@2025', province), aUnit('2@2025', province)];
const become = (unit: AdministrativeUnit, ...successors: AdministrativeUnit[]) => {
  unit.replacedBy.push(...successors);
  for (const successor of successors) successor.replaces.push(unit);
};
become(old, whole);
become(split, whole, half);
become(gone, whole);
const units = new Map(
  [province, district, otherDistrict, old, split, gone, whole, half].map((unit) => [unit.id, unit]),
);

const aZone = (id: string, ...unitIds: string[]): Zone => ({
  ...{ id, name: id, level: 1, startsOn: '2021-01-01', endsOn: null, unitIds },
  ...{ entryRules: [], exitRules: [], contactName: null, contactPhone: null },
});
function zonesOf(...zones: Zone[]): Zones {
  const all = new Zones({ all: [...units.values()], find: (id) => units.get(id) });
  all.replace(2, zones);
  return all;
}
const holding = (unit: AdministrativeUnit, ...zones: Zone[]) =>
  zonesOf(...zones)
    .holding(unit.id)
    .map(({ id }) => id);

it('a unit is in the zones of itself and of those above it, not of those beside or below', () => {
  expect(holding(old, aZone('own', old.id), aZone('above', district.id), aZone('province', province.id))).toHaveLength(
    3,
  );
  expect(holding(old, aZone('beside', split.id), aZone('other', otherDistrict.id))).toEqual([]);
  expect(holding(district, aZone('below', old.id))).toEqual([]);
});

it('a zone outlives a reform: what the unit was before, and what it became, count too', () => {
  expect(holding(whole, aZone('of old', old.id), aZone('of its district', district.id))).toEqual([
    'of old',
    'of its district',
  ]);
  expect(holding(half, aZone('of what was split', split.id), aZone('of others', old.id))).toEqual([
    'of what was split',
  ]);
  expect(holding(old, aZone('of the new', whole.id))).toEqual(['of the new']);
});

it('the units of a zone are those that it holds, heirs and predecessors among them', () => {
  const zones = zonesOf(aZone('of a commune', split.id), aZone('of a district', district.id));
  expect(zones.unitIdsIn('of a commune').sort()).toEqual([whole, half, split].map(({ id }) => id).sort());
  expect(zones.unitIdsIn('of a district').sort()).toEqual([district, old, gone, whole].map(({ id }) => id).sort());
  expect(zones.unitIdsIn('nobody’s')).toEqual([]);
});

it('a reason is read in the words of its version, before rules had versions too; one of nobody is left out', () => {
  const zones = new Zones({ all: [], find: () => undefined });
  expect(zones.reasonText('SYMPTOMS', 'en')).toBe('Had symptoms in the last 14 days.');
  expect(zones.reasonText('SYMPTOMS@1', 'vi')).toBe('Có triệu chứng trong 14 ngày qua.');
  expect(zones.reasonText('SYMPTOMS@9', 'vi')).toBeNull();
  expect(zones.reasonText('toString', 'vi')).toBeNull();
});
