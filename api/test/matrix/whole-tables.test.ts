import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { aDeclaration, aPassage, recordDocument, submitDocument, type Submitted } from '../builders.ts';
import { startServer, type TestServer } from '../server.ts';
import { countStatements } from '../statements.ts';
import { plantMarks, type Marks } from './marks.ts';
import { viewers } from './places.ts';
import { Matrix } from './run-matrix.ts';

// Under row-level security an operator, function or COALESCE that could leak keeps PostgreSQL from the index (decision 010), and a
// table of a few rows tells nobody. So every statement that the API sends is planned as if reading a whole table cost the world:
// where one is read whole all the same, no index can serve.
let server: TestServer;
let marks: Marks;
beforeAll(async () => {
  server = await startServer();
  marks = await plantMarks(server);
  await grow();
});
afterAll(() => server.stop());

/** Enough rows that a way through an index is worth taking. */
async function grow(): Promise<void> {
  const timed = `jsonb_build_object('id', v.id, 'occurred_at', uuid_time(v.id), 'corrects', null)`;
  await copy('citizen', `jsonb_build_object('id', v.id)`);
  await copy('declaration', timed);
  await copy('passage', timed);
  await copy('citizen_document', `jsonb_build_object('hmac', sha256(v.id::text::bytea), 'citizen_id', v.id)`);
  await copy('registry_verification', `jsonb_build_object('citizen_id', v.id)`);
  await server.sql('analyze');
}

/** A row of the table some thousand times, but for what is its own. */
async function copy(table: string, own: string): Promise<void> {
  const [row] = await server.sql<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  await server.sql(
    `insert into ${table} (${row?.columns}) select ${row?.columns.replace(/\w+/g, 'r.$&')}
     from (select t from ${table} t limit 1) one,
       (select uuidv7(random() * interval '-1 day') as id from generate_series(1, 4000)) v,
       lateral jsonb_populate_record(one.t, ${own}) r`,
  );
}

const asked = ['viewer.admin.province', 'viewer.tracer.province', 'viewer.officer.province'];

it('no statement of any operation reads a table whole that grows', async () => {
  const { all } = await countStatements(async () => {
    await recordAndSubmit();
    await uploadList();
    for (const viewer of viewers.filter(({ username }) => asked.includes(username))) {
      const matrix = new Matrix(server, marks, 'BOTH');
      await matrix.ask(viewer);
      await matrix.change(viewer);
    }
  });
  const statements = [...new Set(all)].filter((text) => /^\s*(select|with|insert|update|delete)\b/i.test(text));
  expect(statements.length).toBeGreaterThan(150);
  expect(await readWhole(statements)).toEqual([]);
}, 240_000);

async function recordAndSubmit(): Promise<void> {
  const { data } = await server.graphql<{ submitDeclarations: Submitted[] }>(submitDocument, {
    input: [aDeclaration()],
  });
  const [one] = data.submitDeclarations;
  const here = server.checkpoints.docXay;
  const input = [
    aPassage(here, { qrPayload: one?.receipt.qrPayload ?? '' }),
    aPassage(here, { paperFormNumber: 'A-1' }),
  ];
  await server.graphql(recordDocument, { input }, { as: 'officer.38' });
}

async function uploadList(): Promise<void> {
  const document = `mutation ($id: ID!, $file: FileContent!, $justification: String!) {
    uploadCases(id: $id, file: $file, justification: $justification) { ... on CaseUpload { opened } } }`;
  const file = Buffer.from(`Số giấy tờ\n${marks.known.own.idNumber}`).toString('base64');
  await server.graphql(document, { id: newUuid7(), file, justification: 'danh sách trong ngày' }, { as: 'tracer.38' });
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

/** Statements with the tables that they read whole, as the API's role plans them. */
async function readWhole(statements: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    await client.query('set role cordon_api');
    // Joins that read both sides to the end are a choice, which tables of this size suggest; one that must be read so is not.
    for (const way of ['seqscan', 'hashjoin', 'mergejoin', 'material', 'memoize'])
      await client.query(`set enable_${way} = off`);
    const large = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and reltuples > 1000 union all
       select indexrelid::regclass::text from pg_index join pg_class c on c.oid = indexrelid where reltuples > 1000 and indpred is null`,
    );
    const grown = new Set(large.rows.map(({ name }) => name));
    const found: string[] = [];
    for (const text of statements) {
      await client.query('begin');
      await client.query(`select set_scope('38', '*', '')`);
      const { rows } = await client.query<{ 'QUERY PLAN': Array<{ Plan: Plan }> }>(
        `explain (generic_plan, format json) ${text}`,
      );
      await client.query('rollback');
      const tables = wholeTables(rows[0]?.['QUERY PLAN'][0]?.Plan, grown);
      if (tables.length > 0) found.push(`${tables.join()}: ${text.replace(/\s+/g, ' ')}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Of a list the newest come first, and a limit ends the reading. */
function wholeTables(plan: Plan | undefined, grown: ReadonlySet<string>): string[] {
  if (!plan || plan['Node Type'] === 'Limit') return [];
  const below = (plan.Plans ?? []).flatMap((child) => wholeTables(child, grown));
  const read = plan['Index Name'] ?? plan['Relation Name'] ?? '';
  return grown.has(read) && leadsNowhere(plan) ? [...below, read] : below;
}

/** By no index, or by one that only the province leads into: the joined `id = …` is then a filter on every row. */
function leadsNowhere({ 'Node Type': type, 'Index Cond': condition = '' }: Plan): boolean {
  if (type === 'Seq Scan') return true;
  const columns = [...condition.matchAll(/\(+(\w+)\)?(?:::\w+)? /g)].map(([, column]) => column);
  return /Index/.test(type) && columns.every((column) => column === 'province_code');
}
