import { importPublicKey, verifyEd25519, type Ed25519PublicKey } from '#api/passes/shared/web-crypto-ed25519.ts';
import { verifyPass, type PassClaims, type VerifiedPass } from '#api/passes/shared/pass-token.ts';
import { ageOn } from '#api/people/shared/birth-date.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { judgePass, passHoldsMs, type OfflineVerdict } from '#api/territory/shared/movement-rules/judge-pass.ts';
import { isToStop } from './kept-stop-list.ts';
import type { KeptTrustList, TrustList } from './kept-trust-list.ts';

/** A pass that holds, as far as this device knows, with what the rules it knows advise. */
export interface OfflinePass extends OfflineVerdict {
  claims: PassClaims;
  /** Of somebody on the watch list: the advice is REFUSE, whatever the rules say. */
  watched: boolean;
  /** When the list was fetched that it was judged by, in ms. */
  listFrom: number;
}

export type OfflineReading =
  { ok: true; pass: OfflinePass } | { ok: false; code: Extract<VerifiedPass, { ok: false }>['code'] };

/** Verifies a pass by the trust list, and judges it by the rules there. Throws where the browser has no Ed25519. */
export async function judgeOffline(
  text: string,
  { list, fetchedAt }: KeptTrustList,
  at: Date,
): Promise<OfflineReading> {
  const withdrawn = new Set(list.withdrawn);
  const verified = await verifyPass(text, {
    keys: await keysOf(list),
    verify: verifyEd25519,
    withdrawn: (id) => withdrawn.has(id),
    now: at,
  });
  if (!verified.ok) return { ok: false, code: verified.code };
  const { claims } = verified;
  const watched = isToStop(claims.id);
  const verdict = judged(list, claims, at);
  const advice = watched ? 'REFUSE' : verdict.advice;
  return { ok: true, pass: { ...verdict, advice, watched, claims, listFrom: fetchedAt } };
}

function judged(list: TrustList, claims: PassClaims, at: Date): OfflineVerdict {
  const { advice, originCode, destinationCode, testedAt, vaccineDoses, dateOfBirth, expiresAt } = claims;
  const facts = { originCode, destinationCode, testedAt, vaccineDoses };
  return judgePass(
    list,
    {
      ...facts,
      // One that tells no advice was not looked at by any rule.
      advice: advice ?? 'EXAMINE',
      signedAt: new Date(expiresAt.getTime() - passHoldsMs),
      age: dateOfBirth ? ageOn(dateOfBirth, vietnamDate(at)) : null,
    },
    at,
  );
}

async function keysOf(list: TrustList): Promise<Map<string, Ed25519PublicKey>> {
  const imported = list.keys.map(async ({ kid, key }) => [kid, await importPublicKey(fromBase64Url(key))] as const);
  return new Map(await Promise.all(imported));
}

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
