import {
  GraphQLError,
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Registry } from 'prom-client';
import { makeServer, type Context as Connection, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { ContextViewer, RequestContext } from '../graphql/context.ts';
import { createExecutor } from '../graphql/executor.ts';
import { formatError } from '../graphql/format-error.ts';
import { readLocale } from '../graphql/locale.ts';
import { logUnexpected } from '../graphql/log-unexpected.ts';
import { rootFieldOf } from '../graphql/root-field.ts';
import type { Logger } from '../observability/logger.ts';
import { Feed, NothingToShow } from './feed.ts';
import { Groups } from './groups.ts';
import { LiveSocket, type Opener } from './live-socket.ts';
import { Membership } from './membership.ts';
import { subscriptionReader, type ReadSubscription } from './read-subscription.ts';
import { SocketMetrics } from './socket-metrics.ts';
import type { Serve } from './subscription-group.ts';

export interface HallParts {
  schema: GraphQLSchema;
  logger: Logger;
  registry: Registry;
  /** What a resolver is given: at subscribing, and for each event. */
  contextOf(opener: Opener): RequestContext;
  /** Equal for those who see the same. */
  rightsOf(viewer: ContextViewer): string;
}

interface Held {
  socket: LiveSocket;
}

const mostOfSocket = 20;
const mostOfAccount = 100;
const longestId = 64;

/** Everybody who is connected, and what they are subscribed to. */
export class SocketHall {
  readonly sockets = new Set<LiveSocket>();
  #draining = false;
  readonly #parts: HallParts;
  readonly #groups: Groups;
  readonly #read: ReturnType<typeof subscriptionReader>;
  readonly #execute: ReturnType<typeof createExecutor>;
  readonly #protocol: ReturnType<typeof makeServer<Record<string, unknown>, Held>>;

  constructor(parts: HallParts) {
    this.#parts = parts;
    const metrics = new SocketMetrics(parts.registry, () => this.#held());
    this.#groups = new Groups({ logger: parts.logger, missed: (subscribers) => metrics.missed(subscribers) });
    this.#read = subscriptionReader(parts.schema);
    this.#execute = createExecutor(parts.schema, parts.logger);
    this.#protocol = makeServer<Record<string, unknown>, Held>({
      connectionInitWaitTimeout: 3_000,
      onConnect: ({ connectionParams, extra }) => {
        // A browser's header tells its own language; the page knows the reader's.
        const { language } = connectionParams ?? {};
        if (typeof language === 'string') extra.socket.opener.locale = readLocale(language);
      },
      onSubscribe: (connection, id, sent) => this.#subscribe(connection, id, sent),
      subscribe: ({ contextValue }) => contextValue as Membership,
    });
  }

  /** How many sockets an account has open here. */
  held(accountId: string): number {
    return [...this.sockets].filter(({ opener }) => opener.viewer.accountId === accountId).length;
  }

  #held() {
    const subscriptions = [...this.sockets].reduce((sum, { memberships }) => sum + memberships.size, 0);
    return { sockets: this.sockets.size, subscriptions, groups: this.#groups.size };
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Sends everybody away, to come back to another node; whoever comes until this one ends too. */
  drain(): void {
    this.#draining = true;
    for (const socket of this.sockets) socket.close('comeBack');
  }

  open(websocket: WebSocket, opener: Opener): void {
    const socket = new LiveSocket(websocket, opener);
    if (this.#draining) return socket.close('comeBack');
    this.sockets.add(socket);
    const closed = this.#protocol.opened(
      {
        protocol: websocket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => websocket.send(data, (error) => (error ? reject(error) : resolve()))),
        close: (code, reason) => websocket.close(code, reason),
        onMessage: (read) =>
          void websocket.on('message', (data: Buffer) => {
            if (!socket.takes()) return;
            // What fails here could not be sent any more, or is no message of the protocol.
            read(data.toString()).catch(() => websocket.close(4400, 'Bad request'));
          }),
      },
      { socket },
    );
    websocket.on('error', () => websocket.terminate());
    websocket.once('close', (code, reason) => {
      this.sockets.delete(socket);
      void closed(code, reason.toString());
      // Of two subscriptions under one id, the protocol knows the later only.
      for (const membership of socket.memberships) void membership.return();
    });
  }

  async #subscribe(
    connection: Connection<Record<string, unknown>, Held>,
    id: string,
    sent: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { socket } = connection.extra;
    const tooMany = Object.keys(connection.subscriptions).length > mostOfSocket;
    if (tooMany || id.length > longestId || this.#holdsAll(socket)) return this.#tooMuch(socket);
    try {
      const read = this.#read(sent);
      if (Array.isArray(read)) return this.#formatted(read, socket.opener);
      const feed = await this.#feedOf(read, socket.opener);
      if (!(feed instanceof Feed)) return this.#formatted(feed, socket.opener);
      if (!this.sockets.has(socket)) return [new GraphQLError('The socket is closed.')];
      // Many may have been asked for at once.
      if (this.#holdsAll(socket)) return this.#tooMuch(socket);
      const contextValue = this.#join(read, feed, socket, id);
      return { schema: this.#parts.schema, document: read.document, operationName: read.operationName, contextValue };
    } catch (error) {
      const known = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
      return this.#formatted([known], socket.opener);
    }
  }

  /** Whether this socket, or its account, is subscribed to as much as anybody may be. */
  #holdsAll({ opener, memberships }: LiveSocket): boolean {
    let ofAccount = 0;
    for (const socket of this.sockets)
      if (socket.opener.viewer.accountId === opener.viewer.accountId) ofAccount += socket.memberships.size;
    return memberships.size >= mostOfSocket || ofAccount >= mostOfAccount;
  }

  #tooMuch(socket: LiveSocket): GraphQLError[] {
    socket.close('tooMuch');
    return [new GraphQLError('Too many subscriptions.')];
  }

  /** Asks the resolver, in a transaction of its own, whether and to what one may subscribe. */
  async #feedOf(read: ReadSubscription, opener: Opener): Promise<Feed | readonly GraphQLError[]> {
    const context = this.#parts.contextOf(opener);
    const { document, operationName, variables: variableValues } = read;
    const args = { schema: this.#parts.schema, document, contextValue: context, variableValues, operationName };
    try {
      const feed = await createSourceEventStream(args);
      if (feed instanceof Feed) await context.transactions.commit();
      return feed instanceof Feed ? feed : ((feed as ExecutionResult).errors ?? []);
    } finally {
      await context.transactions.rollback();
      await context.trail.enterRefusals().catch(() => this.#parts.logger.error('a refusal was not entered'));
    }
  }

  #join(read: ReadSubscription, feed: Feed, socket: LiveSocket, id: string): Membership {
    const { viewer, locale } = socket.opener;
    const field = rootFieldOf(read.operation);
    const same = [field, feed.key, read.query, read.operationName, read.variables, locale];
    const key = JSON.stringify([...same, this.#parts.rightsOf(viewer)]);
    const leave = this.#groups.join(key, feed, () => this.#serving(read, socket.opener), socket, id);
    const membership = new Membership(() => {
      socket.memberships.delete(membership);
      leave();
    });
    socket.memberships.add(membership);
    return membership;
  }

  /** For whoever has the same rights: nothing of it may hang on whose account asked first. */
  #serving(read: ReadSubscription, { viewer, ...opener }: Opener): Serve {
    const anybody = { ...opener, token: '', viewer: { ...viewer, rowScope: { ...viewer.rowScope, accountId: null } } };
    const { document, operation, operationName, query: queryHash, variables } = read;
    return async (event) => {
      const context = this.#parts.contextOf(anybody);
      const asked = { document, operation, operationName, queryHash, variables, context, event };
      const { data, errors } = await this.#execute(asked);
      if (errors?.some(({ originalError }) => originalError instanceof NothingToShow)) return null;
      const payload = errors ? { data, errors: this.#formatted(errors, anybody, context.requestId) } : { data };
      return Buffer.from(`${JSON.stringify(payload)}}`);
    };
  }

  #formatted(
    errors: readonly GraphQLError[],
    { locale }: Opener,
    requestId: string = crypto.randomUUID(),
  ): GraphQLError[] {
    logUnexpected(this.#parts.logger, errors, { requestId }, 'a subscription failed');
    return errors.map((error) => {
      const { message, extensions } = formatError(error.toJSON(), error, locale, requestId);
      return new GraphQLError(message, { ...(extensions ? { extensions } : {}) });
    });
  }
}
