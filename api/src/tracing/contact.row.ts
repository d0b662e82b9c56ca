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
