import type { Locale } from '../../platform/graphql/locale.ts';

export const ExportKind = { PASSAGES: 'PASSAGES', DECLARATIONS: 'DECLARATIONS' } as const;
export type ExportKind = keyof typeof ExportKind;
export const ExportFormat = { CSV: 'CSV', XLSX: 'XLSX' } as const;
export type ExportFormat = keyof typeof ExportFormat;
export const ExportStatus = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  READY: 'READY',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
} as const;
export type ExportStatus = keyof typeof ExportStatus;
export const ExportFailure = {
  NO_RIGHT: 'NO_RIGHT',
  TOO_MANY_ROWS: 'TOO_MANY_ROWS',
  INTERRUPTED: 'INTERRUPTED',
} as const;
export type ExportFailure = keyof typeof ExportFailure;

/** Conditions as JSON keeps them: moments are texts. */
export type StoredFilter = Record<string, unknown>;

/** A row of the table `export`, whole. */
export interface ExportRow {
  province_code: string;
  id: string;
  account_id: string;
  unit_id: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: StoredFilter;
  reason: string;
  locale: Locale;
  status: ExportStatus;
  failure: ExportFailure | null;
  asked_at: Date;
  due_at: Date | null;
  claim: string | null;
  attempts: number;
  total: number;
  rows_written: number;
  bytes: number;
  sha256: Buffer | null;
  finished_at: Date | null;
  expires_at: Date | null;
}
