import { vietnamDate, vietnamMoment } from '../../platform/shared/vietnam-date.ts';
import type { DailyReport } from '../daily-report.entity.ts';
import type { MovementRow } from '../movement-report.entity.ts';
import {
  caseFigures,
  difference,
  longDate,
  movementFigures,
  nameOf,
  placeOf,
  policeOf,
  rowWords,
  shown,
  subjectOf,
  workFigures,
  type Compared,
} from './report-texts.ts';

const right = (text: string, more: object = {}) => ({ text, alignment: 'right', ...more });
const centred = (text: string, more: object = {}) => ({ text, alignment: 'center', ...more });
const line = (length: number) => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7 }],
  alignment: 'center',
  margin: [0, 2, 0, 0],
});

/** The report as a unit of the police signs it: an official paper on A4 (Decree 30/2020, its form of heading, title and signature). */
export function reportPaper(report: DailyReport): object {
  return {
    info: { title: `${subjectOf(report)}, ${report.unit.fullName}` },
    pageSize: 'A4',
    pageMargins: [72, 54, 43, 54],
    defaultStyle: { font: 'BeVietnamPro', fontSize: 11, lineHeight: 1.2 },
    content: [
      headingOf(report),
      centred('BÁO CÁO', { bold: true, fontSize: 14, margin: [0, 18, 0, 2] }),
      centred(subjectOf(report), { bold: true, fontSize: 12 }),
      line(110),
      noteOf(report),
      ...section('I. KẾT QUẢ CHUNG', comparedTable(movementFigures(report))),
      ...section('II. THEO CHỐT KIỂM SOÁT', rowsTable('Chốt', report.byCheckpoint, report.movement)),
      ...section('III. HỒ SƠ VÀ ĐỐI CHIẾU', comparedTable(workFigures(report))),
      ...section('IV. CA BỆNH VÀ NGƯỜI TIẾP XÚC', comparedTable(caseFigures(report))),
      ...section('V. NƠI ĐI', rowsTable('Tỉnh, thành phố', report.byOrigin, null)),
      ...section('VI. NƠI ĐẾN', rowsTable('Tỉnh, thành phố', report.byDestination, null)),
      signature,
    ],
  };
}

function headingOf({ unit, generatedAt }: DailyReport): object {
  const { above, own } = policeOf(unit);
  return {
    columns: [
      {
        width: 200,
        stack: [
          centred(above),
          centred(own, { bold: true }),
          line(70),
          centred('Số:        /BC-…', { margin: [0, 8, 0, 0] }),
        ],
      },
      {
        width: '*',
        stack: [
          centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, fontSize: 10.5 }),
          centred('Độc lập - Tự do - Hạnh phúc', { bold: true }),
          line(150),
          centred(`${placeOf(unit)}, ${longDate(vietnamDate(generatedAt))}`, { italics: true, margin: [0, 8, 0, 0] }),
        ],
      },
    ],
  };
}

function noteOf({ final, generatedAt, changedAt }: DailyReport): object {
  const made = vietnamMoment(generatedAt);
  const changed = changedAt && ` Số liệu của ngày có thay đổi sau khi lập, lần cuối lúc ${vietnamMoment(changedAt)}.`;
  const text = final ? `Số liệu lập lúc ${made}.${changed ?? ''}` : `Số liệu tạm tính lúc ${made}.`;
  return { text, italics: true, margin: [0, 12, 0, 0] };
}

/** A heading never stands alone at the foot of a page. */
const section = (title: string, table: object): object[] => [
  { text: title, bold: true, margin: [0, 14, 0, 4], headlineLevel: 1 },
  table,
];

const table = (widths: Array<number | '*' | 'auto'>, body: object[][]) => ({
  table: { headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1, widths, body },
  layout: 'thin',
  fontSize: 9.5,
});
const heads = (...texts: string[]) => texts.map((text) => centred(text, { bold: true, fillColor: '#eef1f2' }));

const comparedTable = (figures: readonly Compared[]) =>
  table(
    ['*', 75, 75, 75],
    [
      heads('Nội dung', 'Trong ngày', 'Hôm trước', 'So sánh'),
      ...figures.map((figure) => [
        { text: figure.what },
        right(shown(figure.value), { bold: true }),
        right(shown(figure.before)),
        right(difference(figure)),
      ]),
    ],
  );

function rowsTable(what: string, rows: readonly MovementRow[], total: MovementRow | null): object {
  if (rows.length === 0) return { text: 'Không có lượt nào.' };
  const figures = (row: MovementRow, bold: boolean) => rowWords.map(([, key]) => right(shown(row[key]), { bold }));
  return table(
    [22, '*', ...rowWords.map(() => 37)],
    [
      heads('TT', what, ...rowWords.map(([word]) => word)),
      ...rows.map((row, at) => [centred(String(at + 1)), { text: nameOf(row) }, ...figures(row, false)]),
      ...(total ? [[{ text: '' }, { text: 'Cộng', bold: true }, ...figures(total, true)]] : []),
    ],
  );
}

/** Whom it goes to, and room to sign and seal: never torn apart. */
const signature = {
  unbreakable: true,
  margin: [0, 26, 0, 0],
  columns: [
    {
      width: 200,
      stack: [
        { text: 'Nơi nhận:', bold: true, italics: true, fontSize: 10 },
        { text: '- Ban Chỉ đạo phòng, chống dịch;\n- Lưu: VT.', fontSize: 10 },
      ],
    },
    {
      width: '*',
      stack: [
        centred('THỦ TRƯỞNG ĐƠN VỊ', { bold: true }),
        centred('(Ký, ghi rõ họ tên, đóng dấu)', { italics: true }),
        { text: ' ', fontSize: 60 },
      ],
    },
  ],
};
