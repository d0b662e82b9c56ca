import { inflateSync } from 'node:zlib';

/** The words of a PDF that pdfmake wrote, as whoever copies or searches them gets them: glyphs by their ToUnicode table. */
export function pdfText(bytes: Buffer): string {
  const objects = readObjects(bytes);
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1];
      if (table) fonts.set(name, readTable(objects.get(table)?.content ?? ''));
    }
  return pagesOf(objects)
    .map((content) => readPage(content, fonts))
    .join('\n');
}

/** What each page says and draws, in the PDF's own operators. */
export const pdfPages = (bytes: Buffer): string[] => pagesOf(readObjects(bytes));

const pagesOf = (objects: Map<string, PdfObject>): string[] =>
  [...objects.values()].map(({ content }) => content).filter((content) => content.includes(' Tf'));

interface PdfObject {
  head: string;
  content: string;
}

function readObjects(bytes: Buffer): Map<string, PdfObject> {
  const text = bytes.toString('latin1');
  const found = new Map<string, PdfObject>();
  for (const [, id = '', body = ''] of text.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [head = '', stream] = body.split(/stream\r?\n/, 2);
    const packed =
      stream === undefined
        ? ''
        : body
            .slice(head.length)
            .replace(/^stream\r?\n/, '')
            // By its length: what is packed may end in a byte that looks like the end of a line.
            .slice(0, Number(/\/Length (\d+)/.exec(head)?.[1]));
    const deflated = head.includes('/FlateDecode') && !head.includes('/Length1');
    found.set(id, { head, content: deflated ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1') : packed });
  }
  return found;
}

const fromHex = (hex: string) =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** Glyph numbers in hexadecimal, as the page has them, to letters. */
function readTable(cmap: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const [, first = '', list = ''] of cmap.matchAll(/<(\w{4})> <\w{4}> \[(.*?)\]/gs)) {
    const start = Number.parseInt(first, 16);
    for (const [at, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries())
      table.set((start + at).toString(16).padStart(4, '0'), fromHex(hex.replaceAll(' ', '')));
  }
  return table;
}

function readPage(content: string, fonts: Map<string, Map<string, string>>): string {
  let table = new Map<string, string>();
  const lines: string[] = [];
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) table = fonts.get(font) ?? table;
    else {
      const glyphs = [...(shown ?? '').matchAll(/<(\w+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      lines.push(glyphs.map((glyph) => table.get(glyph) ?? '�').join(''));
    }
  }
  return lines.join(' ').replace(/ +/g, ' ');
}
