import type { Role } from '#api/policy/viewer.ts';

/** Where viewers stand and rows belong: a commune, its district, its province, the nation; a sibling, another district, elsewhere. */
export const units = {
  nation: { code: 'VN', province: 'VN', above: null },
  province: { code: '38', province: '38', above: 'nation' },
  district: { code: '406', province: '38', above: 'province' },
  own: { code: '16438', province: '38', above: 'district' },
  sibling: { code: '16447', province: '38', above: 'district' },
  farther: { code: '14758', province: '38', above: 'province' },
  foreignProvince: { code: '01', province: '01', above: 'nation' },
  foreign: { code: '00001', province: '01', above: 'foreignProvince' },
} as const;
export type Place = keyof typeof units;
export const places = Object.keys(units) as Place[];

/** Communes: people travel there, and a checkpoint stands in each. */
export const communes = ['own', 'sibling', 'farther', 'foreign'] as const satisfies Place[];
export type Commune = (typeof communes)[number];

const roles: Role[] = ['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR'];

export interface Viewer {
  username: string;
  role: Role;
  place: Place;
  /** Of officers: the commune whose checkpoint they are assigned to. */
  checkpoint: Commune | null;
}

const workplace: Record<Place, Commune> = {
  nation: 'own',
  province: 'own',
  district: 'own',
  own: 'own',
  sibling: 'sibling',
  farther: 'farther',
  foreignProvince: 'foreign',
  foreign: 'foreign',
};

export const viewers: Viewer[] = places.flatMap((place) =>
  roles.map((role) => ({
    username: `viewer.${role}.${place}`.toLowerCase(),
    role,
    place,
    checkpoint: role === 'OFFICER' ? workplace[place] : null,
  })),
);

export function covers(viewer: Place, row: Place): boolean {
  for (let place: Place | null = row; place; place = units[place].above) if (place === viewer) return true;
  return false;
}
