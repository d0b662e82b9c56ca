// A process of its own, started by read-spreadsheet.ts: what a crafted file does to its reader ends here. Node runs it as it
// stands (types are stripped), and it may read nothing but itself and the library.
import { parseCsv } from 'hucre/csv';
import { streamXlsxRows } from 'hucre/xlsx';

type Cell = string | number | boolean | Date | null;
type Problem = 'UNREADABLE' | 'LOCKED' | 'MACROS' | 'ENCODING' | 'TOO_MANY_ROWS' | 'TOO_LARGE';

const [mostRows = 0, mostColumns = 0, longestCell = 0] = process.argv.slice(2).map(Number);
const zip = Buffer.from('PK\u0003\u0004');
// Old Excel, and new Excel with a password.
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const answer = await read(Buffer.concat(chunks));
  process.stdout.write(JSON.stringify(answer));
}

async function read(file: Buffer) {
  if (file.subarray(0, compound.length).equals(compound)) return problem('LOCKED');
  try {
    if (file.subarray(0, zip.length).equals(zip)) return await readWorkbook(file);
  } catch (error) {
    // What could not be allocated.
    return problem(error instanceof RangeError ? 'TOO_LARGE' : 'UNREADABLE');
  }
  return readText(file);
}

async function readWorkbook(file: Buffer) {
  // Names of a ZIP's parts stand in it as they are.
  if (file.includes('vbaProject.bin')) return problem('MACROS');
  const rows = new Rows();
  for await (const { index, values } of streamXlsxRows(file)) if (!rows.take(index, values)) break;
  return rows.answer();
}

function readText(file: Buffer) {
  const text = decode(file);
  if (text === null) return problem('ENCODING');
  if (text.includes('\0')) return problem('UNREADABLE');
  const rows = new Rows();
  for (const [index, values] of parseCsv(text).entries()) if (!rows.take(index, values)) break;
  return rows.answer();
}

/** UTF-8, or the UTF-16 that Excel calls Unicode text; null for what is neither. */
function decode(file: Buffer): string | null {
  const encoding = file[0] === 0xff && file[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

/** Rows that hold anything, with their numbers in the sheet. */
class Rows {
  readonly #rows: Array<{ number: number; cells: string[] }> = [];

  /** False once there are too many. */
  take(index: number, values: Cell[]): boolean {
    const cells = values.slice(0, mostColumns).map(toText);
    if (cells.some((cell) => cell !== '')) this.#rows.push({ number: index + 1, cells });
    return this.#rows.length <= mostRows;
  }

  answer() {
    return this.#rows.length > mostRows ? problem('TOO_MANY_ROWS') : { rows: this.#rows };
  }
}

function toText(value: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return text.trim().slice(0, longestCell);
}

const problem = (code: Problem) => ({ problem: code });

await main();
