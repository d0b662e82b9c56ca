import { Client, fetchExchange, type Exchange } from '@urql/core';
import { locale } from './locale.ts';
import { learnServerTime } from './server-clock.ts';

const PAUSES_MS = [400, 1_500];
const TIMEOUT_MS = 20_000;

/** One client a surface: POST only, in the page's language, patient with a bad network. */
export function createGraphqlClient(exchanges: Exchange[] = [fetchExchange]): Client {
  return new Client({
    url: '/graphql',
    exchanges,
    preferGetMethod: false,
    fetch: patientFetch,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'apollo-require-preflight': '1', 'accept-language': locale.value },
    }),
  });
}

/**
 * Sends again what got no answer, or one of a proxy whose server is away. Mutations too: their ids are made by the client,
 * so that one that arrived twice counts once.
 */
const patientFetch: typeof fetch = async (input, init) => {
  for (const pause of PAUSES_MS) {
    try {
      const answer = await timedFetch(input, init);
      if (![502, 503, 504].includes(answer.status)) return answer;
    } catch (fault) {
      if (init?.signal?.aborted || !navigator.onLine) throw fault;
    }
    await new Promise((resolve) => setTimeout(resolve, pause * (0.7 + Math.random() * 0.6)));
  }
  return timedFetch(input, init);
};

async function timedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException('No answer in time', 'TimeoutError')), TIMEOUT_MS);
  const abort = () => stop.abort(init?.signal?.reason);
  init?.signal?.addEventListener('abort', abort);
  const sentAt = Date.now();
  try {
    const answer = await fetch(input, { ...init, signal: stop.signal });
    learnServerTime(answer.headers.get('date'), sentAt, Date.now());
    return answer;
  } finally {
    clearTimeout(timer);
    init?.signal?.removeEventListener('abort', abort);
  }
}
