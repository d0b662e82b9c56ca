import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenKeys } from '../../platform/crypto/token-keys.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Metered } from '../../platform/graphql/context.ts';
import type { Logger } from '../../platform/observability/logger.ts';
import { refusal } from '../../platform/http/refusal.ts';
import { rateLimited } from '../../platform/graphql/problems.ts';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { jurisdictionOf } from '../jurisdiction.ts';
import { readAccessToken, type AccessToken } from './access-tokens.ts';
import { bearerOf, holdsTokenInAddress, type Sent } from './bearer.ts';
import { budgetHeaders, secondsLeft } from './budget.ts';
import { chargePartnerApp, notePartnerError, usePartnerApp, type UseRow } from './partner-apps.queries.ts';

/** A request of a partner app that was let in. */
export interface PartnerVisit extends Metered {
  viewer: Viewer;
}

interface Parts {
  database: Database;
  territory: Territory;
  keys: TokenKeys;
  /** Known once the server listens. */
  issuer: () => string;
  logger: Logger;
}

/** Lets in who brings a token of a living app, within its budget. Who brings none goes by, as before. */
export class PartnerDoor {
  readonly #parts: Parts;
  readonly #visits = new WeakMap<FastifyRequest, PartnerVisit>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  visitOf(request: FastifyRequest): PartnerVisit | null {
    return this.#visits.get(request) ?? null;
  }

  async enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // An address is written down by every proxy on the way.
    if (holdsTokenInAddress(request.url)) throw refusal(400);
    const sent = bearerOf(request);
    if (sent.kind === 'NONE') return;
    // A browser adds its cookie by itself: a request that has both is somebody else's doing.
    if (sent.kind === 'UNREADABLE' || request.headers.cookie !== undefined) throw refusal(400);
    const at = new Date();
    const { token, used } = await this.#read(sent, at, reply);
    void reply.headers(budgetHeaders(used));
    const visit = this.#visit(token, used, reply);
    if (used.minute_requests > used.requests_per_minute) {
      const wait = secondsLeft(used, at);
      void reply.header('retry-after', wait);
      await visit.noteError('RATE_LIMITED', 'none');
      throw refusal(429, wait);
    }
    this.#visits.set(request, visit);
  }

  async #read(sent: Sent, at: Date, reply: FastifyReply): Promise<{ token: AccessToken; used: UseRow }> {
    const { database, keys, issuer } = this.#parts;
    const token = sent.kind === 'TOKEN' ? await readAccessToken(sent.token, { keys, issuer: issuer(), at }) : null;
    const used = token && (await usePartnerApp(database, token, at));
    if (used) return { token, used };
    void reply.header('www-authenticate', 'Bearer realm="cordon", error="invalid_token"');
    throw refusal(401);
  }

  #visit(token: AccessToken, used: UseRow, reply: FastifyReply): PartnerVisit {
    const { database, territory, logger } = this.#parts;
    const { appId } = token;
    // What is kept for the app's operators never costs the app its answer.
    const noteError = (code: string, field: string) =>
      notePartnerError(database, { appId, day: used.day, id: newUuid7(), code, field }).catch((error: Error) =>
        logger.warn({ error: error.name }, 'an error of a partner app could not be noted'),
      );
    return {
      viewer: viewerOf(territory, token, used),
      noteError,
      async charge(cost) {
        const total = await chargePartnerApp(database, { appId, day: used.day, cost, most: used.cost_per_minute });
        void reply.headers(budgetHeaders({ ...used, minute_cost: total ?? used.minute_cost }));
        if (total !== null) return;
        const wait = secondsLeft(used, new Date());
        void reply.header('retry-after', wait);
        throw rateLimited(wait);
      },
    };
  }
}

function viewerOf(territory: Territory, { appId, scopes }: AccessToken, used: UseRow): Viewer {
  const jurisdiction = jurisdictionOf(territory, used.unit_id);
  const { isNation, provinces, unitIds } = jurisdiction;
  return {
    accountId: appId,
    name: used.name,
    username: '',
    roles: ['PARTNER'],
    app: { name: used.name, purpose: used.purpose, scopes: scopes.filter((one) => used.scopes.includes(one)) },
    jurisdiction,
    checkpointIds: new Set(),
    mustChangePassword: false,
    mustEnrolMfa: false,
    wall: false,
    rowScope: { provinces: isNation ? null : provinces, unitIds: unitIds && [...unitIds], accountId: null },
  };
}
