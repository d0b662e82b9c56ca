import { getFragmentData, type FragmentType } from '../gql/officer/fragment-masking.ts';
import { UnitPathFragmentDoc } from '../gql/officer/graphql.ts';

/** In groups of three, as it is compared with the card: 038 190 012 234. What is no number stays as it is. */
export function inGroups(number: string): string {
  return /^\d{6,}$/.test(number) ? number.replace(/(\d{3})(?=\d)/g, '$1 ') : number;
}

/** +84912345678 as people say it: 0912 345 678. */
export function spokenPhone(phone: string): string {
  return phone.replace(/^\+84/, '0').replace(/^(0\d{3})(\d{3})(\d+)$/, '$1 $2 $3');
}

/** Xã Quảng Bình, Quảng Xương, Thanh Hóa */
export function unitPath(masked: FragmentType<typeof UnitPathFragmentDoc>): string {
  const unit = getFragmentData(UnitPathFragmentDoc, masked);
  const above = [unit.parent, unit.parent?.parent].filter((step) => step && step.level !== 'NATION');
  return [unit.fullName, ...above.map((step) => step?.name)].join(', ');
}
