import { unitsOf2021 } from '../../territory/units-of-2021.service.ts';
import type { CommunesOf } from '../places.ts';

export interface Communes {
  of: CommunesOf;
  /** The codes of a commune's district and province. */
  above(communeCode: string): { district: string; province: string };
}

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);

/** The communes as the demo's people were given them: of each province by district, and by code within. */
export function readCommunes(): Communes {
  const districts = unitsOf2021('quan_huyen').sort(byCode);
  const provinceOf = new Map(districts.map(({ code, parent_code }) => [code, parent_code ?? '']));
  const communes = unitsOf2021('xa_phuong').sort(byCode);
  const districtOf = new Map(communes.map(({ code, parent_code }) => [code, parent_code ?? '']));
  const inDistrict = Map.groupBy(communes, ({ parent_code }) => parent_code ?? '');
  const inProvince = Map.groupBy(districts, ({ parent_code }) => parent_code ?? '');
  return {
    of: (province) =>
      (inProvince.get(province) ?? []).flatMap(({ code }) =>
        (inDistrict.get(code) ?? []).map((commune) => commune.code),
      ),
    above(communeCode) {
      const district = districtOf.get(communeCode) ?? '';
      return { district, province: provinceOf.get(district) ?? '' };
    },
  };
}
