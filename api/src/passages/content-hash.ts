import { createHmac } from 'node:crypto';
import type { Keys } from '../platform/crypto/keys.ts';
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

/** What was sent, as a keyed hash, so that the same id with other content is told apart without comparing columns. */
export function contentHash(keys: Keys, input: RecordPassageInput): Buffer {
  const content = fields.map((field) => input[field] ?? (field === 'recordedOffline' ? false : null));
  return createHmac('sha256', keys.lookup.active.key).update(JSON.stringify(content)).digest().subarray(0, 16);
}
