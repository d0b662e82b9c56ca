import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase45, toBase45 } from './base45.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('%s is written as RFC 9285 says', (text, encoded) => {
    expect(toBase45(bytesOf(text))).toBe(encoded);
    expect(fromBase45(encoded)).toEqual(bytesOf(text));
  });

  it('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes);
      }),
    );
  });

  it('a text has at most one reading: what is read is written the same again', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:') });
    fc.assert(
      fc.property(typed, (text) => {
        const bytes = fromBase45(text);
        if (bytes) expect(toBase45(bytes)).toBe(text);
      }),
    );
  });

  it('what is no base45 is refused: GGW is 65536, a lone character, small letters', () => {
    expect(fromBase45('FGW')).toEqual(Uint8Array.from([255, 255]));
    for (const text of ['GGW', ':::', '::', 'A', 'BB8A', 'bb8', 'BB_', 'ÀB8']) expect(fromBase45(text)).toBeNull();
  });
});
