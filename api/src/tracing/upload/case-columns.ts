import { readColumns, type ColumnRow, type Heads } from '../../platform/spreadsheet/read-columns.ts';
import type { SheetRow } from '../../platform/spreadsheet/read-spreadsheet.ts';

export type CaseField = 'idNumber' | 'fullName' | 'status' | 'onsetOn' | 'sampledOn' | 'confirmedOn';
/** One case of the day's list, as its cells have it. */
export type CaseCells = ColumnRow<CaseField>;

const heads: Heads<CaseField> = {
  idNumber: [
    'so giay to',
    'so cccd',
    'so cmnd',
    'so cccd/cmnd',
    'so cmnd/cccd',
    'cccd',
    'cmnd',
    'so dinh danh',
    'id number',
    'id',
  ],
  fullName: ['ho va ten', 'ho ten', 'ten', 'full name', 'name'],
  status: ['ket luan', 'tinh trang', 'phan loai', 'loai ca', 'status'],
  onsetOn: ['ngay khoi phat', 'khoi phat', 'ngay co trieu chung', 'onset', 'onset on', 'date of onset'],
  sampledOn: ['ngay lay mau', 'lay mau', 'sampled', 'sampled on', 'sample date'],
  confirmedOn: [
    'ngay xac dinh',
    'ngay khang dinh',
    'ngay duong tinh',
    'confirmed',
    'confirmed on',
    'date of confirmation',
  ],
};

/** The rows below the head; null where no column holds ID numbers. */
export const readCaseColumns = (rows: readonly SheetRow[]): CaseCells[] | null => readColumns(rows, heads, 'idNumber');
