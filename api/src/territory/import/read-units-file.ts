import { z } from 'zod';
import { readLine } from '../../platform/shared/text.ts';
import { ReformRefused, type FileProblem, type FileUnit } from './reform.ts';

const text = z.string().transform((value, context) => {
  const line = readLine(value, 120);
  if (line === null) context.addIssue('a text of 1 to 120 letters is needed');
  return line ?? '';
});
const codes = { PROVINCE: /^\d{2}$/, DISTRICT: /^\d{3}$/, COMMUNE: /^\d{5}$/ } as const;
const entry = z
  .object({
    code: z.string(),
    name: text,
    fullName: text,
    level: z.enum(['PROVINCE', 'DISTRICT', 'COMMUNE']),
    parent: z.string().nullable(),
  })
  .refine(({ code, level }) => codes[level].test(code), { path: ['code'], message: 'not a code of its level' })
  .refine(({ level, parent }) => (level === 'PROVINCE') === (parent === null), {
    path: ['parent'],
    message: 'a province has none, every other unit has one',
  });

/** Reads a JSON list of units; throws with every problem, by line and field. */
export function readUnitsFile(file: string, content: string): FileUnit[] {
  const list = parse(file, content);
  const lines = linesOf(content, list.length);
  const problems: FileProblem[] = [];
  const units = list.flatMap((value, index): FileUnit[] => {
    const line = lines[index] ?? null;
    const read = entry.safeParse(value);
    if (read.success) return [{ ...read.data, line: line ?? 0 }];
    for (const { path, message } of read.error.issues)
      problems.push({ file, line, field: path.join('.') || `entry ${index + 1}`, problem: message });
    return [];
  });
  problems.push(...problemsBetween(file, units));
  if (problems.length > 0) throw new ReformRefused(problems);
  return units;
}

function parse(file: string, content: string): unknown[] {
  try {
    const list: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
    if (Array.isArray(list) && list.length > 0) return list;
  } catch (error) {
    const { message } = error as Error;
    const at = /position (\d+)/.exec(message)?.[1];
    throw new ReformRefused([{ file, line: at ? lineAt(content, Number(at)) : null, field: null, problem: message }]);
  }
  throw new ReformRefused([{ file, line: 1, field: null, problem: 'a JSON list of units is needed' }]);
}

const lineAt = (content: string, offset: number) => content.slice(0, offset).split('\n').length;

/** Units are flat, so each begins at a brace of its own; where they are not, their lines are not known. */
function linesOf(content: string, count: number): number[] {
  const lines: number[] = [];
  let [line, from] = [1, 0];
  for (const { index } of content.matchAll(/\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/gu)) {
    line += content.slice(from, index).split('\n').length - 1;
    from = index;
    lines.push(line);
  }
  return lines.length === count ? lines : [];
}

const above = { PROVINCE: [], DISTRICT: ['PROVINCE'], COMMUNE: ['PROVINCE', 'DISTRICT'] };

function problemsBetween(file: string, units: FileUnit[]): FileProblem[] {
  const byCode = new Map<string, FileUnit>();
  const problems: FileProblem[] = [];
  for (const unit of units) {
    const known = byCode.get(unit.code);
    if (known)
      problems.push({ file, line: unit.line, field: 'code', problem: `${unit.code} stands in line ${known.line} too` });
    byCode.set(unit.code, unit);
  }
  for (const { line, level, parent } of units) {
    const found = parent === null ? null : byCode.get(parent);
    if (found === undefined) problems.push({ file, line, field: 'parent', problem: `there is no unit ${parent}` });
    else if (found && !(above[level] as string[]).includes(found.level))
      problems.push({ file, line, field: 'parent', problem: `${found.code} is no unit above a ${level}` });
  }
  return problems;
}
