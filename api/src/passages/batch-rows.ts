import type { Keys } from '../platform/crypto/keys.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { Rejection } from './check-passage.ts';
import { contentHash } from './content-hash.ts';
import type { PassageRow } from './passage.row.ts';
import { preparePassage } from './prepare-passage.ts';
import type { Recorder } from './recorder.ts';
import type { Resolved } from './resolve-who.ts';

export interface Candidate {
  resolved: Resolved;
  row: PassageRow;
}

interface RowParts {
  keys: Keys;
  territory: Territory;
}

export type Prepared = Candidate | { rejection: Rejection };

/** Rows for who was found, in order. What a correction corrects may stand anywhere in the same batch, itself a correction. */
export function prepareRows(parts: RowParts, recorder: Recorder, resolved: readonly Resolved[], at: Date): Prepared[] {
  const prepared = new Array<Prepared>(resolved.length);
  const rows = new Map<string, PassageRow>();
  let waiting = resolved.map((_, index) => index);
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length;
    waiting = waiting.filter((index) => {
      const entry = resolved[index] as Resolved;
      const { corrects } = entry.input;
      const corrected = entry.corrected ?? rows.get(corrects ?? '') ?? null;
      if (corrects && !corrected) return true;
      const result = prepare(parts, recorder, { ...entry, corrected }, at);
      if ('row' in result && !rows.has(result.row.id)) rows.set(result.row.id, result.row);
      prepared[index] = result;
      return false;
    });
  }
  for (const index of waiting) prepared[index] = { rejection: { code: 'INVALID', detail: 'CORRECTS_UNKNOWN' } };
  return prepared;
}

function prepare(parts: RowParts, recorder: Recorder, resolved: Resolved, at: Date): Prepared {
  const { input, who, corrected } = resolved;
  if (who.kind === 'REJECTED') return { rejection: who.rejection };
  const checkpoint = recorder.checkpoints.get(input.checkpointId);
  if (!checkpoint) return { rejection: { code: 'NOT_ASSIGNED' } };
  if (input.corrects && corrected?.checkpoint_id !== checkpoint.id)
    return { rejection: { code: 'INVALID', detail: 'CORRECTS_UNKNOWN' } };
  const { territory } = parts;
  const recording = {
    at,
    territory,
    recordedBy: recorder.accountId,
    checkpoint,
    contentHash: contentHash(parts.keys, input),
  };
  return { resolved, row: preparePassage(resolved, recording) };
}
