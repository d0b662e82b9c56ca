import { csvBegin, csvLine } from '#api/platform/shared/csv.ts';

/** A file by RFC 4180: lines of cells. */
export const toCsv = (lines: readonly (readonly string[])[]): string => csvBegin + lines.map(csvLine).join('');
