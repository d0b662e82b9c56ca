import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../platform/graphql/problems.ts';
import { networkOf } from '../platform/shared/network.ts';

/**
 * Receipt secrets of nobody that come from one network. A secret has 128 bits, so nobody guesses one; the bound keeps who
 * tries from costing much. It is short, since thousands of phones share a network: the pass on a phone opens without us.
 */
export class SecretGuesses {
  readonly #misses = new RateLimiterMemory({ points: 100, duration: 60 });

  /** Counted before it is looked up, and taken back where it led somewhere: many at once cannot outrun the count. */
  async count(ip: string): Promise<void> {
    await this.#misses.consume(networkOf(ip)).catch((state: RateLimiterRes) => {
      throw rateLimited(Math.ceil(state.msBeforeNext / 1000));
    });
  }

  async takeBack(ip: string): Promise<void> {
    await this.#misses.reward(networkOf(ip));
  }
}
