import type { RegistryFailure } from './registry-port.ts';

export const RegistryStatus = {
  PENDING: 'PENDING',
  MATCHED: 'MATCHED',
  MISMATCHED: 'MISMATCHED',
  NOT_FOUND: 'NOT_FOUND',
  UNAVAILABLE: 'UNAVAILABLE',
} as const;
export type RegistryStatus = keyof typeof RegistryStatus;

export const MismatchResolutionKind = { CORRECTED: 'CORRECTED', ACCEPTED: 'ACCEPTED', REFERRED: 'REFERRED' } as const;
export type MismatchResolutionKind = keyof typeof MismatchResolutionKind;

/** A row of the table `registry_verification` as far as readers need it. */
export interface VerificationRow {
  province_code: string;
  citizen_id: string;
  status: RegistryStatus;
  failure: RegistryFailure | null;
  /** Names of the fields that differ, never their values. */
  mismatches: string[];
  attempts: number;
  enqueued_at: Date;
  /** Null: there is nothing to ask. */
  due_at: Date | null;
  checked_at: Date | null;
  dead_since: Date | null;
  checkpoint_id: string;
  unit_id: string;
  passed_at: Date;
  resolution_kind: MismatchResolutionKind | null;
  resolution_reason: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
}

export const verificationColumns = [
  'province_code',
  'citizen_id',
  'status',
  'failure',
  'mismatches',
  'attempts',
  'enqueued_at',
  'due_at',
  'checked_at',
  'dead_since',
  'checkpoint_id',
  'unit_id',
  'passed_at',
  'resolution_kind',
  'resolution_reason',
  'resolved_at',
  'resolved_by',
] as const satisfies ReadonlyArray<keyof VerificationRow>;
