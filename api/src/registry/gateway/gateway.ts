import { once } from 'node:events';
import type { RegistrySettings } from '../registry-settings.ts';
import { BearerTokens, type Token } from './bearer-tokens.ts';
import { createExchange, type Reply } from './exchange.ts';
import { failed } from './failure.ts';

export type Ask = (message: { headers: Record<string, string>; body: string }, signal: AbortSignal) => Promise<Reply>;

/** Posts messages to the platform as who we are there; a token that has ended meanwhile is renewed once. */
export function createGateway({ url, token, transport }: RegistrySettings): Ask {
  const exchange = createExchange(transport);
  if (!token) return ({ headers, body }, signal) => exchange({ url, headers, body }, signal);
  const tokens = new BearerTokens(token, exchange);
  return async ({ headers, body }, signal) => {
    const ask = (value: string) =>
      exchange({ url, headers: { ...headers, authorization: `Bearer ${value}` }, body }, signal);
    const first = tokens.current ?? (await unlessGivenUp(tokens.get(), signal));
    if (first.kind === 'FAILED') return first;
    const reply = await ask(first.value);
    if (reply.kind === 'FAILED' || reply.status !== 401) return reply;
    const second = await unlessGivenUp(tokens.insteadOf(first.value), signal);
    return second.kind === 'FAILED' ? second : ask(second.value);
  };
}

/** A token that is under way serves others too: who gives up leaves it, and does not end it. */
async function unlessGivenUp(token: Promise<Token>, signal: AbortSignal): Promise<Token> {
  const leaving = new AbortController();
  const givenUp = once(signal, 'abort', { signal: leaving.signal }).then(() => failed('TIMEOUT', true, 'given up'));
  // Left when the token came first.
  givenUp.catch(() => undefined);
  try {
    return signal.aborted ? failed('TIMEOUT', true, 'given up') : await Promise.race([token, givenUp]);
  } finally {
    leaving.abort();
  }
}
