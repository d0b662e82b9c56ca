import { writeXlsx } from 'hucre/xlsx';
import { vietnamDate, vietnamMoment } from '../../platform/shared/vietnam-date.ts';
import type { DailyReport } from '../daily-report.entity.ts';
import type { MovementRow } from '../movement-report.entity.ts';
import {
  caseFigures,
  longDate,
  movementFigures,
  nameOf,
  placeOf,
  policeOf,
  rowWords,
  subjectOf,
  workFigures,
  type Compared,
} from './report-texts.ts';

type Cell = string | number | null;

/** The report as a workbook: its heading and figures on the first sheet, then a sheet for each table. Numbers stay numbers. */
export async function reportWorkbook(report: DailyReport): Promise<Buffer> {
  const rows = firstSheet(report);
  const bold = new Map(
    rows.flatMap(([first], at) =>
      typeof first === 'string' && first === first.toLocaleUpperCase('vi') && first !== ''
        ? [[`${at},0`, { style: { font: { bold: true } } }] as const]
        : [],
    ),
  );
  const file = await writeXlsx({
    sheets: [
      { name: 'Báo cáo', columns: [46, 14, 14, 14].map((width) => ({ width })), rows, cells: bold },
      tableSheet('Theo chốt', 'Chốt', report.byCheckpoint),
      tableSheet('Nơi đi', 'Tỉnh, thành phố', report.byOrigin),
      tableSheet('Nơi đến', 'Tỉnh, thành phố', report.byDestination),
    ],
  });
  return Buffer.from(file);
}

function firstSheet(report: DailyReport): Cell[][] {
  const { unit, generatedAt, final, changedAt } = report;
  const { above, own } = policeOf(unit);
  const made = `${final ? 'Số liệu lập lúc' : 'Số liệu tạm tính lúc'} ${vietnamMoment(generatedAt)}`;
  return [
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['Độc lập - Tự do - Hạnh phúc'],
    [above],
    [own],
    [`${placeOf(unit)}, ${longDate(vietnamDate(generatedAt))}`],
    [''],
    ['BÁO CÁO'],
    [subjectOf(report)],
    [changedAt ? `${made}; số liệu của ngày thay đổi lần cuối lúc ${vietnamMoment(changedAt)}` : made],
    [''],
    ...comparedRows('KẾT QUẢ CHUNG', movementFigures(report)),
    ...comparedRows('HỒ SƠ VÀ ĐỐI CHIẾU', workFigures(report)),
    ...comparedRows('CA BỆNH VÀ NGƯỜI TIẾP XÚC', caseFigures(report)),
    ['Nơi nhận:', null, 'THỦ TRƯỞNG ĐƠN VỊ'],
    ['- Ban Chỉ đạo phòng, chống dịch; - Lưu: VT.', null, '(Ký, ghi rõ họ tên, đóng dấu)'],
  ];
}

const comparedRows = (title: string, figures: readonly Compared[]): Cell[][] => [
  [title, 'Trong ngày', 'Hôm trước', 'So sánh'],
  ...figures.map(({ what, value, before }) => [
    what,
    value,
    before,
    value === null || before === null ? null : value - before,
  ]),
  [''],
];

const tableSheet = (name: string, what: string, rows: readonly MovementRow[]) => ({
  name,
  columns: [{ width: 40 }, ...rowWords.map(() => ({ width: 11 }))],
  rows: [
    [what, ...rowWords.map(([word]) => word)],
    ...rows.map((row): Cell[] => [nameOf(row), ...rowWords.map(([, key]) => row[key])]),
  ],
  freezePane: { rows: 1 },
});
