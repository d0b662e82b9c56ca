import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { sha256 } from '../../platform/crypto/lookup.ts';
import { networkOf } from '../../platform/shared/network.ts';

export interface TokenTry {
  /** Seconds to wait; null: go on. */
  wait: number | null;
  failed(): Promise<void>;
}

/**
 * Requests for tokens of one app from one network, and those of them that failed. A secret has 256 bits, so nobody guesses
 * one: the bound keeps who tries, or asks for a token with each request, from costing much. Each node counts for itself.
 */
export class TokenTries {
  readonly #tries = new RateLimiterMemory({ points: 60, duration: 60 });
  readonly #failures = new RateLimiterMemory({ points: 10, duration: 60 });

  async begin(ip: string, authorization: string): Promise<TokenTry> {
    const network = networkOf(ip);
    const key = sha256(JSON.stringify([network, clientOf(authorization)])).toString('hex');
    const failures = await this.#failures.get(key);
    const failed = async () => void (await this.#failures.penalty(key));
    if (failures && failures.remainingPoints <= 0) return { wait: secondsOf(failures), failed };
    const state = await this.#tries.consume(key).then(
      () => null,
      (full: RateLimiterRes) => full,
    );
    return { wait: state && secondsOf(state), failed };
  }
}

const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

/** Whom the header says it is of, be it true or not. */
const clientOf = (authorization: string): string =>
  Buffer.from(authorization.slice(6, 400), 'base64').toString().split(':')[0] ?? '';
