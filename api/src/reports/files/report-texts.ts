import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { vietnamDay } from '../../platform/shared/vietnam-date.ts';
import type { DailyCounts, DailyReport } from '../daily-report.entity.ts';
import type { MovementRow } from '../movement-report.entity.ts';

/** A figure of the day beside that of the day before; null: not known. */
export interface Compared {
  what: string;
  value: number | null;
  before: number | null;
}

const number = new Intl.NumberFormat('vi');
export const shown = (value: number | null): string => (value === null ? '–' : number.format(value));

/** +12, −3, 0: how a figure differs from that of the day before. */
export function difference({ value, before }: Compared): string {
  if (value === null || before === null) return '–';
  const by = value - before;
  return by === 0 ? '0' : `${by > 0 ? '+' : '−'}${number.format(Math.abs(by))}`;
}

type MovementFigure = Exclude<keyof MovementRow, 'group' | 'names' | 'list'>;
const movementWords: Array<[string, MovementFigure]> = [
  ['Lượt vào', 'in'],
  ['Lượt ra', 'out'],
  ['Cho qua', 'admitted'],
  ['Từ chối', 'refused'],
  ['Cách ly', 'isolated'],
  ['Số người khác nhau', 'people'],
  ['Khai bằng giấy', 'paper'],
  ['Ghi khi mất mạng', 'offline'],
  ['Có điều cần xem lại', 'flagged'],
];
export const movementFigures = ({ movement, previousDay }: DailyReport): Compared[] =>
  movementWords.map(([what, key]) => ({ what, value: movement[key], before: previousDay[key] }));

const workWords: Array<[string, Exclude<keyof DailyCounts, 'cases'>]> = [
  ['Tờ khai giấy đã nhập', 'paperEntered'],
  ['Tờ khai giấy chưa nhập', 'paperOutstanding'],
  ['Người chưa đối chiếu được với CSDL dân cư', 'verificationsPending'],
  ['Người có thông tin khác CSDL dân cư', 'mismatches'],
  ['Trong đó chưa xử lý', 'mismatchesWaiting'],
];
export const workFigures = (report: DailyReport): Compared[] =>
  workWords.map(([what, key]) => ({ what, value: report[key], before: report.previousCounts[key] }));

const caseWords: Array<[string, keyof DailyCounts['cases']]> = [
  ['Ca bệnh mới', 'newCases'],
  ['Người tiếp xúc tìm được', 'contactsTraced'],
  ['Trong đó liên hệ được trong 24 giờ', 'reachedWithin24h'],
  ['Người tiếp xúc đang cách ly', 'isolating'],
  ['Người tiếp xúc mất dấu', 'lost'],
];
export const caseFigures = (report: DailyReport): Compared[] =>
  caseWords.map(([what, key]) => ({ what, value: report.cases[key], before: report.previousCounts.cases[key] }));

/** The columns of a table by checkpoint or by province. */
export const rowWords: Array<[string, MovementFigure]> = [
  ['Vào', 'in'],
  ['Ra', 'out'],
  ['Cho qua', 'admitted'],
  ['Từ chối', 'refused'],
  ['Cách ly', 'isolated'],
  ['Giấy', 'paper'],
  ['Mất mạng', 'offline'],
];

export const nameOf = ({ names: [name] }: MovementRow): string => name || 'Không khai';

/** The police of a unit and those above: Công an tỉnh Thanh Hóa above Công an huyện Quảng Xương. */
export function policeOf(unit: AdministrativeUnit): { above: string; own: string } {
  const police = ({ level, fullName }: AdministrativeUnit) =>
    level === 'NATION' ? 'Bộ Công an' : `Công an ${fullName.charAt(0).toLocaleLowerCase('vi')}${fullName.slice(1)}`;
  const own = police(unit).toLocaleUpperCase('vi');
  return { above: unit.parent ? police(unit.parent).toLocaleUpperCase('vi') : '', own };
}

/** Where a paper of a unit is signed: Thanh Hóa. */
export const placeOf = ({ level, name }: AdministrativeUnit): string => (level === 'NATION' ? 'Hà Nội' : name);

/** ngày 24 tháng 8 năm 2021; the first two months and days have a nought before them, as on official papers. */
export function longDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`;
}

export const subjectOf = ({ date }: DailyReport): string =>
  `Kết quả kiểm soát người ra, vào địa bàn ngày ${vietnamDay(date)}`;
