import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Context } from '../../policy/viewer.ts';
import { deviceOf } from '../sessions/device.ts';
import { endSessionsOf, openSession } from '../sessions/sessions.service.ts';

interface Holder {
  id: string;
  provinceCode: string;
}

/** A session with a new token, whatever token the browser brought. */
export async function beginSession(tx: Transaction, context: Context, keys: Keys, account: Holder): Promise<void> {
  const device = deviceOf(context.userAgent);
  const { token, expires } = await openSession(tx, keys, account, { device, at: context.at });
  context.cookies.set(token, expires);
}

/** After a change of how one signs in: what was begun before it, here and elsewhere, ends. */
export async function renewSession(tx: Transaction, context: Context, keys: Keys, account: Holder): Promise<void> {
  await endSessionsOf(tx, account.id, context.at);
  await beginSession(tx, context, keys, account);
}
