import type { RegistrySettings } from '../registry-settings.ts';
import { BearerTokens } from './bearer-tokens.ts';
import { createExchange, type Reply } from './exchange.ts';

export type Ask = (message: { headers: Record<string, string>; body: string }, signal: AbortSignal) => Promise<Reply>;

/** Posts messages to the platform as who we are there; a token that has ended meanwhile is renewed once. */
export function createGateway({ url, token, transport }: RegistrySettings): Ask {
  const exchange = createExchange(transport);
  if (!token) return ({ headers, body }, signal) => exchange({ url, headers, body }, signal);
  const tokens = new BearerTokens(token, exchange);
  return async ({ headers, body }, signal) => {
    const ask = (value: string) =>
      exchange({ url, headers: { ...headers, authorization: `Bearer ${value}` }, body }, signal);
    const first = await tokens.get();
    if (first.kind === 'FAILED') return first;
    const reply = await ask(first.value);
    if (reply.kind === 'FAILED' || reply.status !== 401) return reply;
    const second = await tokens.insteadOf(first.value);
    return second.kind === 'FAILED' ? second : ask(second.value);
  };
}
