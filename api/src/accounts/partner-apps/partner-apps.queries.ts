import type { Database } from '../../platform/database/database.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { Unavailable } from '../../platform/graphql/problems.ts';
import type { Scope } from '../../policy/policy.ts';
import type { PartnerScope } from '../../policy/viewer.ts';
import type { StoredSecrets } from './partner-secret.ts';

export interface PartnerAppRow {
  id: string;
  name: string;
  purpose: string;
  scopes: PartnerScope[];
  unit_id: string;
  province_code: string;
  requests_per_minute: number;
  cost_per_minute: number;
  secret_made_at: Date;
  earlier_ends_at: Date | null;
  created_at: Date;
  revoked_at: Date | null;
}

const columns = `id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute, secret_made_at,
  earlier_ends_at, created_at, revoked_at`;

const inScope = {
  name: 'partner-apps',
  text: `select ${columns} from partner_app
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2))
         order by revoked_at is not null, name, id limit 500`,
};
const byId = {
  name: 'partner-app',
  text: `select ${columns} from partner_app
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and id = $3`,
};
const insert = {
  name: 'insert-partner-app',
  text: `insert into partner_app (id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute,
           secret_number, secret_hash, secret_made_at, demo, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $10, $12)
         on conflict do nothing returning id`,
};
const rotate = {
  name: 'rotate-partner-secret',
  // Only the door that compares secrets reads their hashes. Of two rotations at once one finds another number, and does nothing.
  text: `update partner_app p set secret_number = p.secret_number + 1, earlier_secret_hash = c.secret_hash,
           earlier_ends_at = $3, secret_hash = $2, secret_made_at = $4
         from partner_credentials($1) c
         where p.id = $1 and p.revoked_at is null and p.secret_number = c.secret_number
         returning p.id, p.name, p.purpose, p.scopes, p.unit_id, p.province_code, p.requests_per_minute, p.cost_per_minute,
           p.secret_made_at, p.earlier_ends_at, p.created_at, p.revoked_at`,
};
const revoke = {
  name: 'revoke-partner-app',
  text: `update partner_app set revoked_at = $2 where id = $1 and revoked_at is null returning ${columns}`,
};

export const partnerAppsIn = (tx: Transaction, { provinces, unitIds }: Scope): Promise<PartnerAppRow[]> =>
  tx.rows<PartnerAppRow>(inScope, [provinces, unitIds]);

export async function partnerAppById(
  tx: Transaction,
  { provinces, unitIds }: Scope,
  id: string,
): Promise<PartnerAppRow | null> {
  const [row] = await tx.rows<PartnerAppRow>(byId, [provinces, unitIds, id]);
  return row ?? null;
}

export interface NewPartnerApp extends Omit<
  PartnerAppRow,
  'secret_made_at' | 'earlier_ends_at' | 'created_at' | 'revoked_at'
> {
  secretHash: Buffer;
  demo: boolean;
  at: Date;
  createdBy: string | null;
}

/** False where the id is taken. */
export async function insertPartnerApp(tx: Transaction, app: NewPartnerApp): Promise<boolean> {
  const { id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute } = app;
  const told = [id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute];
  const inserted = await tx.rows(insert, [...told, app.secretHash, app.at, app.demo, app.createdBy]);
  return inserted.length > 0;
}

/** The secret until now lives on until the given moment. Null where the app is revoked, or was rotated meanwhile. */
export async function rotateSecret(
  tx: Transaction,
  id: string,
  { hash, earlierEndsAt, at }: { hash: Buffer; earlierEndsAt: Date; at: Date },
): Promise<PartnerAppRow | null> {
  const [row] = await tx.rows<PartnerAppRow>(rotate, [id, hash, earlierEndsAt, at]);
  return row ?? null;
}

/** Null where it was revoked before. */
export async function revokeApp(tx: Transaction, id: string, at: Date): Promise<PartnerAppRow | null> {
  const [row] = await tx.rows<PartnerAppRow>(revoke, [id, at]);
  return row ?? null;
}

export interface CredentialsRow extends StoredSecrets {
  id: string;
  name: string;
  scopes: PartnerScope[];
  unit_id: string;
  province_code: string;
  revoked_at: Date | null;
}

const credentials = { name: 'partner-credentials', text: 'select * from partner_credentials($1)' };

export async function credentialsOf(database: Database, id: string): Promise<CredentialsRow | null> {
  const [row] = await outside<CredentialsRow>(database, credentials, [id]);
  return row ?? null;
}

export interface UseRow {
  name: string;
  purpose: string;
  scopes: PartnerScope[];
  unit_id: string;
  requests_per_minute: number;
  cost_per_minute: number;
  day: string;
  minute: Date;
  minute_requests: number;
  minute_cost: number;
}

const use = { name: 'use-partner-app', text: 'select * from use_partner_app($1, $2, $3)' };

/** Counts a request; null where the app is revoked, or the secret has ended. */
export async function usePartnerApp(
  database: Database,
  app: { appId: string; secretNumber: number },
  at: Date,
): Promise<UseRow | null> {
  const [row] = await outside<UseRow>(database, use, [app.appId, app.secretNumber, at]);
  return row ?? null;
}

const charge = { name: 'charge-partner-app', text: 'select charge_partner_app($1, $2, $3, $4) as spent' };

/** What the minute has cost with this, or null where less than this is left. */
export async function chargePartnerApp(
  database: Database,
  { appId, day, cost, most }: { appId: string; day: string; cost: number; most: number },
): Promise<number | null> {
  const [row] = await outside<{ spent: number }>(database, charge, [appId, day, cost, most]);
  return row?.spent ?? null;
}

const note = { name: 'note-partner-error', text: 'select note_partner_error($1, $2, $3, $4, $5)' };

export async function notePartnerError(
  database: Database,
  { appId, day, id, code, field }: { appId: string; day: string; id: string; code: string; field: string },
): Promise<void> {
  await outside(database, note, [appId, day, id, code, field]);
}

/** Outside the request's transaction, in one round trip: who asks decides the scope that the transaction begins with. */
async function outside<Row>(
  { pool }: Database,
  statement: { name: string; text: string },
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await pool.query({ ...statement, values }).catch((cause: unknown) => {
    throw new Unavailable('The app could not be read.', { cause });
  });
  return rows as Row[];
}
