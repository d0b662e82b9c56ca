import { getFragmentData, type FragmentType } from '../gql/admin/fragment-masking.ts';
import { UnitPlaceFragmentDoc, type UnitPlaceFragment } from '../gql/admin/graphql.ts';

type Place = FragmentType<typeof UnitPlaceFragmentDoc>;

/** Xã Quảng Bình, Quảng Xương, Thanh Hóa: up to the province. */
export function wholePlace(place: Place): string {
  const unit = getFragmentData(UnitPlaceFragmentDoc, place);
  return [unit.fullName, ...above(unit)].join(', ');
}

/** In a row: the district within the own province, the province otherwise. */
export function shortPlace(place: Place, ownProvince: string | null): string {
  const unit = getFragmentData(UnitPlaceFragmentDoc, place);
  const names = [unit.name, ...above(unit)];
  const province = names.at(-1) ?? unit.name;
  return province === ownProvince ? (names.at(-2) ?? province) : province;
}

function above({ parent }: UnitPlaceFragment): string[] {
  return [parent, parent?.parent].flatMap((unit) => (unit && unit.level !== 'NATION' ? [unit.name] : []));
}
