import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import { checkpointOfSign, readSign, signAddress } from './checkpoint-sign.ts';

const origins = fc.constantFrom('https://khaibao.thanhhoa.gov.vn', 'http://localhost:8080');

describe('the code on a checkpoint’s sign', () => {
  it('leads to the declaration page of the deployment, and tells the checkpoint', () => {
    fc.assert(
      fc.property(origins, fc.integer({ min: 0, max: 2 ** 47 }), (origin, at) => {
        const id = newUuid7(at);
        const address = signAddress(origin, id);
        const { origin: leadsTo, pathname, searchParams } = new URL(address);
        expect([leadsTo, pathname, checkpointOfSign(searchParams.get('c'))]).toEqual([origin, '/', id]);
        expect(readSign(address)).toBe(id);
        expect(readSign(`${address}\r\n`)).toBe(id);
      }),
    );
  });

  it('is nothing else that a scanner reads', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readSign(text)).toBeNull();
      }),
    );
    const ofNoTime = signAddress('https://x.vn', '0190a5dc-ac96-474b-bcce-b302099a8057');
    for (const text of ['CDN1:ABC', 'https://x.vn/', 'https://x.vn/?c=', `${ofNoTime}x`, ofNoTime, 'https://x.vn/?d=1'])
      expect(readSign(text)).toBeNull();
    for (const value of [null, '', 'x', '='.repeat(22), '../../../etc/passwd___'])
      expect(checkpointOfSign(value)).toBeNull();
  });
});
