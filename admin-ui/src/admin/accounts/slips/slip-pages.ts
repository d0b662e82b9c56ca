import type { Slip, SlipTexts } from './slip.ts';

const across = 2;
const heightPt = 148;

/** A4 pages of ten slips each, to be cut along the lines. Composed letters: others come apart when a PDF's text is read. */
export function slipPages(slips: readonly Slip[], texts: SlipTexts): object {
  const rows = Array.from({ length: Math.ceil(slips.length / across) }, (_, row) =>
    Array.from({ length: across }, (_cell, column) => cellOf(slips[row * across + column], texts)),
  );
  return {
    info: { title: texts.title },
    pageSize: 'A4',
    pageMargins: [28, 24, 28, 24],
    defaultStyle: { font: 'BeVietnamPro', fontSize: 9, lineHeight: 1.15 },
    content: [
      {
        table: { widths: Array(across).fill('*'), heights: heightPt, dontBreakRows: true, body: rows },
        layout: 'toCut',
      },
    ],
  };
}

function cellOf(slip: Slip | undefined, texts: SlipTexts): object {
  if (!slip) return { text: '' };
  const composed = (text: string) => text.normalize('NFC');
  const line = (label: string, text: string) => ({ text: `${label}: ${composed(text)}` });
  return {
    stack: [
      { text: composed(slip.fullName), bold: true, fontSize: 13 },
      line(texts.unit, slip.unit),
      { ...line(texts.address, slip.address), noWrap: true },
      { text: texts.username, margin: [0, 6, 0, 0], color: '#46545e' },
      { text: slip.username, bold: true, fontSize: 12 },
      { text: texts.oneTimePassword, margin: [0, 3, 0, 0], color: '#46545e' },
      { text: slip.oneTimePassword, bold: true, fontSize: 14, characterSpacing: 1 },
      { text: texts.note, fontSize: 7.5, margin: [0, 3, 0, 0] },
    ],
  };
}
