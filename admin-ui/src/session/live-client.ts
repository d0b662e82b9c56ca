import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { createClient, type Client } from 'graphql-ws/client';
import { locale } from './locale.ts';

/** CONNECTING at first; RECONNECTING once what was open is lost. */
export type Link = 'CONNECTING' | 'CONNECTED' | 'RECONNECTING';

export interface Follower<Data> {
  next: (data: Data) => void;
  link: (state: Link) => void;
  /** The session ended: it is not tried again. */
  signedOut: () => void;
}

const PING_MS = 12_000;
const PONG_MS = 6_000;
const LONGEST_WAIT_MS = 20_000;
const REFUSED_WAIT_MS = 30_000;
const SIGN_IN = 4401;

/** Twice as long each time, and never all screens at the same moment after a server came back. */
const waitBefore = (retries: number, random = Math.random()): number =>
  Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(retries, 6)) * (0.5 + random);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Follows a subscription until `stop`, through lost networks and servers that restart. */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  follower: Follower<Data>,
): () => void {
  let stopped = false;
  let lastTry: ReturnType<typeof setTimeout> | undefined;
  const client = liveClient((state) => stopped || follower.link(state));

  function subscribe(): void {
    client.subscribe<Data>(
      { query: stringifyDocument(document), variables },
      {
        next: ({ data }) => data && !stopped && follower.next(data),
        error: (fault) => {
          if (stopped) return;
          if (isClose(fault) && fault.code === SIGN_IN) return follower.signedOut();
          // Refused, or a server of another version: a screen on a wall has nobody who would load it again.
          follower.link('RECONNECTING');
          lastTry = setTimeout(subscribe, REFUSED_WAIT_MS * (0.5 + Math.random()));
        },
        complete: () => undefined,
      },
    );
  }
  subscribe();
  return () => {
    stopped = true;
    clearTimeout(lastTry);
    // A connection that was never made cannot be closed.
    Promise.resolve(client.dispose()).catch(() => undefined);
  };
}

function liveClient(link: (state: Link) => void): Client {
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => ({ language: locale.value }),
    connectionAckWaitTimeout: PONG_MS,
    keepAlive: PING_MS,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => pause(waitBefore(retries)),
    on: {
      connecting: (again) => link(again ? 'RECONNECTING' : 'CONNECTING'),
      connected: () => link('CONNECTED'),
      closed: () => {
        clearTimeout(unanswered);
        link('RECONNECTING');
      },
      // A cable pulled out closes nothing: only the missing answer tells.
      ping: (received) => {
        if (!received) unanswered = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: (received) => received && clearTimeout(unanswered),
    },
  });
  return client;
}

const isClose = (fault: unknown): fault is { code: number } =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'number';
