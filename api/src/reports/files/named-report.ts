export type ReportFormat = 'pdf' | 'xlsx';
export const reportPurpose = 'report-link';

/** Which file of which report: what a link is signed over. */
export interface NamedReport {
  unitId: string;
  day: string;
  /** The one that was made and kept, or counted now. */
  kept: boolean;
  format: ReportFormat;
}

/** 38@2021~2021-08-23~kept~pdf */
export const namedReport = ({ unitId, day, kept, format }: NamedReport): string =>
  [unitId, day, kept ? 'kept' : 'now', format].join('~');

/** Of a text that was signed: it is one of ours. */
export function readNamedReport(text: string): NamedReport {
  const [unitId = '', day = '', kept, format] = text.split('~');
  return { unitId, day, kept: kept === 'kept', format: format === 'pdf' ? 'pdf' : 'xlsx' };
}
