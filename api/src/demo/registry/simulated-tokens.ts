import { randomBytes } from 'node:crypto';

/** Whom the simulator lets in. No secret: all that it knows is made up. */
export const simulatorClient = { clientId: 'cordon', clientSecret: 'simulated' };

const lifeSeconds = 3_600;

export class SimulatedTokens {
  readonly #endsAt = new Map<string, number>();
  issued = 0;

  /** An OAuth answer, or null for a stranger. */
  issue(authorization: string | undefined): object | null {
    const { clientId, clientSecret } = simulatorClient;
    const known = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (authorization !== known) return null;
    const token = randomBytes(24).toString('base64url');
    this.#endsAt.set(token, Date.now() + lifeSeconds * 1000);
    this.issued += 1;
    return { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds };
  }

  accepts(authorization: string | undefined): boolean {
    const endsAt = this.#endsAt.get(authorization?.replace(/^Bearer /, '') ?? '');
    return endsAt !== undefined && Date.now() < endsAt;
  }

  expireAll(): void {
    this.#endsAt.clear();
  }
}
