// npm run check:schema: schema.graphql is what the code says, describes itself whole, and breaks no client unmeant.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { unmeantBreaks } from './schema/history.ts';
import { undescribed } from './schema/rules.ts';

const root = join(import.meta.dirname, '..');
const written = readFileSync(join(root, 'schema.graphql'), 'utf8');
const standsSince = readFileSync(join(import.meta.dirname, 'schema/stands-since'), 'utf8').trim();

const problems = undescribed(buildSchema(written)).map((name) => `${name} has no description`);
try {
  const emitted = execFileSync('tsx', ['api/src/emit-schema.ts'], { cwd: root, encoding: 'utf8' });
  if (emitted !== written)
    problems.push('schema.graphql is not what the code says: run `npm run schema` and commit it');
} catch {
  problems.push('The code could not print its schema (api/src/emit-schema.ts)');
}
for (const one of await unmeantBreaks(root, standsSince, written)) {
  problems.push(`Breaking change, ${one}. If it is meant, say why in the commit: \`Breaking-Schema: <why>\``);
}

for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'The schema stands.' : `${problems.length} problems of the schema`);
process.exit(problems.length > 0 ? 1 : 0);
