export const CaseStatus = { SUSPECTED: 'SUSPECTED', CONFIRMED: 'CONFIRMED', RULED_OUT: 'RULED_OUT' } as const;
export type CaseStatus = keyof typeof CaseStatus;

/** A row of the table `epidemic_case`; days as texts. */
export interface CaseRow {
  province_code: string;
  id: string;
  unit_id: string;
  citizen_id: string;
  status: CaseStatus;
  onset_on: string | null;
  sampled_on: string | null;
  confirmed_on: string | null;
  isolated_at: Date | null;
  rule_set: string;
  infectious_from: Date;
  infectious_until: Date;
  override_reason: string | null;
  opened_at: Date;
  opened_by: string;
  justification: string;
  closed_at: Date | null;
  closed_by: string | null;
  close_reason: string | null;
}

/** When a case could pass it on, as far as is known at a moment: both ends included, in ms. */
export function infectiousWindow(
  row: Pick<CaseRow, 'infectious_from' | 'infectious_until' | 'isolated_at'>,
  at: Date,
): { since: number; until: number } {
  const ends = [row.infectious_until, at, ...(row.isolated_at ? [row.isolated_at] : [])];
  return { since: row.infectious_from.getTime(), until: Math.min(...ends.map((end) => end.getTime())) };
}
