import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { TokenKeys } from '../../platform/crypto/token-keys.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { partnerScopes, type PartnerScope } from '../../policy/viewer.ts';

export const audience = 'urn:cordon:api';
export const tokenSeconds = 600;
const longest = 2_000;

/** What a token says, once it is known to be ours. Whether its app and secret still live, the database says. */
export interface AccessToken {
  appId: string;
  /** The secret that it was asked for with. */
  secretNumber: number;
  scopes: PartnerScope[];
}

/** Reads an access token; null for anything that this server did not sign for itself, or whose time it is not. */
export async function readAccessToken(
  token: string,
  { keys, issuer, at }: { keys: TokenKeys; issuer: string; at: Date },
): Promise<AccessToken | null> {
  if (token.length > longest) return null;
  try {
    const { payload } = await jwtVerify(token, publicKeyOf(keys, token), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      audience,
      issuer,
      requiredClaims: ['iat', 'exp', 'jti', 'sub', 'scope'],
      maxTokenAge: tokenSeconds,
      currentDate: at,
    });
    const { sub = '', client_id: clientId, scope, secret } = payload;
    if (uuid7Time(sub) === null || clientId !== sub || typeof scope !== 'string' || !Number.isInteger(secret))
      return null;
    const granted = scope.split(' ');
    return { appId: sub, secretNumber: secret as number, scopes: partnerScopes.filter((one) => granted.includes(one)) };
  } catch {
    return null;
  }
}

const ourHeaders = new Set(['alg', 'typ', 'kid']);

/** Ours by its name alone: a token brings no key and no address of one, and nothing that we do not write. */
function publicKeyOf(keys: TokenKeys, token: string) {
  const header = decodeProtectedHeader(token);
  const foreign = Object.keys(header).some((name) => !ourHeaders.has(name));
  const key = keys.all.find(({ kid }) => kid === header.kid);
  if (foreign || !key) throw new Error('not a key of ours');
  return key.publicKey;
}
