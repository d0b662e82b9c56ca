// The bare statements: copies of rows that Cordon stored, written straight to Postgres in the same batches.
import 'reflect-metadata';
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { auditValues } from '#api/platform/audit/audit.ts';
import { insertPassages } from '#api/passages/insert-passages.ts';
import type { PassageRow } from '#api/passages/passage.row.ts';
import { decodePass } from '#api/passes/shared/pass-token.ts';
import { answerCalls } from './calls.ts';
import { inScope, openPool, statementsOn } from './reference-database.ts';

export interface Copying {
  batches: string[][];
  /** The passes of each batch; none where only rows are written. */
  payloads: string[][];
  accountId: string;
  /** By kid: the raw 32 bytes, base64url. */
  keys: Array<{ kid: string; key: string }>;
}

interface Pass {
  key: KeyObject;
  signature: Uint8Array;
  bytes: Uint8Array;
}

interface Batch {
  rows: PassageRow[];
  passes: Pass[];
}

const pool = openPool(process.env['BENCH_API_DATABASE'] ?? '', 'bare');
let prepared: Batch[] = [];
let accountId = '';

/** The same time, other random digits. */
const otherId = (id: string) =>
  `${id.slice(0, 24)}${Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0')}`;

async function prepare({ batches, payloads, accountId: account, keys }: Copying): Promise<void> {
  accountId = account;
  const publicKeys = new Map(
    keys.map(({ kid, key }) => [kid, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })]),
  );
  prepared = [];
  for (const [index, ids] of batches.entries()) {
    const { rows } = await inScope(pool, accountId, (client) =>
      client.query<PassageRow>('select * from passage where province_code = $1 and id = any($2)', ['38', ids]),
    );
    const passes = (payloads[index] ?? []).map((payload) => passOf(payload, publicKeys));
    prepared.push({ rows: rows.map((row) => ({ ...row, id: otherId(row.id) })), passes });
  }
}

function passOf(payload: string, keys: Map<string, KeyObject>): Pass {
  const pass = decodePass(payload);
  const key = pass === 'UNREADABLE' ? undefined : keys.get(pass.kid);
  if (pass === 'UNREADABLE' || !key) throw new Error('Not a pass of ours.');
  return { key, signature: pass.signature, bytes: pass.signedBytes };
}

async function write({ rows, passes }: Batch): Promise<void> {
  for (const { key, signature, bytes } of passes)
    if (!verify(null, bytes, key, signature)) throw new Error('Not a right pass.');
  const entry = auditValues({
    provinceCode: '38',
    actorId: accountId,
    role: 'OFFICER',
    unitId: '38@2021',
    action: 'passages.record',
    detail: { count: rows.length },
  });
  const added = await inScope(pool, accountId, (client) => insertPassages(statementsOn(client), rows, entry));
  if (added.ids.size !== rows.length) throw new Error('A row was there before.');
}

async function run({ connections }: { connections: number }): Promise<{ seconds: number }> {
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let batch = prepared.pop(); batch; batch = prepared.pop()) await write(batch);
    }),
  );
  return { seconds: (performance.now() - started) / 1000 };
}

answerCalls({ prepare, run }, () => pool.end());
