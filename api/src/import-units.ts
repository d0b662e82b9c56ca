// npm run units:import -- --units FILE --mapping FILE [--mapping FILE …] --from 2025-07-01 [--dry-run] [--report FILE]:
// brings a reform of the administrative units. Ends with 1 where the files or the words are wrong: then nothing was changed.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { bringReform, type Brought } from './bring-reform.ts';
import { readConfig } from './config.ts';
import { explainFailure } from './start-failures.ts';
import { ReformRefused, readMappingFile, readUnitsFile } from './territory/import/import-units.service.ts';
import { withOwner } from './with-owner.ts';

const usage =
  'npm run units:import -- --units FILE --mapping FILE [--mapping FILE …] --from DAY [--dry-run] [--report FILE]   (DAY: the first day of the new units, 2025-07-01)';
const longestMs = 120_000;

const asked = z.object({
  units: z.string(),
  mapping: z.array(z.string()).min(1),
  from: z.iso.date(),
  'dry-run': z.boolean().default(false),
  report: z.string().optional(),
});
type Asked = z.infer<typeof asked>;

function readWords(): Asked | null {
  try {
    const options = {
      units: { type: 'string' },
      mapping: { type: 'string', multiple: true },
      from: { type: 'string' },
      'dry-run': { type: 'boolean' },
      report: { type: 'string' },
    } as const;
    return asked.safeParse(parseArgs({ options }).values).data ?? null;
  } catch {
    return null;
  }
}

async function bring(words: Asked): Promise<Brought> {
  const read = (path: string) => [basename(path), textOf(path)] as const;
  const unitsFile = basename(words.units);
  const units = readUnitsFile(...read(words.units));
  const mappings = words.mapping.flatMap((path) => readMappingFile(...read(path)));
  const reform = { unitsFile, units, mappings, day: words.from, at: new Date() };
  return withOwner(readConfig(process.env), { longestMs }, (database) =>
    bringReform(database, reform, { dryRun: words['dry-run'] }),
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ReformRefused([{ file: path, line: null, field: null, problem: (error as Error).message }]);
  }
}

const words = readWords();
if (!words) {
  console.error(usage);
  process.exitCode = 1;
} else {
  try {
    const { said, report } = await bring(words);
    console.log(said.join('\n'));
    if (words.report) writeFileSync(words.report, report);
  } catch (error) {
    console.error(error instanceof ReformRefused ? `Nothing was changed.\n${error.message}` : explainFailure(error));
    process.exitCode = 1;
  }
}
