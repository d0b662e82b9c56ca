import type { CheckpointInput, CheckpointKind } from '../../gql/admin/graphql.ts';
import type { PickedUnit } from '../../ui/unit-search.ts';

/** What the form holds; coordinates as they are copied from a map: "19.8067, 105.7852". */
export interface CheckpointDraft {
  code: string;
  name: string;
  unit: PickedUnit | null;
  kind: CheckpointKind | null;
  coordinates: string;
  active: boolean;
}

export const emptyDraft = (): CheckpointDraft => ({
  code: '',
  name: '',
  unit: null,
  kind: 'ROAD',
  coordinates: '',
  active: true,
});

export type Coordinates = { latitude: number; longitude: number };

/** Null for none, which is allowed; undefined for what cannot be read. */
export function readCoordinates(text: string): Coordinates | null | undefined {
  if (!text.trim()) return null;
  const [, north = '', east = ''] = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  const latitude = Number.parseFloat(north);
  const longitude = Number.parseFloat(east);
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onEarth ? { latitude, longitude } : undefined;
}

/** What the server takes, or the keys of what is missing, field by field. */
export function toCheckpointInput(id: string, draft: CheckpointDraft): CheckpointInput | Record<string, string> {
  const coordinates = readCoordinates(draft.coordinates);
  const missing = {
    ...(!draft.name.trim() && { name: 'checkpoints.missing.name' }),
    ...(!draft.code.trim() && { code: 'checkpoints.missing.code' }),
    ...(!draft.unit && { unitCode: 'checkpoints.missing.unit' }),
    ...(coordinates === undefined && { latitude: 'checkpoints.missing.coordinates' }),
  };
  const { unit, kind, active } = draft;
  if (Object.keys(missing).length > 0 || !unit || !kind) return missing;
  const { latitude = null, longitude = null } = coordinates ?? {};
  return {
    id,
    code: draft.code.trim(),
    name: draft.name.trim(),
    unitCode: unit.code,
    kind,
    active,
    latitude,
    longitude,
  };
}

export const isInput = (found: CheckpointInput | Record<string, string>): found is CheckpointInput => 'id' in found;
