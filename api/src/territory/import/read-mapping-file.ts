import { ReformRefused, type FileMapping, type FileProblem } from './reform.ts';

const columns = ['oldProvince', 'oldDistrict', 'oldCommune', 'newProvince', 'newCommune'] as const;
const patterns = {
  oldProvince: /^\d{2}$/,
  oldDistrict: /^(\d{3})?$/,
  oldCommune: /^(\d{5})?$/,
  newProvince: /^\d{2}$/,
  newCommune: /^\d{5}$/,
};

/** Reads a CSV file with a header line, separated by commas; throws with every problem, by line and field. */
export function readMappingFile(file: string, content: string): FileMapping[] {
  const [header = '', ...lines] = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cellsOf(header);
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new ReformRefused(missing.map((field) => ({ file, line: 1, field, problem: 'this column is missing' })));
  const problems: FileProblem[] = [];
  const rows = lines.flatMap((text, index): FileMapping[] => {
    if (text.trim() === '') return [];
    const line = index + 2;
    const row = rowOf(names, cellsOf(text));
    const wrong = problemsOf(row, { cells: cellsOf(text).length, columns: names.length });
    problems.push(...wrong.map((problem) => ({ file, line, ...problem })));
    return wrong.length > 0 ? [] : [{ file, line, ...row }];
  });
  if (problems.length > 0) throw new ReformRefused(problems);
  return rows;
}

const cellsOf = (line: string) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

type Row = Record<(typeof columns)[number], string>;

const rowOf = (names: string[], cells: string[]): Row =>
  Object.fromEntries(columns.map((column) => [column, cells[names.indexOf(column)] ?? ''])) as Row;

function problemsOf(
  row: Row,
  counts: { cells: number; columns: number },
): Array<{ field: string | null; problem: string }> {
  if (counts.cells !== counts.columns)
    return [{ field: null, problem: `${counts.columns} fields are needed, there are ${counts.cells}` }];
  const wrong = columns.filter((column) => !patterns[column].test(row[column]));
  if (wrong.length > 0)
    return wrong.map((field) => ({ field, problem: `"${row[field].slice(0, 20)}" is no code of its kind` }));
  if (row.oldCommune === '' && row.oldDistrict === '')
    return [{ field: 'oldCommune', problem: 'an old commune or an old district is needed' }];
  return [];
}
