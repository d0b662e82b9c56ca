import { randomBytes } from 'node:crypto';
import { HOUR_MS } from '../../platform/shared/instant.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import { lookupHash, lookupHashes } from '../../platform/crypto/lookup.ts';
import type { Database } from '../../platform/database/database.ts';
import type { RowScope, Transaction } from '../../platform/database/transaction.ts';
import { Unavailable } from '../../platform/graphql/problems.ts';
import { asksForSecondFactor } from '../../policy/policy.ts';
import type { Jurisdiction, Role, Viewer } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { jurisdictionOf } from '../jurisdiction.ts';

/** A shift may pause over a night shift's length, not longer. */
const idleMs = 12 * HOUR_MS;
/** Whatever is used without a break still ends within a day: a phone handed on at a checkpoint is nobody's the next day. */
const longestMs = 24 * HOUR_MS;
const seenEveryMs = 60_000;
const tokenPattern = /^[\w-]{43}$/;

export interface Sessions {
  /** Who holds this token; null once it is revoked or expired, or the account is suspended. */
  viewerOf(token: string, at: Date): Promise<Viewer | null>;
  /** The same of many at once, by token; who is missing holds none any more. */
  viewersOf(tokens: readonly string[], at: Date): Promise<Map<string, Viewer>>;
}

/** An account that may work, with what decides about its rights. */
export interface ViewerRow {
  id: string;
  username: string;
  full_name: string;
  roles: Role[];
  unit_id: string;
  must_change_password: boolean;
  mfa_enrolled: boolean;
  checkpoint_ids: string[];
  wall: boolean;
}

interface SessionRow extends ViewerRow {
  token_hash: Buffer;
  last_seen_at: Date;
}

const viewerByToken = {
  name: 'viewer-by-token',
  text: 'select * from viewers_of_sessions($1, $2, $3)',
};
// In one order, so that nodes which touch the same sessions do not wait for each other.
const touch = {
  name: 'touch-sessions',
  text: 'select touch_session(hash, $2) from (select unnest($1::bytea[]) as hash order by 1) as used',
};
const open = {
  name: 'open-session',
  text: `insert into account_session (token_hash, id, account_id, province_code, device, created_at, last_seen_at, expires_at)
         values ($1, gen_random_uuid(), $2, $3, $4, $5, $5, $6)`,
};
const endOne = { name: 'end-session', text: 'select end_session($1, $2)' };
const endAll = {
  name: 'end-sessions',
  text: 'update account_session set revoked_at = $2 where account_id = $1 and revoked_at is null',
};

/**
 * Asks outside the request's transaction, in one round trip: who asks decides the scope that the transaction begins with.
 */
export function createSessions(
  database: Database,
  parts: { keys: Keys; territory: Territory },
  secondFactorObligatory: boolean,
): Sessions {
  const ask = async <Row>(statement: { name: string; text: string }, values: unknown[]): Promise<Row[]> => {
    const result = await database.pool.query({ ...statement, values }).catch((cause: unknown) => {
      throw new Unavailable('The session could not be read.', { cause });
    });
    return result.rows as Row[];
  };
  const viewersOf = async (tokens: readonly string[], at: Date): Promise<Map<string, Viewer>> => {
    const byHash = new Map(
      tokens
        .filter((token) => tokenPattern.test(token))
        .flatMap((token) => tokenHashes(parts.keys, token).map((hash) => [hash.toString('hex'), { token, hash }])),
    );
    if (byHash.size === 0) return new Map();
    const hashes = [...byHash.values()].map(({ hash }) => hash);
    const rows = await ask<SessionRow>(viewerByToken, [hashes, at, idleSince(at)]);
    const used = rows.filter(({ last_seen_at: seen }) => at.getTime() - seen.getTime() > seenEveryMs);
    if (used.length > 0) await ask(touch, [used.map(({ token_hash: hash }) => hash), at]);
    return new Map(
      rows.map((row) => [
        byHash.get(row.token_hash.toString('hex'))?.token ?? '',
        toViewer(row, parts.territory, secondFactorObligatory),
      ]),
    );
  };
  return { viewersOf, viewerOf: async (token, at) => (await viewersOf([token], at)).get(token) ?? null };
}

/** A session that was used before that has ended. */
export const idleSince = (at: Date) => new Date(at.getTime() - idleMs);

export function toViewer(row: ViewerRow, territory: Territory, secondFactorObligatory: boolean): Viewer {
  const jurisdiction = jurisdictionOf(territory, row.unit_id);
  return {
    accountId: row.id,
    name: row.full_name,
    app: null,
    username: row.username,
    roles: row.roles,
    jurisdiction,
    checkpointIds: new Set(row.checkpoint_ids),
    mustChangePassword: row.must_change_password,
    mustEnrolMfa: secondFactorObligatory && asksForSecondFactor(row.roles) && !row.mfa_enrolled,
    wall: row.wall,
    rowScope: rowScopeOf(row, jurisdiction),
  };
}

/** Officers scan and record people from the whole province, so only who does neither is bound to units by the database. */
function rowScopeOf({ id, roles }: ViewerRow, { isNation, provinces, unitIds }: Jurisdiction): RowScope {
  const bound = unitIds && !roles.includes('OFFICER') ? [...unitIds] : null;
  return { provinces: isNation ? null : provinces, unitIds: bound, accountId: id };
}

export interface OpenedSession {
  token: string;
  expires: Date;
}

// Keyed, so that whoever can write to the database cannot make a session; under all keys, so that they rotate and nobody
// has to sign in again.
export const tokenHashes = (keys: Keys, token: string) => lookupHashes(keys.session, 'session', token);

/** Only the keyed hash is stored. */
export function newToken(keys: Keys): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: lookupHash(keys.session, 'session', token) };
}

/** Begins a session with a token of its own. */
export async function openSession(
  tx: Transaction,
  keys: Keys,
  account: { id: string; provinceCode: string },
  { device, at }: { device: string | null; at: Date },
): Promise<OpenedSession> {
  const { token, hash } = newToken(keys);
  const expires = new Date(at.getTime() + longestMs);
  await tx.rows(open, [hash, account.id, account.provinceCode, device, at, expires]);
  return { token, expires };
}

export async function endSession(tx: Transaction, keys: Keys, token: string, at: Date): Promise<void> {
  await tx.rows(endOne, [tokenHashes(keys, token), at]);
}

export async function endSessionsOf(tx: Transaction, accountId: string, at: Date): Promise<void> {
  await tx.rows(endAll, [accountId, at]);
}
