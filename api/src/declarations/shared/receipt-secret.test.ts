import { describe, expect, it } from 'vitest';
import { newReceiptSecret, readReceiptSecret } from './receipt-secret.ts';

describe('receipt secret', () => {
  it('a new secret names its province and holds 128 random bits', () => {
    for (let round = 0; round < 500; round++) {
      const text = newReceiptSecret('38');
      const read = readReceiptSecret(text);
      expect(read?.provinceCode).toBe('38');
      expect(Buffer.from(read?.secret ?? '', 'base64url')).toHaveLength(16);
      expect(Buffer.from(read?.secret ?? '', 'base64url').toString('base64url')).toBe(text.slice(3));
    }
  });

  it('no two are alike', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newReceiptSecret('38'))).size).toBe(1000);
  });

  it('what is no secret is not read', () => {
    const good = '38.AAAAAAAAAAAAAAAAAAAAAA';
    expect(readReceiptSecret(good)).toEqual({ provinceCode: '38', secret: 'A'.repeat(22) });
    for (const text of [
      '',
      good.slice(1),
      good.slice(0, -1),
      `${good}A`,
      good.replace('.', '-'),
      `${good.slice(0, -1)}B`,
      `${good}\n`,
      good.replace('A', '+'),
    ]) {
      expect(readReceiptSecret(text)).toBeNull();
    }
  });
});
