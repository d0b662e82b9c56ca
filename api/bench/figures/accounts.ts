import { writeXlsx } from 'hucre/xlsx';
import type pg from 'pg';
import { newUuid7 } from '../../src/platform/shared/uuid7.ts';
import { ask } from '../ask.ts';
import type { Figure } from '../figure.ts';
import { provinceCode } from '../settings.ts';
import type { Stage } from '../stage.ts';

const people = 5_000;
const part = 250;
const goalSeconds = 60;

const checkDocument = `query ($file: FileContent!) { accountImport(file: $file) { ... on AccountImport { rows { account {
  username fullName roles unit { code } checkpointIds } } } } }`;
const createDocument = `mutation ($input: [CreateAccountInput!]!) { createAccounts(input: $input) {
  ... on IssuedCredentials { oneTimePassword account { id } } } }`;

interface Checked {
  accountImport: {
    rows: Array<{
      account: {
        username: string;
        fullName: string;
        roles: string[];
        unit: { code: string };
        checkpointIds: string[];
      } | null;
    }>;
  };
}

/** A spreadsheet of officers read, checked and created, against bare inserts of as many rows. */
export async function accountsFigure(stage: Stage): Promise<Figure> {
  const prefix = `bench.${newUuid7().slice(-6)}`;
  try {
    const value = await timed(() => createAll(stage, prefix));
    const reference = await timed(() => insertBare(stage.owner, `${prefix}.bare`));
    return {
      name: 'accounts-5000',
      what: `${people} officers from an XLSX file, each row checked, then created in parts of ${part}, against bare inserts of as many rows`,
      unit: 's',
      value,
      reference,
      ratio: reference / value,
      goal: goalSeconds,
      met: value <= goalSeconds,
      notes: [`the goal is ${goalSeconds} s`],
    };
  } finally {
    await stage.owner.query('delete from account where username ^@ $1', [prefix]);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function createAll(stage: Stage, prefix: string): Promise<void> {
  const rows = Array.from({ length: people }, (_, at) => [`Nguyễn Văn Số ${at}`, `${prefix}.${at}`]);
  const sheet = await writeXlsx({ sheets: [{ name: 'A', rows: [['Họ và tên', 'Tên đăng nhập'], ...rows] }] });
  const file = Buffer.from(sheet).toString('base64');
  const asked = [stage.cordonUrl, stage.cookies.administrator] as const;
  const { accountImport } = await ask<Checked>(...asked, checkDocument, { file });
  const input = accountImport.rows.flatMap(({ account }) => {
    if (!account) return [];
    const { unit, ...rest } = account;
    return [{ ...rest, id: newUuid7(), unitCode: unit.code }];
  });
  if (input.length !== people) throw new Error(`${people - input.length} rows were refused.`);
  for (let at = 0; at < people; at += part) await ask(...asked, createDocument, { input: input.slice(at, at + part) });
}

async function insertBare(owner: pg.Client, prefix: string): Promise<void> {
  for (let from = 0; from < people; from += part) {
    const numbers = Array.from({ length: part }, (_, at) => from + at);
    await owner.query(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select n.id, $2 || '.' || n.at, 'Nguyễn Văn Số ' || n.at, 'sha256$', true, '{OFFICER}', u.unit_id, u.province_code, true, false, now()
       from unnest($1::uuid[], $3::int[]) as n (id, at), administrative_unit u where u.level = 'PROVINCE' and u.code = $4`,
      [numbers.map(() => newUuid7()), prefix, numbers, provinceCode],
    );
  }
}
