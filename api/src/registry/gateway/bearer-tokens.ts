import { z } from 'zod';
import type { RegistrySettings } from '../registry-settings.ts';
import type { Exchange, Reply } from './exchange.ts';
import { failed, failureOf, type Failed } from './failure.ts';

type Credentials = NonNullable<RegistrySettings['token']>;
export type Token = { kind: 'TOKEN'; value: string } | Failed;

// A header's value, and no more of it than a header may hold.
const answer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8000}$/),
  expires_in: z.coerce.number().positive().optional(),
});

// A token is renewed in the last tenth of its time: our clock and the platform's need not agree.
const usedShare = 0.9;

/** The platform's token: asked for once, by whoever needs it first, and shared by all calls until it ends. */
export class BearerTokens {
  #current: { value: string; endsAt: number } | null = null;
  #renewing: Promise<Token> | null = null;
  readonly #credentials: Credentials;
  readonly #exchange: Exchange;

  constructor(credentials: Credentials, exchange: Exchange) {
    this.#credentials = credentials;
    this.#exchange = exchange;
  }

  /** Null: there is none that still holds. */
  get current(): Token | null {
    const current = this.#current;
    return current && performance.now() < current.endsAt ? { kind: 'TOKEN', value: current.value } : null;
  }

  async get(): Promise<Token> {
    const { current } = this;
    if (current) return current;
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** A new one in place of one that was refused; where another call has renewed it meanwhile, that one. */
  async insteadOf(refused: string): Promise<Token> {
    if (this.#current?.value === refused) this.#current = null;
    return this.get();
  }

  async #renew(): Promise<Token> {
    const { url, clientId, clientSecret } = this.#credentials;
    const secret = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const headers = { authorization: `Basic ${secret}`, 'content-type': 'application/x-www-form-urlencoded' };
    // Not ended by one caller's signal: the others wait for the same token.
    const reply = await this.#exchange(
      { url, headers, body: 'grant_type=client_credentials' },
      new AbortController().signal,
    );
    const read = readToken(reply);
    if (read.kind === 'FAILED') return read;
    this.#current = { value: read.value, endsAt: performance.now() + read.seconds * usedShare * 1000 };
    return { kind: 'TOKEN', value: read.value };
  }
}

function readToken(reply: Reply): { kind: 'READ'; value: string; seconds: number } | Failed {
  if (reply.kind === 'FAILED') return reply;
  // OAuth refuses a client by 400 as well.
  if (reply.status === 400 || reply.status === 401 || reply.status === 403)
    return failed('NOT_AUTHORISED', false, `the token was refused: HTTP ${reply.status}`);
  if (reply.status !== 200) return failureOf(reply.status, '');
  const read = answer.safeParse(parsed(reply.text));
  if (!read.success) return failed('FAULT', true, 'an unreadable token');
  return { kind: 'READ', value: read.data.access_token, seconds: read.data.expires_in ?? Infinity };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
