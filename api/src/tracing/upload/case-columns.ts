import type { ColumnRow, Heads } from '../../platform/spreadsheet/read-columns.ts';
import type { ListShape } from '../../platform/spreadsheet/read-list.ts';

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

export const mostCases = 500;

export const caseList: ListShape<CaseField> = { heads, needed: 'idNumber', most: mostCases, characters: 200 };
