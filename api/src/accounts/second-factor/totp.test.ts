import { describe, expect, it } from 'vitest';
import { makeTotpSecret, otpauthUri, stepOfCode } from './totp.ts';

/** The secret of RFC 6238, appendix B, and its codes cut to six digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('is that of RFC 6238 at %s s: %s', (seconds, code) => {
    expect(stepOfCode(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
  });

  it('is taken one step early or late, and belongs to its own step', () => {
    const at = (seconds: number) => new Date((1_111_111_109 + seconds) * 1000);
    const step = Math.floor(1_111_111_109 / 30);
    expect([-30, 0, 30].map((later) => stepOfCode(secret, '081804', at(later)))).toEqual([step, step, step]);
    expect([-90, 90].map((later) => stepOfCode(secret, '081804', at(later)))).toEqual([null, null]);
  });
});

describe('a secret', () => {
  it('has 160 bits, and is another each time', () => {
    expect(makeTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(makeTotpSecret()).not.toBe(makeTotpSecret());
  });

  it('stands in an address that authenticator apps read', () => {
    const uri = new URL(otpauthUri(secret, 'admin.38'));
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/Cordon:admin\.38\?/);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Cordon',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
