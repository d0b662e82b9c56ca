// Excel reads UTF-8 as such only after a byte order mark.
const BOM = '\uFEFF';
// A spreadsheet takes a cell that begins so for a formula, which could call out or run programs; their full-width kin too.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** What was typed by strangers stays text in a spreadsheet. */
const defuse = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file by RFC 4180: lines of cells. */
export function toCsv(lines: readonly (readonly string[])[]): string {
  return BOM + lines.map((cells) => `${cells.map((cell) => quote(defuse(cell))).join(',')}\r\n`).join('');
}
