/** Excel reads UTF-8 as such only after a byte order mark. */
export const csvBegin = '\uFEFF';
// A spreadsheet takes a cell that begins so for a formula, which could call out or run programs; their full-width kin too.
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/** What was typed by strangers stays text in a spreadsheet. */
const defuse = (text: string): string => (formula.test(text) ? `'${text}` : text);

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line by RFC 4180. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quote(defuse(cell))).join(',')}\r\n`;
