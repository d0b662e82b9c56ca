import type { DeclarationRow } from '../../declarations/declarations.service.ts';

/** What is known of an arrival beside its declaration; all null while nobody passed or reported in on it. */
export interface ArrivalColumns {
  came_at: Date | null;
  came_through: string | null;
  left_at: Date | null;
  reported_at: Date | null;
  reported_by: string | null;
}
export type ArrivalRow = DeclarationRow & ArrivalColumns;

export const ArrivalList = {
  COMING: 'COMING',
  INSIDE: 'INSIDE',
  NOT_REPORTED: 'NOT_REPORTED',
  OVERSTAYING: 'OVERSTAYING',
  LEFT: 'LEFT',
} as const;
export type ArrivalList = keyof typeof ArrivalList;
