import type { PersonRow } from '../people/person-view.service.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import type { Channel, HealthAnswers, TravelPurpose, VehicleKind } from './shared/declaration-draft.ts';

/** Health answers as stored: units by their ids of the day, times as ISO text. */
export interface StoredHealth extends Omit<HealthAnswers, 'visitedUnitCodes' | 'testedAt' | 'testNegative'> {
  visitedUnitIds: string[];
  testedAt: string | null;
  testNegative: boolean | null;
}

export interface StoredWarning {
  path: string;
  code: string;
}

/** A row of the table `declaration`, whole. */
export interface DeclarationRow extends PersonRow {
  province_code: string;
  id: string;
  occurred_at: Date;
  code: string;
  submission_id: string;
  citizen_id: string;
  content_hash: Buffer;
  channel: Channel;
  submitted_at: Date;
  valid_until: Date;
  withdrawn_at: Date | null;
  on_behalf: boolean;
  paper_form_number: string | null;
  /** The officer's account, where one keyed it in. */
  recorded_by: string | null;
  id_number_hmac: Buffer | null;
  passport_hmac: Buffer | null;
  phone_hmac: Buffer | null;
  no_document_reason: string | null;
  stay_line: string;
  stay_unit_id: string;
  purpose: TravelPurpose;
  origin_unit_id: string;
  destination_unit_id: string;
  destination_line: string;
  destination_address_unit_id: string;
  departs_at: Date;
  /** A day in Viet Nam; null where it was not said. */
  stays_until: string | null;
  vehicle: VehicleKind;
  plate: string | null;
  health: StoredHealth;
  advice: Advice;
  reasons: string[];
  rules_version: number;
  warnings: StoredWarning[];
}

/** The columns in the order in which a row is written. */
export const declarationColumns = [
  'province_code',
  'id',
  'occurred_at',
  'code',
  'submission_id',
  'citizen_id',
  'content_hash',
  'channel',
  'submitted_at',
  'valid_until',
  'on_behalf',
  'paper_form_number',
  'recorded_by',
  'full_name',
  'date_of_birth',
  'sex',
  'nationality',
  'identifiers_sealed',
  'id_number_hmac',
  'passport_hmac',
  'phone_hmac',
  'no_document_reason',
  'permanent_line',
  'permanent_unit_id',
  'temporary_line',
  'temporary_unit_id',
  'stay_line',
  'stay_unit_id',
  'purpose',
  'origin_unit_id',
  'destination_unit_id',
  'destination_line',
  'destination_address_unit_id',
  'departs_at',
  'stays_until',
  'vehicle',
  'plate',
  'health',
  'advice',
  'reasons',
  'rules_version',
  'warnings',
] as const satisfies ReadonlyArray<keyof DeclarationRow>;
