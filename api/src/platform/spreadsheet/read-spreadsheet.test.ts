import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { craftedXlsx, textRow, zipOf } from '#test/crafted-xlsx.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';

const limits = { rows: 5_001, columns: 12, characters: 200 };
const read = (file: Uint8Array | string) => readSpreadsheet(Buffer.from(file as never), limits);
const cellsOf = async (file: Uint8Array | string) => {
  const answer = await read(file);
  return 'rows' in answer ? answer.rows.map(({ cells }) => cells) : answer.problem;
};

describe('a spreadsheet', () => {
  it('of Excel is read with its diacritics, numbers and empty rows', async () => {
    const rows = [['Họ và tên', 'Đơn vị'], [], ['Nguyễn Thị Hoà', 14758], ['Lê Văn Tám', true]];
    const answer = await read(await writeXlsx({ sheets: [{ name: 'Cán bộ', rows }] }));
    expect(answer).toEqual({
      rows: [
        { number: 1, cells: ['Họ và tên', 'Đơn vị'] },
        { number: 3, cells: ['Nguyễn Thị Hoà', '14758'] },
        { number: 4, cells: ['Lê Văn Tám', 'true'] },
      ],
    });
  });

  it.each([
    ['commas', 'Họ tên,Mã\n"Lê, Tám",01\n'],
    ['semicolons and a byte order mark', '\ufeffHọ tên;Mã\r\nLê, Tám;01\r\n'],
    ['tabs in UTF-16, as Excel has it', Buffer.from('\ufeffHọ tên\tMã\n"Lê, Tám"\t01\n', 'utf16le')],
  ])('of text with %s is read', async (_, file) => {
    expect(await cellsOf(file)).toEqual([
      ['Họ tên', 'Mã'],
      ['Lê, Tám', '01'],
    ]);
  });

  it('of 5,000 rows is read; of more it is not', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, at) => [`Người ${at}`, `nguoi.${at}`]);
    expect(await cellsOf(await writeXlsx({ sheets: [{ name: 'A', rows: rows(5_001) }] }))).toHaveLength(5_001);
    expect(await cellsOf(await writeXlsx({ sheets: [{ name: 'A', rows: rows(5_002) }] }))).toBe('TOO_MANY_ROWS');
    expect(await cellsOf(rows(6_000).join('\n'))).toBe('TOO_MANY_ROWS');
  });

  it('gives what a formula came to, never the formula', async () => {
    const row = '<row><c t="str"><f>WEBSERVICE("http://x")</f><v>hoa.nt</v></c><c><f>1+1</f><v>2</v></c></row>';
    expect(await cellsOf(craftedXlsx(row))).toEqual([['hoa.nt', '2']]);
  });

  it('has as many columns and characters as it may', async () => {
    const wide = craftedXlsx(textRow(...Array<string>(500).fill('x'.repeat(10_000))));
    expect(await cellsOf(wide)).toEqual([Array(12).fill('x'.repeat(200))]);
  });
});

describe('a crafted file is told apart and harms nobody', () => {
  const bomb = (megabytes: number) => Buffer.alloc(megabytes * 1_000_000, '<si><t>x</t></si>');

  it.each([
    ['nothing', '', []],
    ['a ZIP cut off', craftedXlsx(textRow('a')).subarray(0, 300), 'UNREADABLE'],
    ['a ZIP of something else', zipOf({ 'a.txt': 'a' }), 'UNREADABLE'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'ENCODING'],
    ['binary in UTF-8', 'a\0b', 'UNREADABLE'],
    ['text in an old Vietnamese encoding', Buffer.from('Nguy\xeen Th\xfa', 'latin1'), 'ENCODING'],
    ['old Excel or a password', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'LOCKED'],
    ['macros', craftedXlsx(textRow('a'), { 'xl/vbaProject.bin': 'x' }), 'MACROS'],
  ])('%s', async (_, file, expected) => {
    expect(await cellsOf(file)).toEqual(expected);
  });

  it('an external entity names no file, and nested ones do not grow', async () => {
    const dtd =
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    const sheet = `<?xml version="1.0"?>${dtd}<worksheet><sheetData>${textRow('&f;', '&b;', 'x')}</sheetData></worksheet>`;
    const cells = await cellsOf(craftedXlsx('', { 'xl/worksheets/sheet1.xml': sheet }));
    expect(cells === 'UNREADABLE' || JSON.stringify(cells) === JSON.stringify([['&f;', '&b;', 'x']])).toBe(true);
  });

  it('a bomb of 500 MB of shared texts, packed in half a MB, costs a process of its own and a few seconds', async () => {
    const file = craftedXlsx(textRow('a'), { 'xl/sharedStrings.xml': Buffer.alloc(500_000_000, 'x') });
    expect(file.length).toBeLessThan(700_000);
    const started = performance.now();
    expect(await cellsOf(file)).toBe('TOO_LARGE');
    expect(performance.now() - started).toBeLessThan(12_000);
  });

  it('texts that are many objects, or a million rows, end in their bounds', async () => {
    expect(await cellsOf(craftedXlsx(textRow('a'), { 'xl/sharedStrings.xml': bomb(170) }))).toBe('TOO_LARGE');
    expect(await cellsOf(craftedXlsx(textRow('a').repeat(1_000_000)))).toBe('TOO_MANY_ROWS');
    expect(await cellsOf(craftedXlsx(`<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>`))).toEqual([]);
  });

  it('a third at a time is asked to come again', async () => {
    const file = craftedXlsx(textRow('a'));
    const answers = await Promise.allSettled([read(file), read(file), read(file)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await cellsOf(file)).toEqual([['a']]);
  });
});
