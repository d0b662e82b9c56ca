import type { Keys } from '../platform/crypto/keys.ts';
import { contentHmac, isHmacOf } from '../platform/crypto/lookup.ts';
import type { RecordPassageInput } from './record-passage.input.ts';

const fields = [
  'id',
  'checkpointId',
  'qrPayload',
  'declarationId',
  'citizenId',
  'paperFormNumber',
  'direction',
  'decision',
  'reason',
  'evidence',
  'vehicle',
  'plate',
  'recordedOffline',
  'corrects',
] as const satisfies ReadonlyArray<keyof RecordPassageInput>;

/** What came later is part of it only where it was sent, so that what was stored before keeps its hash. */
const contentOf = (input: RecordPassageInput) =>
  JSON.stringify([
    ...fields.map((field) => input[field] ?? (field === 'recordedOffline' ? false : null)),
    ...(input.advice ? [{ advice: input.advice }] : []),
  ]);

/** What was sent, as a keyed hash, so that the same id with other content is told apart without comparing columns. */
export const contentHash = (keys: Keys, input: RecordPassageInput): Buffer =>
  contentHmac(keys.lookup, contentOf(input)).subarray(0, 16);

/** Whether a row was made of the same, under this or an earlier key: a phone may send again after the keys rotated. */
export const isContentOf = (keys: Keys, stored: Buffer, input: RecordPassageInput): boolean =>
  isHmacOf(keys.lookup, stored, contentOf(input));
