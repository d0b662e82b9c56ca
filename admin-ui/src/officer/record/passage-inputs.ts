import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import type { Advice, Decision, Direction, IdentityEvidence, RecordPassageInput } from '../../gql/officer/graphql.ts';

/** Someone to be recorded: by the pass or card that was scanned, which the server reads again, by the declaration, or by a paper form. */
export interface PersonAboard {
  /** Null where nothing is declared: then there is a card's text or a form's number. */
  declarationId: string | null;
  fullName: string;
  qrPayload: string | null;
  /** Keyed in later: until then nothing else is known of them. */
  paperFormNumber?: string;
  evidence: IdentityEvidence;
  /** Decided by what this device knew alone. */
  recordedOffline?: boolean;
  /** What it advised then, by the rules that it held. */
  advice?: Advice;
}

export interface PassageOf {
  checkpointId: string;
  direction: Direction;
  decision: Decision;
  reason: string | null;
}

/** What identity was compared with. Who was found by a typed code or number, or came with another, showed the card alone. */
export function evidenceOf(shown: { pass: boolean; card: boolean }): IdentityEvidence {
  if (!shown.card) return 'NO_CARD';
  return shown.pass ? 'QR_AND_CARD' : 'CARD_ONLY';
}

/** One passage each, with ids of this moment: sent again they stay the same, so that each counts once. */
export function passageInputs(people: readonly PersonAboard[], of: PassageOf, atMs: number): RecordPassageInput[] {
  return people.map((person) => ({
    id: newUuid7(atMs),
    ...of,
    ...nameOf(person),
    evidence: person.evidence,
    ...(person.recordedOffline && {
      recordedOffline: true,
      ...(person.qrPayload && person.advice && { advice: person.advice }),
    }),
  }));
}

function nameOf({ declarationId, qrPayload, paperFormNumber }: PersonAboard): Partial<RecordPassageInput> {
  if (paperFormNumber !== undefined) return { paperFormNumber };
  return qrPayload === null ? { declarationId } : { qrPayload };
}

/** The corrections that say these passages did not happen. The server wants each to bear the time of what it corrects. */
export function voidInputs(passages: readonly RecordPassageInput[]): RecordPassageInput[] {
  return passages.map(({ id, checkpointId, direction, evidence }) => ({
    id: newUuid7(uuid7Time(id) ?? undefined),
    corrects: id,
    checkpointId,
    direction,
    evidence,
    decision: 'VOID',
  }));
}
