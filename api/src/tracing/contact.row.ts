export const FollowUpStatus = {
  NOT_CONTACTED: 'NOT_CONTACTED',
  CONTACTED: 'CONTACTED',
  ISOLATING: 'ISOLATING',
  TESTED_NEGATIVE: 'TESTED_NEGATIVE',
  TESTED_POSITIVE: 'TESTED_POSITIVE',
  COMPLETED: 'COMPLETED',
  LOST: 'LOST',
} as const;
export type FollowUpStatus = keyof typeof FollowUpStatus;

/** A day is a text, whatever the driver makes of dates. */
export const contactColumns = `province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
  exposures, linked, status, until::text, isolated_at, notes, found_at, contacted_at, updated_at`;

/** A row of the table `case_contact`; the day as a text. */
export interface ContactRow {
  province_code: string;
  case_id: string;
  citizen_id: string;
  case_province: string;
  unit_id: string;
  generation: number;
  first_exposed_at: Date;
  last_exposed_at: Date;
  exposures: number;
  linked: boolean;
  status: FollowUpStatus;
  until: string;
  isolated_at: Date | null;
  notes: string | null;
  found_at: Date;
  contacted_at: Date | null;
  updated_at: Date;
}
