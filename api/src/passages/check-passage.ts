import { DAY_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { isClosedAt, type Closing } from '../checkpoints/checkpoints-around.service.ts';
import { readFormNumber } from '../declarations/shared/form-number.ts';
import { readPlate } from '../declarations/shared/plate.ts';
import { holdsUnseenCharacters, lengthInCodePoints, nfc } from '../platform/shared/text.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { InvalidDetail, PassageRejection } from './passage.problems.ts';
import type { RecordPassageInput } from './record-passage.input.ts';

const aheadMs = 5 * MINUTE_MS;
const behindMs = 14 * DAY_MS;

export interface PassageCheckpoint extends Closing {
  assigned: boolean;
}

export interface Rejection {
  code: PassageRejection;
  detail?: InvalidDetail;
}

/** What stands against a passage before anything is looked up; null when nothing does. */
export function checkPassage(
  input: RecordPassageInput,
  checkpoint: PassageCheckpoint | undefined,
  at: Date,
): Rejection | null {
  if (!checkpoint?.assigned) return { code: 'NOT_ASSIGNED' };
  // By when the person passed: what was recorded offline before it closed may come after.
  const passedAt = new Date(uuid7Time(input.id) ?? at);
  if (isClosedAt(checkpoint, passedAt)) return { code: 'CHECKPOINT_CLOSED' };
  return checkTime(input, at) ?? checkWho(input) ?? checkAdvice(input) ?? checkTexts(input);
}

function checkTime({ id, corrects }: RecordPassageInput, at: Date): Rejection | null {
  const time = uuid7Time(id);
  if (time === null) return { code: 'INVALID', detail: 'NOT_V7' };
  if (time - at.getTime() > aheadMs) return { code: 'IN_FUTURE' };
  if (at.getTime() - time > behindMs) return { code: 'TOO_OLD' };
  if (corrects && uuid7Time(corrects) !== time) return { code: 'INVALID', detail: 'CORRECTS_TIME' };
  return null;
}

function checkWho({
  qrPayload,
  declarationId,
  citizenId,
  paperFormNumber,
  decision,
  corrects,
}: RecordPassageInput): Rejection | null {
  if (decision === 'VOID' && !corrects) return { code: 'INVALID', detail: 'VOID_CORRECTS' };
  const named = [qrPayload, declarationId, citizenId, paperFormNumber].filter(Boolean).length;
  // A correction may leave out who: it stays the person of the passage it corrects.
  const enough = corrects ? named <= 1 : named === 1;
  return enough ? null : { code: 'INVALID', detail: 'WHO' };
}

/** With network the server knows what it advised. */
function checkAdvice({ advice, qrPayload, recordedOffline }: RecordPassageInput): Rejection | null {
  return !advice || (qrPayload && recordedOffline) ? null : { code: 'INVALID', detail: 'ADVICE' };
}

function checkTexts({ decision, reason, plate, paperFormNumber }: RecordPassageInput): Rejection | null {
  if (decision === 'REFUSED' && !nfc(reason ?? '')) return { code: 'INVALID', detail: 'REASON_NEEDED' };
  if (reason && lengthInCodePoints(reason) > 500) return { code: 'INVALID', detail: 'REASON_LONG' };
  if (reason && holdsUnseenCharacters(nfc(reason))) return { code: 'INVALID', detail: 'REASON_UNSEEN' };
  if (plate && readPlate(plate) === null) return { code: 'INVALID', detail: 'PLATE' };
  if (typeof paperFormNumber === 'string' && readFormNumber(paperFormNumber) === null)
    return { code: 'INVALID', detail: 'FORM_NUMBER' };
  return null;
}
