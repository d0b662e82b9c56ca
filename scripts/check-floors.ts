// Floors and doors: the code must keep them, and a fixture that breaks each rule must be caught, so that a check which
// has gone blind fails. Each file of the fixture names on its first line the rules it breaks: `// breaks: door floor`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { floors, forbidden } from '../.dependency-cruiser/rules.ts';

const root = join(import.meta.dirname, '..');
const fixture = join(root, '.dependency-cruiser/fixture');

interface Violation {
  rule: string;
  from: string;
  to: string;
}

async function violations(baseDir: string): Promise<{ found: Violation[]; files: string[]; imports: number }> {
  const { output } = await cruise(['api/src', 'admin-ui/src'], {
    baseDir,
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'typings'],
    },
  });
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter(({ source }) => /^(api|admin-ui)\/src\//.test(source));
  return {
    found: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    files: own.map(({ source }) => source),
    imports: own.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
  };
}

function expectedOf(file: string): string[] {
  const rules = /^(?:<!--|\/\/) breaks: ([\w -]+?)(?: -->)?\n/.exec(readFileSync(join(fixture, file), 'utf8'))?.[1];
  return (rules?.split(' ') ?? []).map((rule) => `${file} breaks ${rule}`);
}

const problems: string[] = [];

const rooms = readdirSync(join(root, 'api/src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of rooms) if (!(name in floors)) problems.push(`api/src/${name}/ has no floor`);

const code = await violations(root);
for (const { rule, from, to } of code.found) {
  const why = forbidden.find(({ name, from: { path } }) => name === rule && matches(path, from))?.comment;
  problems.push(`${rule}: ${from} imports ${to}. ${why ?? ''}`);
}
const typescript = code.files.filter((file) => /\.(ts|vue)$/.test(file));
if (typescript.length < 50 || code.imports < typescript.length) {
  problems.push(`Only ${typescript.length} files with ${code.imports} imports were seen: the check is blind.`);
}

const broken = await violations(fixture);
const caught = new Set(broken.found.map(({ rule, from }) => `${from} breaks ${rule}`));
const expected = new Set(broken.files.flatMap(expectedOf));
for (const one of expected) if (!caught.has(one)) problems.push(`Not caught in the fixture: ${one}`);
for (const one of caught) if (!expected.has(one)) problems.push(`Caught in the fixture without being named: ${one}`);
const ruleNames = new Set(forbidden.map(({ name }) => name));
for (const name of ruleNames) {
  if (![...expected].some((one) => one.endsWith(` breaks ${name}`)))
    problems.push(`No file of the fixture breaks ${name}`);
}

function matches(path: string | string[] | undefined, file: string): boolean {
  return path === undefined || [path].flat().some((one) => new RegExp(one).test(file));
}

for (const problem of problems) console.error(problem);
console.log(
  `${typescript.length} files, ${code.imports} imports, ${expected.size} breaches of ${ruleNames.size} rules caught in the fixture`,
);
process.exit(problems.length > 0 ? 1 : 0);
