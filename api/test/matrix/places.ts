import { partnerScopes, type PartnerScope, type Role } from '#api/policy/viewer.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

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
  /** Of a partner app: the one scope that it has. */
  role: Role | PartnerScope;
  place: Place;
  /** Of officers: the commune whose checkpoint they are assigned to. */
  checkpoint: Commune | null;
  /** Null for an account. */
  app: { id: string; secret: string } | null;
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

export const accountViewers: Viewer[] = places.flatMap((place) =>
  roles.map((role) => ({
    username: `viewer.${role}.${place}`.toLowerCase(),
    role,
    place,
    checkpoint: role === 'OFFICER' ? workplace[place] : null,
    app: null,
  })),
);

export const appViewers: Viewer[] = places.flatMap((place) =>
  partnerScopes.map((role) => ({
    username: `app.${role}.${place}`.toLowerCase(),
    role,
    place,
    checkpoint: null,
    app: { id: newUuid7(), secret: `secret of ${role} at ${place}`.replaceAll(' ', '-') },
  })),
);

export const viewers: Viewer[] = [...accountViewers, ...appViewers];

export function covers(viewer: Place, row: Place): boolean {
  for (let place: Place | null = row; place; place = units[place].above) if (place === viewer) return true;
  return false;
}
