import { qrImage, type QrImage } from '../../../ui/qr-path.ts';

export type Paper = 'A4' | 'A3';

/** What a sign says of its checkpoint. */
export interface Sign {
  name: string;
  place: string;
  code: string;
  /** What the code leads to. */
  address: string;
}

// In points of an A4 page; an A3 page is the same, larger by the root of two.
const WIDTH = 595;
const MARGIN = 40;
const CODE = 372;
const scaleOf = { A4: 1, A3: Math.SQRT2 };
const MIDDLE = { alignment: 'center' };

/**
 * A sign in Vietnamese, with English below, of one page: a word to be read from a car, a code for any phone held at arm's length.
 * The code is drawn, of level Q as our passes: a sign hangs in rain and sun.
 */
export async function signPages(sign: Sign, paper: Paper): Promise<object> {
  const by = scaleOf[paper];
  const line = (text: string, fontSize: number, more: object = {}) => ({
    text: text.normalize('NFC'),
    fontSize: fontSize * by,
    ...MIDDLE,
    ...more,
  });
  const spaced = (above: number) => ({ margin: [0, above * by, 0, 0] });
  return {
    info: { title: `${sign.name} · ${sign.code}` },
    pageSize: paper,
    pageMargins: [MARGIN * by, 30 * by, MARGIN * by, 24 * by],
    defaultStyle: { font: 'BeVietnamPro', lineHeight: 1.1 },
    content: [
      line('KHAI BÁO Y TẾ', 62, { bold: true, lineHeight: 1 }),
      line('HEALTH DECLARATION', 25, { color: '#33414a' }),
      line(sign.name, nameSize(sign.name), { bold: true, ...spaced(8) }),
      line(sign.place, 14, { color: '#33414a' }),
      {
        canvas: codeOn(await qrImage(sign.address), CODE * by),
        ...spaced(12),
        ...indent((WIDTH - CODE) / 2 - MARGIN, 12, by),
      },
      line('Quét mã bằng máy ảnh điện thoại', 26, { bold: true, ...spaced(12) }),
      line('rồi đưa mã QR nhận được cho cán bộ ở chốt', 18),
      line('Scan with your phone camera, then show the officer the QR code that you get', 12, {
        color: '#33414a',
        ...spaced(4),
      }),
      line('Không có điện thoại: xin phiếu giấy tại chốt  ·  No phone: ask for a paper form', 12, spaced(8)),
      line(`${new URL(sign.address).host}  ·  ${sign.code}`, 12, { color: '#33414a', ...spaced(8) }),
    ],
  };
}

const indent = (left: number, above: number, by: number) => ({ margin: [left * by, above * by, 0, 0] });

/** A long name stays on two lines at most. */
const nameSize = (name: string) => (name.length > 44 ? 19 : name.length > 24 ? 24 : 30);

const codeOn = ({ size, runs }: QrImage, side: number): object[] =>
  runs.map(({ x, y, length }) => {
    const module = side / size;
    return { type: 'rect', x: x * module, y: y * module, w: length * module, h: module, color: '#000000' };
  });
