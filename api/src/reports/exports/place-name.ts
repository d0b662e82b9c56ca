import type { Territory } from '../../territory/territory.service.ts';

/** Xã Quảng Bình, Quảng Xương, Thanh Hóa: up to the province. */
export function placeName(territory: Territory, unitId: string): string {
  const [unit, ...above] = territory.path(territory.byId(unitId));
  return [unit?.fullName ?? territory.byId(unitId).fullName, ...above.map(({ name }) => name)].join(', ');
}
