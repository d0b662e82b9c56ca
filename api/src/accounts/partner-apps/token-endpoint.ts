import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider, { errors, type AdapterPayload, type Client } from 'oidc-provider';
import type { AuditWriter } from '../../platform/audit/audit-writer.ts';
import type { TokenKey, TokenKeys } from '../../platform/crypto/token-keys.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Logger } from '../../platform/observability/logger.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { partnerScopes } from '../../policy/viewer.ts';
import { audience, tokenSeconds } from './access-tokens.ts';
import { credentialsOf, type CredentialsRow } from './partner-apps.queries.ts';
import { secretNumberOf } from './partner-secret.ts';

export interface TokenParts {
  database: Database;
  keys: TokenKeys;
  writer: AuditWriter;
  issuer: () => string;
  logger: Logger;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Client credentials by oidc-provider, and nothing else of it. Made anew when the keys change. */
export class TokenEndpoint {
  readonly #parts: TokenParts;
  #made: { from: readonly TokenKey[]; handler: Handler } | undefined;

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = this.#parts.keys.all;
    if (this.#made?.from !== from) this.#made = { from, handler: makeProvider(this.#parts).callback() };
    return this.#made.handler(request, response);
  }
}

/** Whose secret a request was found to hold, by the request's context: the provider's clients are shared by requests. */
interface Asking {
  app: CredentialsRow;
  secretNumber: number | null;
}

function makeProvider({ database, keys, writer, issuer, logger }: TokenParts): Provider {
  const asking = new WeakMap<object, Asking>();
  const provider = new Provider(issuer(), {
    adapter: (model) => ({ ...storesNothing, find: (id) => (model === 'Client' ? findClient(id) : nothing()) }),
    clientAuthMethods: ['client_secret_basic'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: keys.all.map(({ jwk }) => jwk) },
    scopes: [...partnerScopes],
    claims: {},
    ttl: { ClientCredentials: tokenSeconds },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo(ctx, resource, client) {
          if (resource !== audience) throw new errors.InvalidTarget();
          // Who names no scope asks for all that the app has (RFC 6749 section 3.3).
          const { params } = ctx.oidc;
          if (params) params['scope'] ??= client.scope;
          return {
            scope: client.scope ?? '',
            audience,
            accessTokenFormat: 'jwt' as const,
            accessTokenTTL: tokenSeconds,
            jwt: { sign: { alg: 'ES256' as const, kid: keys.active.kid } },
          };
        },
      },
    },
    async extraTokenClaims(ctx, token) {
      const asked = asking.get(ctx);
      if (!asked || asked.secretNumber === null) throw new Error('A token for nobody.');
      await enter(asked.app, 'partner.token', { scopes: (token.scope ?? '').split(' ').filter(Boolean) });
      return { secret: asked.secretNumber };
    },
  });
  provider.on('server_error', (_, { name, message }) =>
    logger.error({ error: name, message }, 'a token request failed'),
  );

  async function findClient(id: string): Promise<AdapterPayload | undefined> {
    const app = uuid7Time(id) === null ? null : await credentialsOf(database, id);
    if (!app || app.revoked_at) return undefined;
    const { ctx } = Provider as unknown as { ctx: object };
    asking.set(ctx, { app, secretNumber: null });
    return {
      client_id: id,
      client_secret: 'compared by hash',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: app.scopes.join(' '),
    };
  }

  (provider.Client as unknown as { prototype: ComparesSecret }).prototype.compareClientSecret = async (secret) => {
    const { ctx } = Provider as unknown as { ctx: object };
    const asked = asking.get(ctx);
    if (!asked) return false;
    asked.secretNumber = secretNumberOf(asked.app, secret, new Date());
    if (asked.secretNumber === null) await enter(asked.app, 'partner.token-refused', {});
    return asked.secretNumber !== null;
  };

  const enter = ({ id, name, unit_id, province_code }: CredentialsRow, action: string, detail: object) =>
    writer.enter({
      provinceCode: province_code,
      actorId: id,
      role: 'PARTNER',
      unitId: unit_id,
      action,
      subjectKind: 'partnerApp',
      subjectIds: [id],
      detail: { app: name, ...detail },
    });
  return provider;
}

interface ComparesSecret {
  compareClientSecret(this: Client, secret: string): Promise<boolean>;
}

const nothing = async (): Promise<undefined> => undefined;
/** Access tokens are signed and stored nowhere, and there are no others. */
const storesNothing = {
  upsert: nothing,
  findByUserCode: nothing,
  findByUid: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};
