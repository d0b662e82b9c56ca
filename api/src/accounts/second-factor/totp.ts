import { Secret, TOTP } from 'otpauth';

/** What a secret is sealed for. */
export const totpPurpose = 'totp';

// What every authenticator app can do; stronger settings are ignored by some of them without a word.
const settings = { issuer: 'Cordon', algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of the step before or after is taken too: phones' clocks differ. */
const window = 1;

/** A secret of 160 random bits in base32. */
export const makeTotpSecret = (): string => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, username = '') =>
  new TOTP({ ...settings, label: username, secret: Secret.fromBase32(secret) });

/** What an authenticator app reads from a QR code. */
export const otpauthUri = (secret: string, username: string): string => totpOf(secret, username).toString();

/** The step of 30 seconds that a code belongs to; null when it is none of these minutes. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const totp = totpOf(secret);
  const timestamp = at.getTime();
  const delta = totp.validate({ token: code, timestamp, window });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}
