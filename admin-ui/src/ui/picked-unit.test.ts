import { describe, expect, it } from 'vitest';
import type { FindUnitsQuery } from '../gql/ui/graphql.ts';
import { offered } from './picked-unit.ts';

describe('what is offered of what was found', () => {
  const province = { id: '38@2021', code: '38', level: 'PROVINCE', name: 'Thanh Hóa' };
  const district = { id: '406@2021', code: '406', level: 'DISTRICT', name: 'Quảng Xương', parent: province };
  const aUnit = (code: string, fullName: string, validTo: string | null, replacedBy: object[] = []) => ({
    ...{ id: `${code}@${validTo ? '2021' : '2025-07-01'}`, code, level: 'COMMUNE', name: fullName, fullName },
    ...{ parent: validTo ? district : province, validTo, replacedBy },
  });
  const [bigger, other] = [aUnit('16438', 'Xã Quảng Yên', null), aUnit('16456', 'Xã Quảng Định', null)];
  const gone = aUnit('16453', 'Xã Quảng Đức', '2025-06-30', [bigger, other]);
  const pick = (level: 'COMMUNE' | 'DISTRICT' | null, today: string, ...found: object[]) =>
    offered(found as FindUnitsQuery['administrativeUnits'], level, today).map(({ id, formerly }) => [id, formerly]);

  it('is for a place that is gone what took its place, with its old name beside, each once', () => {
    expect(pick('COMMUNE', '2025-07-01', other, gone)).toEqual([
      ['16456@2025-07-01', undefined],
      ['16438@2025-07-01', 'Xã Quảng Đức, Quảng Xương, Thanh Hóa'],
    ]);
    expect(pick('DISTRICT', '2025-07-01', gone)).toEqual([]);
  });

  it('is the place itself until its last day', () => {
    expect(pick(null, '2025-06-30', gone)).toEqual([['16453@2021', undefined]]);
  });
});
