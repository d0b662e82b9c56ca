import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import type { Channel, TravelPurpose, VehicleKind } from '../declarations/shared/declaration-draft.ts';

export const Direction = { IN: 'IN', OUT: 'OUT' } as const;
export type Direction = keyof typeof Direction;
export const Decision = { ADMITTED: 'ADMITTED', REFUSED: 'REFUSED', ISOLATED: 'ISOLATED', VOID: 'VOID' } as const;
export type Decision = keyof typeof Decision;
export const IdentityEvidence = {
  QR_AND_CARD: 'QR_AND_CARD',
  CARD_ONLY: 'CARD_ONLY',
  PAPER_AND_CARD: 'PAPER_AND_CARD',
  NO_CARD: 'NO_CARD',
} as const;
export type IdentityEvidence = keyof typeof IdentityEvidence;
export const FlagKind = {
  WATCH_LIST: 'WATCH_LIST',
  NUMBER_CONTRADICTS: 'NUMBER_CONTRADICTS',
  PASS_REUSED: 'PASS_REUSED',
  PASS_INVALID: 'PASS_INVALID',
  ADVICE_OVERRIDDEN: 'ADVICE_OVERRIDDEN',
  CLOCK_SKEW: 'CLOCK_SKEW',
  DUPLICATE_PERSON: 'DUPLICATE_PERSON',
  REGISTRY_MISMATCH: 'REGISTRY_MISMATCH',
} as const;
export type FlagKind = keyof typeof FlagKind;

/** A row of the table `passage`, whole. */
export interface PassageRow {
  province_code: string;
  id: string;
  occurred_at: Date;
  recorded_at: Date;
  checkpoint_id: string;
  unit_id: string;
  citizen_id: string | null;
  declaration_province: string | null;
  declaration_id: string | null;
  declaration_occurred_at: Date | null;
  direction: Direction;
  decision: Decision;
  reason: string | null;
  evidence: IdentityEvidence;
  channel: Channel;
  advice: Advice | null;
  purpose: TravelPurpose | null;
  origin_unit_id: string | null;
  destination_unit_id: string | null;
  vehicle: VehicleKind | null;
  plate: string | null;
  paper_form_number: string | null;
  recorded_by: string;
  recorded_offline: boolean;
  flags: FlagKind[];
  flagged: boolean;
  corrects: string | null;
  content_hash: Buffer;
}

/** The columns in the order in which a row is written. */
export const passageColumns = [
  'province_code',
  'id',
  'occurred_at',
  'recorded_at',
  'checkpoint_id',
  'unit_id',
  'citizen_id',
  'declaration_province',
  'declaration_id',
  'declaration_occurred_at',
  'direction',
  'decision',
  'reason',
  'evidence',
  'channel',
  'advice',
  'purpose',
  'origin_unit_id',
  'destination_unit_id',
  'vehicle',
  'plate',
  'paper_form_number',
  'recorded_by',
  'recorded_offline',
  'flags',
  'flagged',
  'corrects',
  'content_hash',
] as const satisfies ReadonlyArray<keyof PassageRow>;
