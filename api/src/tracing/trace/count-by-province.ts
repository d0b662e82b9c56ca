export interface ProvinceCount {
  province: string;
  generation: number;
  count: number;
}

/** How many of each generation are where: what a reader may know of those beyond their reach. */
export function countByProvince(people: ReadonlyArray<Omit<ProvinceCount, 'count'>>): ProvinceCount[] {
  const counts = new Map<string, ProvinceCount>();
  for (const { province, generation } of people) {
    const place = `${province}/${generation}`;
    counts.set(place, { province, generation, count: (counts.get(place)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
