import { encode, Tagged } from 'cborg';
import fc from 'fast-check';
import { generateKeyPairSync, sign } from 'node:crypto';
import { create } from 'qrcode';
import { beforeAll, describe, expect, it } from 'vitest';
import { Advice } from '#api/territory/shared/movement-rules/advice.ts';
import { newUuid7, uuidToBytes } from '#api/platform/shared/uuid7.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { bytesToSign } from './cose-sign1.ts';
import { cutName, encodeClaims } from './pass-claims.ts';
import {
  decodePass,
  encodePass,
  PASS_PREFIX,
  verifyPass,
  type PassClaims,
  type PassVerification,
} from './pass-token.ts';
import { importPublicKey, kidOf, verifyEd25519, type Ed25519PublicKey } from './web-crypto-ed25519.ts';

const NOW = new Date('2021-08-23T07:00:00Z');
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

interface Issuer {
  kid: string;
  key: Ed25519PublicKey;
  sign(bytes: Uint8Array): Uint8Array;
}

async function newIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { kid: await kidOf(raw), key: await importPublicKey(raw), sign: (bytes) => sign(null, bytes, privateKey) };
}

let issuer: Issuer;
let successor: Issuer;
beforeAll(async () => {
  [issuer, successor] = await Promise.all([newIssuer(), newIssuer()]);
});

const by = (given: Partial<PassVerification<Ed25519PublicKey>> = {}): PassVerification<Ed25519PublicKey> => ({
  keys: new Map([issuer, successor].map(({ kid, key }) => [kid, key])),
  verify: verifyEd25519,
  withdrawn: () => false,
  now: NOW,
  ...given,
});

function someClaims(given: Partial<PassClaims> = {}): PassClaims {
  return {
    provinceCode: '38',
    id: newUuid7(NOW.getTime()),
    expiresAt: inSeconds(72 * 3600),
    fullName: 'Nguyễn Thị Bé',
    dateOfBirth: '1950-08-23',
    documentEnding: '001',
    plate: '36B112345',
    originCode: '00001',
    destinationCode: '14758',
    testedAt: inSeconds(-3600),
    vaccineDoses: 1,
    advice: 'ADMIT',
    rulesVersion: 1,
    ...given,
  };
}

const maybe = <T>(claim: fc.Arbitrary<T>) => fc.option(claim, { nil: undefined });
const second = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((at) => new Date(at * 1000));
const unitCode = fc.stringMatching(/^(\d{2}|\d{3}|\d{5})$/);
const calendarDay = fc
  .date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 225 }),
  fc.string({ unit: 'binary', maxLength: 225 }),
  fc.string({ unit: fc.constantFrom(...'aăâđêôơưộữếNGUYỄN '), minLength: 20, maxLength: 60 }),
);
const anyClaims: fc.Arbitrary<PassClaims> = fc.record({
  provinceCode: fc.stringMatching(/^\d{2}$/),
  id: fc.uuid(),
  expiresAt: second,
  fullName: maybe(aName),
  dateOfBirth: maybe(fc.oneof(calendarDay, fc.stringMatching(/^[12]\d{3}$/))),
  documentEnding: maybe(fc.stringMatching(/^[0-9A-Z]{3}$/)),
  plate: maybe(fc.stringMatching(/^\d[A-Z0-9]{3,11}$/)),
  originCode: maybe(unitCode),
  destinationCode: maybe(unitCode),
  testedAt: maybe(second),
  vaccineDoses: maybe(fc.nat(10)),
  advice: maybe(fc.constantFrom(...Object.values(Advice))),
  rulesVersion: maybe(fc.nat(65_535)),
});

const issue = (claims: PassClaims, from = issuer) => encodePass(claims, from.kid, from.sign);
const qrVersion = (text: string) => create(text, { errorCorrectionLevel: 'Q' }).version;
const asText = (bytes: Uint8Array) => PASS_PREFIX + toBase45(bytes);

function bytesIn(pass: string): Uint8Array {
  const bytes = fromBase45(pass.slice(PASS_PREFIX.length));
  if (!bytes) throw new Error('no base45');
  return bytes;
}

function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

describe('a pass', () => {
  it('gives back what was signed, the name cut, under any of the keys', async () => {
    await fc.assert(
      fc.asyncProperty(anyClaims, fc.boolean(), async (claims, later) => {
        const verified = await verifyPass(
          await issue(claims, later ? successor : issuer),
          by({ now: new Date(0 - 1) }),
        );
        const fullName = claims.fullName === undefined ? undefined : cutName(claims.fullName ?? '') || undefined;
        expect(verified).toEqual({ ok: true, claims: { ...claims, fullName } });
      }),
    );
  });

  it('leaves out what its declaration lacks', async () => {
    const claims = { provinceCode: '01', id: newUuid7(), expiresAt: inSeconds(60) };
    const pass = await issue({ ...claims, plate: null, testedAt: null, fullName: '' });
    expect(await verifyPass(pass, by())).toEqual({ ok: true, claims });
    expect(pass.length).toBeLessThan(190);
  });

  it('is at most QR version 12 at level Q, whatever it holds', async () => {
    const alphanumeric = /^[0-9A-Z $%*+\-./:]{1,296}$/;
    await fc.assert(
      fc.asyncProperty(anyClaims, async (claims) => {
        const pass = await issue(claims);
        expect(pass).toMatch(alphanumeric);
        expect(qrVersion(pass)).toBeLessThanOrEqual(12);
      }),
    );
    const fullest = await issue({
      provinceCode: '99',
      id: newUuid7(),
      expiresAt: new Date((2 ** 32 - 1) * 1000),
      fullName: 'Ễ'.repeat(9) + 'Nguyễn',
      dateOfBirth: '2999-12-31',
      documentEnding: 'ZZZ',
      plate: '99MD12345678',
      originCode: '99999',
      destinationCode: '99999',
      testedAt: new Date((2 ** 32 - 1) * 1000),
      vaccineDoses: 10,
      advice: 'REFUSE',
      rulesVersion: 65_535,
    });
    expect(fullest).toMatch(alphanumeric);
    expect(qrVersion(fullest)).toBe(12);
  });

  it('with one bit flipped never verifies', async () => {
    const bytes = bytesIn(await issue(someClaims()));
    const codes = new Set<string>();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const verified = await verifyPass(asText(withBitFlipped(bytes, bit)), by());
      expect(verified.ok).toBe(false);
      if (!verified.ok) codes.add(verified.code);
    }
    expect([...codes].sort()).toEqual(['BAD_SIGNATURE', 'UNKNOWN_ISSUER', 'UNREADABLE']);
    await fc.assert(
      fc.asyncProperty(anyClaims, fc.nat(), async (claims, at) => {
        const any = bytesIn(await issue(claims));
        expect(
          (await verifyPass(asText(withBitFlipped(any, at % (any.length * 8))), by({ now: new Date(-1) }))).ok,
        ).toBe(false);
      }),
    );
  });

  it('truncated, or with anything behind it, is unreadable', async () => {
    const pass = await issue(someClaims());
    for (let length = 0; length < pass.length; length++) expect(decodePass(pass.slice(0, length))).toBe('UNREADABLE');
    for (const more of ['0', '00', '000', ' ', '\n', pass]) expect(decodePass(pass + more)).toBe('UNREADABLE');
    const bytes = bytesIn(pass);
    for (let length = 0; length < bytes.length; length++)
      expect(decodePass(asText(bytes.subarray(0, length)))).toBe('UNREADABLE');
    expect(decodePass(asText(Uint8Array.from([...bytes, 0])))).toBe('UNREADABLE');
  });

  it('of an issuer that is not known says so', async () => {
    const stranger = await newIssuer();
    expect(await verifyPass(await issue(someClaims(), stranger), by())).toEqual({ ok: false, code: 'UNKNOWN_ISSUER' });
  });

  it('signed by another key under a known kid has a bad signature, and tells nothing', async () => {
    const forged = await encodePass(someClaims(), issuer.kid, successor.sign);
    expect(await verifyPass(forged, by())).toEqual({ ok: false, code: 'BAD_SIGNATURE' });
  });

  it('holds until the second of its expiry', async () => {
    const claims = someClaims({ expiresAt: inSeconds(60) });
    const pass = await issue(claims);
    expect((await verifyPass(pass, by({ now: inSeconds(59.999) }))).ok).toBe(true);
    expect(await verifyPass(pass, by({ now: inSeconds(60) }))).toEqual({ ok: false, code: 'EXPIRED', claims });
  });

  it('withdrawn is withdrawn, expired or not', async () => {
    const claims = someClaims();
    const withdrawn = (id: string) => id === claims.id;
    const pass = await issue(claims);
    expect(await verifyPass(pass, by({ withdrawn }))).toEqual({ ok: false, code: 'WITHDRAWN', claims });
    expect(await verifyPass(pass, by({ withdrawn, now: inSeconds(1e6) }))).toEqual({
      ok: false,
      code: 'WITHDRAWN',
      claims,
    });
    expect((await verifyPass(await issue(someClaims()), by({ withdrawn }))).ok).toBe(true);
  });

  it('is not made without a province, an id, an expiry, a kid or a whole signature', async () => {
    await expect(issue(someClaims({ provinceCode: '038' }))).rejects.toThrow(RangeError);
    await expect(issue(someClaims({ id: 'none' }))).rejects.toThrow(TypeError);
    await expect(issue(someClaims({ expiresAt: new Date(Number.NaN) }))).rejects.toThrow(RangeError);
    await expect(encodePass(someClaims(), 'ABC', issuer.sign)).rejects.toThrow(RangeError);
    await expect(encodePass(someClaims(), issuer.kid, () => new Uint8Array(63))).rejects.toThrow(RangeError);
  });
});

describe('what is no pass', () => {
  it('is unreadable: a card, a link, a health certificate, a spoken code, 5 MB', () => {
    for (const text of [
      '',
      PASS_PREFIX,
      '038150000001|171234567|Nguyễn Thị Bé|23081950|Nữ|Thôn Đông|01012021',
      'https://example.vn/#38.AAAA',
      'HC1:6BFOXN%TSMAHN-H',
      '38A C7F 2KM',
      'cdn1:BB8',
      'CDN1:GGW',
      'A'.repeat(5_000_000),
      PASS_PREFIX + '0'.repeat(595),
    ]) {
      expect(decodePass(text)).toBe('UNREADABLE');
    }
  });

  it('never makes the reading throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }).map(asText)), (text) => {
        expect(decodePass(text)).toBe('UNREADABLE');
      }),
    );
  });

  it('rightly signed but not in the one exact form is unreadable', async () => {
    const kid = Uint8Array.from(Buffer.from(issuer.kid, 'hex'));
    const header = encode(
      new Map<number, unknown>([
        [1, -8],
        [4, kid],
      ]),
    );
    const payload = encodeClaims(someClaims());
    const signed = async (parts: {
      header?: Uint8Array;
      unprotected?: unknown;
      payload?: Uint8Array;
      tag?: number;
    }) => {
      const body = parts.payload ?? payload;
      const toBeSigned = encode(['Signature1', parts.header ?? header, new Uint8Array(), body]);
      const sign1 = [parts.header ?? header, parts.unprotected ?? new Map(), body, issuer.sign(toBeSigned)];
      return asText(encode(new Tagged(parts.tag ?? 18, sign1)));
    };
    const payloadOf = (change: (map: Map<number, unknown>) => void) => {
      const map = new Map<number, unknown>([
        [1, 38],
        [2, uuidToBytes(newUuid7())],
        [3, 1_629_700_000],
      ]);
      change(map);
      return encode(map);
    };
    expect(await verifyPass(await signed({}), by())).toMatchObject({ ok: true });
    expect(
      await verifyPass(await signed({ payload: payloadOf(() => undefined) }), by({ now: new Date(0) })),
    ).toMatchObject({ ok: true });
    expect(bytesToSign(issuer.kid, payload)).toEqual(encode(['Signature1', header, new Uint8Array(), payload]));

    const malformed = [
      { tag: 17 },
      { unprotected: new Map([[4, kid]]) },
      {
        header: encode(
          new Map<number, unknown>([
            [1, -7],
            [4, kid],
          ]),
        ),
      },
      {
        header: encode(
          new Map<number, unknown>([
            [1, -8],
            [4, kid.subarray(1)],
          ]),
        ),
      },
      {
        header: encode(
          new Map<number, unknown>([
            [1, -8],
            [4, kid],
            [5, 0],
          ]),
        ),
      },
      { payload: Uint8Array.from([...payload, 0]) },
      { payload: encode([1, 2, 3]) },
      { payload: encode({ 1: 38 }) },
      { payload: payloadOf((map) => map.set(14, 1)) },
      { payload: payloadOf((map) => map.delete(1)) },
      { payload: payloadOf((map) => map.delete(2)) },
      { payload: payloadOf((map) => map.delete(3)) },
      { payload: payloadOf((map) => map.set(1, 100)) },
      { payload: payloadOf((map) => map.set(1, '38')) },
      { payload: payloadOf((map) => map.set(2, new Uint8Array(15))) },
      { payload: payloadOf((map) => map.set(3, -1)) },
      { payload: payloadOf((map) => map.set(3, 1.5)) },
      { payload: payloadOf((map) => map.set(4, 'a'.repeat(33))) },
      { payload: payloadOf((map) => map.set(4, 'Bé'.normalize('NFD'))) },
      { payload: payloadOf((map) => map.set(4, '')) },
      { payload: payloadOf((map) => map.set(5, 19_500_231)) },
      { payload: payloadOf((map) => map.set(6, 46_656)) },
      { payload: payloadOf((map) => map.set(7, '36b1')) },
      { payload: payloadOf((map) => map.set(8, 238)) },
      { payload: payloadOf((map) => map.set(10, new Date(0).toISOString())) },
      { payload: payloadOf((map) => map.set(11, 24)) },
      { payload: payloadOf((map) => map.set(12, 3)) },
      { payload: payloadOf((map) => map.set(13, 65_536)) },
      { payload: payloadOf((map) => map.set(13, null)) },
    ];
    for (const parts of malformed) expect(decodePass(await signed(parts)), JSON.stringify(parts)).toBe('UNREADABLE');
  });

  it('with a key twice, an open-ended map or a number written long is unreadable', async () => {
    const bytes = bytesIn(await issue({ provinceCode: '38', id: newUuid7(), expiresAt: NOW }));
    const start = bytes.findIndex((byte, at) => byte === 0xa3 && bytes[at + 1] === 1 && bytes[at + 2] === 0x18);
    const replaced = (from: number, length: number, by: number[]) =>
      asText(Uint8Array.from([...bytes.subarray(0, from), ...by, ...bytes.subarray(from + length)]));
    expect(start).toBeGreaterThan(0);
    expect(decodePass(replaced(start, 4, [0xa3, 2, 0x18, 38]))).toBe('UNREADABLE');
    expect(decodePass(replaced(start, 1, [0xbf]))).toBe('UNREADABLE');
    const payloadLength = bytes[start - 1] ?? 0;
    expect(decodePass(replaced(start - 1, 5, [payloadLength + 1, 0xa3, 1, 0x19, 0, 38]))).toBe('UNREADABLE');
    expect(decodePass(replaced(start - 1, 5, [payloadLength, 0xa3, 1, 0x18, 38]))).not.toBe('UNREADABLE');
  });
});

describe('the name on a pass', () => {
  it('is cut at 32 bytes at the end of a letter, its marks with it', () => {
    expect(cutName('Nguyễn Thị Bé')).toBe('Nguyễn Thị Bé');
    expect(cutName('  Nguyễn  Thị Bé '.normalize('NFD'))).toBe('Nguyễn Thị Bé');
    expect(cutName('Ễ'.repeat(11))).toBe('Ễ'.repeat(10));
    expect(cutName(`${'a'.repeat(31)} b`)).toBe('a'.repeat(31));
    expect(cutName(`${'a'.repeat(31)}x\u0323\u0302`)).toBe('a'.repeat(31));
    expect(cutName('a' + '\u0323\u0301\u0302'.repeat(20))).toBe('');
  });

  it('cut once is not cut again', () => {
    fc.assert(
      fc.property(aName, (name) => {
        const cut = cutName(name);
        expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(32);
        expect(cutName(cut)).toBe(cut);
      }),
    );
  });
});
