import 'reflect-metadata';
import { hashSync } from '@node-rs/argon2';
import pg from 'pg';
import { createLogger } from '../src/platform/observability/logger.ts';
import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import type { Config } from '../src/config.ts';
import { startCordon } from '../src/main.ts';
import { cloneDatabase } from './postgres.ts';
import { testConfig } from './test-config.ts';

export const testPassword = 'dang nhap thu nghiem';
const passwordHash = hashSync(testPassword, { memoryCost: 1_024, timeCost: 1, parallelism: 1 });

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  status: number;
  headers: Headers;
  data: Data;
  errors?: Array<{ message: string; path?: Array<string | number>; extensions: Record<string, unknown> }>;
  text: string;
}

export interface AskOptions {
  /** Signs this account in first (once), and asks with its cookie. */
  as?: string;
  language?: 'vi' | 'en';
  headers?: Record<string, string>;
  cookie?: string;
}

export interface TestServer {
  url: string;
  ownerUrl: string;
  checkpoints: { docXay: string; cauGhep: string; hamRong: string; hanoi: string };
  graphql<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    options?: AskOptions,
  ): Promise<GraphQLAnswer<Data>>;
  signIn(username: string, password?: string): Promise<string>;
  /** As the owner of the database: for arranging and for looking behind the curtain. */
  sql<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** A real server on a cloned database with a few accounts and checkpoints; `demo: true` loads the demo province instead. */
export async function startServer(
  options: { demo?: boolean; config?: Partial<Config>; database?: { ownerUrl: string } } = {},
): Promise<TestServer> {
  const own = options.database ? null : await cloneDatabase();
  const ownerUrl = options.database?.ownerUrl ?? own?.ownerUrl ?? '';
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  // A test that fails may leave it behind; its database is dropped all the same.
  owner.on('error', () => undefined);
  const checkpoints = options.demo ? { docXay: '', cauGhep: '', hamRong: '', hanoi: '' } : await arrange(owner);
  const demo = options.demo ? { demoData: true, demoPassword: testPassword } : {};
  const running = await startCordon(
    testConfig(ownerUrl, { ...demo, ...options.config }),
    createLogger(options.config?.logLevel ?? 'silent'),
  );
  const cookies = new Map<string, Promise<string>>();
  const server: TestServer = {
    url: running.url,
    ownerUrl,
    checkpoints,
    async graphql(query, variables, { as, language = 'vi', headers = {}, cookie } = {}) {
      if (as && !cookies.has(as)) cookies.set(as, server.signIn(as));
      const session = cookie ?? (as ? await cookies.get(as) : undefined);
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-language': language,
          ...(session ? { cookie: session } : {}),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const body = JSON.parse(text) as { data: never; errors?: never };
      return { status: response.status, headers: response.headers, text, ...body };
    },
    async signIn(username, password = testPassword) {
      const answer = await server.graphql<{ signIn: { __typename: string } }>(
        'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }',
        { username, password },
      );
      if (answer.data?.signIn?.__typename !== 'SignedIn')
        throw new Error(`${username} could not sign in: ${answer.text}`);
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
    sql: async (text, values) => (await owner.query(text, values)).rows as never,
    async stop() {
      await running.stop();
      await owner.end();
      await own?.drop();
    },
  };
  return server;
}

/** Accounts at a nation, provinces, a district and a commune; three checkpoints in Thanh Hóa, one in Hà Nội. */
async function arrange(owner: pg.Pool): Promise<TestServer['checkpoints']> {
  const { rows } = await owner.query<{ count: string }>('select count(*) from account');
  if (Number(rows[0]?.count) > 0) return existingCheckpoints(owner);
  const checkpoints = { docXay: newUuid7(), cauGhep: newUuid7(), hamRong: newUuid7(), hanoi: newUuid7() };
  const places: Array<[string, string, string, string, string, number, number]> = [
    [checkpoints.docXay, 'DX', 'Chốt Dốc Xây', '14812@2021', '38', 20.13, 105.87],
    [checkpoints.cauGhep, 'CG', 'Chốt Cầu Ghép', '16438@2021', '38', 19.65, 105.75],
    [checkpoints.hamRong, 'HR', 'Chốt Hàm Rồng', '14758@2021', '38', 19.84, 105.79],
    [checkpoints.hanoi, 'PV', 'Chốt Pháp Vân', '00001@2021', '01', 20.96, 105.85],
  ];
  for (const [id, code, name, unit, province, latitude, longitude] of places) {
    await owner.query(
      `insert into checkpoint (id, code, name, unit_id, province_code, kind, latitude, longitude, active, created_at)
       values ($1, $2, $3, $4, $5, 'ROAD', $6, $7, true, now())`,
      [id, code, name, unit, province, latitude, longitude],
    );
  }
  await insertAccounts(owner, checkpoints);
  return checkpoints;
}

async function existingCheckpoints(owner: pg.Pool): Promise<TestServer['checkpoints']> {
  const { rows } = await owner.query<{ id: string; code: string }>('select id, code from checkpoint');
  const byCode = (code: string) => rows.find((row) => row.code === code)?.id ?? '';
  return { docXay: byCode('DX'), cauGhep: byCode('CG'), hamRong: byCode('HR'), hanoi: byCode('PV') };
}

async function insertAccounts(owner: pg.Pool, { docXay, cauGhep, hanoi }: TestServer['checkpoints']): Promise<void> {
  const accounts: Array<[string, string, string[], string, string, string[]]> = [
    ['admin.vn', 'Quản trị Quốc gia', ['ADMIN'], 'VN@2021', 'VN', []],
    ['admin.38', 'Quản trị Thanh Hóa', ['ADMIN'], '38@2021', '38', []],
    ['admin.01', 'Quản trị Hà Nội', ['ADMIN'], '01@2021', '01', []],
    ['admin.district', 'Quản trị Huyện', ['ADMIN'], '380@2021', '38', []],
    ['officer.38', 'Lê Văn Tám', ['OFFICER'], '38@2021', '38', [docXay, cauGhep]],
    ['officer.cg', 'Phạm Văn Chín', ['OFFICER'], '38@2021', '38', [cauGhep]],
    ['officer.01', 'Trần Thị Bảy', ['OFFICER'], '01@2021', '01', [hanoi]],
    ['tracer.38', 'Đỗ Thị Vết', ['TRACER'], '38@2021', '38', []],
    ['analyst.38', 'Vũ Thị Số', ['ANALYST'], '38@2021', '38', []],
    ['auditor.38', 'Bùi Văn Sổ', ['AUDITOR'], '38@2021', '38', []],
  ];
  for (const [username, name, roles, unit, province, assigned] of accounts) {
    const id = newUuid7();
    await owner.query(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       values ($1, $2, $3, $4, false, $5, $6, $7, true, false, now())`,
      [id, username, name, passwordHash, roles, unit, province],
    );
    for (const checkpoint of assigned)
      await owner.query('insert into account_checkpoint values ($1, $2)', [id, checkpoint]);
  }
}
