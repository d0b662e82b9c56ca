import type { CheckpointInput, CheckpointKind } from '../../gql/admin/graphql.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import { readDay } from '../days.ts';

/** Open without an end, until a day, or closed. */
export type Opening = 'OPEN' | 'UNTIL' | 'CLOSED';

/** What the form holds; coordinates as they are copied from a map: "19.8067, 105.7852". */
export interface CheckpointDraft {
  code: string;
  name: string;
  unit: PickedUnit | null;
  kind: CheckpointKind | null;
  coordinates: string;
  opening: Opening;
  /** 23/08/2021, with UNTIL. */
  lastDay: string;
}

export const emptyDraft = (): CheckpointDraft => ({
  code: '',
  name: '',
  unit: null,
  kind: 'ROAD',
  coordinates: '',
  opening: 'OPEN',
  lastDay: '',
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
  const closesOn = draft.opening === 'UNTIL' ? readDay(draft.lastDay) : null;
  const missing = {
    ...(!draft.name.trim() && { name: 'checkpoints.missing.name' }),
    ...(!draft.code.trim() && { code: 'checkpoints.missing.code' }),
    ...(!draft.unit && { unitCode: 'checkpoints.missing.unit' }),
    ...(coordinates === undefined && { latitude: 'checkpoints.missing.coordinates' }),
    ...(draft.opening === 'UNTIL' && closesOn === null && { closesOn: 'checkpoints.missing.closesOn' }),
  };
  const { unit, kind } = draft;
  if (Object.keys(missing).length > 0 || !unit || !kind) return missing;
  const { latitude = null, longitude = null } = coordinates ?? {};
  return {
    id,
    code: draft.code.trim(),
    name: draft.name.trim(),
    unitCode: unit.code,
    kind,
    active: draft.opening !== 'CLOSED',
    closesOn,
    latitude,
    longitude,
  };
}

export const isInput = (found: CheckpointInput | Record<string, string>): found is CheckpointInput => 'id' in found;
