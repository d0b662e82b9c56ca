import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../policy/policy.ts';
import { Territory } from '../territory/territory.service.ts';
import { AdministrativeUnit, type UnitLevel } from '../territory/unit.entity.ts';
import { narrowScope } from './scope.service.ts';

function unit(
  code: string,
  level: UnitLevel,
  parent: AdministrativeUnit | null,
  provinceCode = parent?.provinceCode ?? code,
): AdministrativeUnit {
  const made = Object.assign(new AdministrativeUnit(), {
    id: `${code}@2021`,
    code,
    name: code,
    fullName: code,
    level,
    parent,
    below: [],
    replacedBy: [],
    replaces: [],
    validFrom: '2021-01-01',
    validTo: null,
    provinceCode,
  });
  parent?.below.push(made);
  return made;
}

const nation = unit('VN', 'NATION', null);
const [thanhHoa, hanoi] = [unit('38', 'PROVINCE', nation, '38'), unit('01', 'PROVINCE', nation, '01')];
const [district, other] = [unit('380', 'DISTRICT', thanhHoa), unit('381', 'DISTRICT', thanhHoa)];
const commune = unit('14758', 'COMMUNE', district);
const territory = new Territory([nation, thanhHoa, hanoi, district, other, commune]);

const wholeProvince: Scope = { provinces: ['38'], unitIds: null, checkpointIds: null };
const ofDistrict: Scope = { provinces: ['38'], unitIds: ['380@2021', '14758@2021'], checkpointIds: null };
const ids = ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'] as const;

describe('a scope that a viewer asks for', () => {
  it('is the whole jurisdiction when nothing is asked for', () => {
    expect(narrowScope(wholeProvince, null, territory)).toEqual(wholeProvince);
    expect(narrowScope(wholeProvince, { unitCode: 'VN' }, territory)).toEqual(wholeProvince);
  });

  it('is a unit and those below it', () => {
    expect(narrowScope(wholeProvince, { unitCode: '380' }, territory).unitIds).toEqual(['380@2021', '14758@2021']);
    expect(narrowScope(ofDistrict, { unitCode: '14758' }, territory).unitIds).toEqual(['14758@2021']);
  });

  it.each(['381', '01'])('never reaches beyond the jurisdiction: %s is nothing to a district', (unitCode) => {
    const { provinces, unitIds } = narrowScope(ofDistrict, { unitCode }, territory);
    expect(provinces.length === 0 || unitIds?.length === 0).toBe(true);
  });

  it('of the province above stays the own district', () => {
    expect(narrowScope(ofDistrict, { unitCode: '38' }, territory).unitIds).toEqual(['380@2021', '14758@2021']);
  });

  it('keeps an officer at the own checkpoints', () => {
    const own: Scope = { ...wholeProvince, checkpointIds: [ids[0]] };
    expect(narrowScope(own, { checkpointIds: [...ids] }, territory).checkpointIds).toEqual([ids[0]]);
    expect(narrowScope(own, { checkpointIds: [ids[1], 'x'] }, territory).checkpointIds).toEqual([]);
  });

  it('of a unit that does not exist is bad input', () => {
    expect(() => narrowScope(wholeProvince, { unitCode: '99999' }, territory)).toThrow(/not right/);
  });
});
