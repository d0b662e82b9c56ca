import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { badInput, notFound } from '../../platform/graphql/problems.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { entryOf, type Change } from '../audit-account.ts';
import type { Administrator } from '../read-account.ts';
import {
  insertPartnerApp,
  partnerAppById,
  revokeApp,
  rotateSecret,
  type PartnerAppRow,
} from './partner-apps.queries.ts';
import { newSecret, secretHash } from './partner-secret.ts';
import type { PartnerAppDraft } from './read-partner-app.ts';

export interface Issued {
  app: PartnerAppRow;
  secret: string | null;
}

/** Both secrets work for so long after a rotation. */
const overlapMs = 24 * 3_600_000;

/** Creates an app with a secret that is told once; sent again it is answered as it is, without one. */
export async function createPartnerApp(tx: Transaction, by: Administrator, draft: PartnerAppDraft): Promise<Issued> {
  const secret = newSecret();
  const { id, name, purpose, scopes, unit } = draft;
  const added = await insertPartnerApp(tx, {
    id,
    name,
    purpose,
    scopes,
    unit_id: unit.id,
    province_code: unit.provinceCode,
    requests_per_minute: draft.requestsPerMinute,
    cost_per_minute: draft.costPerMinute,
    secretHash: secretHash(secret),
    demo: false,
    at: by.at,
    createdBy: by.viewer.accountId,
  });
  const app = await partnerAppById(tx, by.scope, id);
  if (!app || (!added && !isSame(app, draft)))
    throw badInput({ 'input.id': { vi: 'Mã này đã dùng cho ứng dụng khác.', en: 'This id stands for another app.' } });
  if (added) await enter(tx, by, app, 'partner.create', { scopes, unitId: unit.id });
  return { app, secret: added ? secret : null };
}

const isSame = (app: PartnerAppRow, { name, purpose, scopes, unit, ...budget }: PartnerAppDraft): boolean =>
  isDeepStrictEqual(
    [app.name, app.purpose, app.scopes, app.unit_id, app.requests_per_minute, app.cost_per_minute],
    [name, purpose, scopes, unit.id, budget.requestsPerMinute, budget.costPerMinute],
  );

/** A new secret; the one before works for a day beside it, or ends with its tokens at once. */
export async function rotatePartnerSecret(
  tx: Transaction,
  by: Administrator,
  { id, atOnce }: { id: string; atOnce: boolean },
): Promise<Issued> {
  await find(tx, by, id);
  const secret = newSecret();
  const earlierEndsAt = new Date(by.at.getTime() + (atOnce ? 0 : overlapMs));
  const app = await rotateSecret(tx, id, { hash: secretHash(secret), earlierEndsAt, at: by.at });
  if (!app)
    throw badInput({
      id: {
        vi: 'Ứng dụng đã bị thu hồi, hoặc khoá vừa được đổi. Hãy tải lại.',
        en: 'The app is revoked, or its secret was changed just now. Load it again.',
      },
    });
  await enter(tx, by, app, 'partner.rotate', { earlierEndsAt: earlierEndsAt.toISOString() });
  return { app, secret };
}

/** From the next request on its tokens are refused. Done again it changes nothing. */
export async function revokePartnerApp(tx: Transaction, by: Administrator, id: string): Promise<PartnerAppRow> {
  const known = await find(tx, by, id);
  const revoked = await revokeApp(tx, id, by.at);
  if (revoked) await enter(tx, by, revoked, 'partner.revoke', {});
  return revoked ?? known;
}

async function find(tx: Transaction, by: Administrator, id: string): Promise<PartnerAppRow> {
  const app = uuid7Time(id) === null ? null : await partnerAppById(tx, by.scope, id);
  if (!app) throw notFound();
  return app;
}

const enter = (tx: Transaction, by: Administrator, app: PartnerAppRow, action: Change['action'], detail: object) =>
  writeAudit(
    tx,
    entryOf(by, {
      subjectKind: 'partnerApp',
      action,
      id: app.id,
      provinceCode: app.province_code,
      detail: { app: app.name, ...detail },
    }),
  );
