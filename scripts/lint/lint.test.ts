import { Linter, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { apiBans, testBans } from './bans.ts';
import { noBuiltSql } from './no-built-sql.ts';

const apiRules: Linter.Config = {
  plugins: { sql: { rules: { built: noBuiltSql as unknown as Rule.RuleModule } } },
  rules: { 'sql/built': 'error', 'no-restricted-syntax': ['error', ...apiBans] },
};

function complaints(code: string, config: Linter.Config = apiRules): number {
  const parser = tseslint.parser as Linter.Parser;
  const messages = new Linter().verify(code, [{ files: ['**/*.ts'], languageOptions: { parser }, ...config }], 'a.ts');
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.length;
}

test.each([
  'client.query(`select * from citizen where name = ${name}`);',
  "client.query('select 1 from ' + table);",
  'transaction.batch(`${head} values ${rows}`, []);',
  'const one = { name: "a", text: `select ${columns} from passage` };',
  'const text = `update passage set reason = ${reason}`;',
  'let text = "select 1"; text += `  with x as (${body})`;',
  "function a(order: string) { const by = 'asc' + order; return db.query(`select 1 order by ${by}`); }",
])('SQL built from strings is refused: %s', (code) => {
  expect(complaints(code)).toBeGreaterThan(0);
});

test.each([
  'client.query("select * from citizen where name = $1", [name]);',
  'const where = sql`p.unit_id = any(${[...units]}::text[])`;',
  "const columns = 'id, name'; const one = { name: 'a', text: `select ${columns} from passage where id = $1` };",
  'const greeting = `Selected ${count} passages`;',
])('SQL with parameters, the sql tag and fixed parts is allowed: %s', (code) => {
  expect(complaints(code)).toBe(0);
});

test.each([
  "const port = process.env['PORT'];",
  'start(process.env);',
  "import { env } from 'node:process';",
  "client.query('select set_config($1, $2, true)', []);",
  'sql`select set_config(${a}, ${b}, true)`;',
  'class Passage { id!: string }',
  'let port!: number;',
])('a setting read elsewhere, set_config and a bare ! are refused: %s', (code) => {
  expect(complaints(code)).toBeGreaterThan(0);
});

test.each(['start(readConfig(process.env));', 'class Passage { @Field() id!: string }'])(
  'the one reader of settings and described fields are allowed: %s',
  (code) => {
    expect(complaints(code)).toBe(0);
  },
);

test.each(["test.skip('a', () => {});", "describe.only('a', () => {});", "it.todo('a');", "test.skipIf(x)('a', y);"])(
  'a test that does not run, or runs alone, is refused: %s',
  (code) => {
    expect(complaints(code, { rules: { 'no-restricted-syntax': ['error', ...testBans] } })).toBe(1);
  },
);
