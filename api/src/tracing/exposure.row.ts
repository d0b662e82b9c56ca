export const ExposureKind = {
  SAME_VEHICLE: 'SAME_VEHICLE',
  SAME_CHECKPOINT: 'SAME_CHECKPOINT',
  SAME_HOUSEHOLD: 'SAME_HOUSEHOLD',
  DECLARED: 'DECLARED',
} as const;
export type ExposureKind = keyof typeof ExposureKind;

export const LinkReview = { NONE: 'NONE', CONFIRMED: 'CONFIRMED', DISMISSED: 'DISMISSED' } as const;
export type LinkReview = keyof typeof LinkReview;

/** A row of the table `exposure`, with what a tracer decided on it. */
export interface ExposureRow {
  province_code: string;
  /** Names it within its trace. */
  place: number;
  source_id: string;
  target_province: string;
  target_id: string;
  generation: number;
  kind: ExposureKind;
  at: Date;
  minutes_apart: number | null;
  checkpoint_id: string | null;
  plate: string | null;
  review: LinkReview;
}

/** A link as it is narrowed by, of any province: who stands beyond the reader's has a name of no meaning. */
export interface BareLink {
  place: number;
  source_province: string;
  source: string;
  target_province: string;
  target: string;
  kind: ExposureKind;
  at: Date;
  minutes_apart: number | null;
  /** By passages at a checkpoint. */
  passed: boolean;
  dismissed: boolean;
  source_isolated_at: Date | null;
}
