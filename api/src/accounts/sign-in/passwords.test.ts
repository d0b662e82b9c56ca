import { describe, expect, it } from 'vitest';
import { hashOneTimePassword, hashPassword, makeOneTimePassword, verifyPassword } from './passwords.ts';

describe('a stored password', () => {
  it('is argon2id with 19 MiB, two passes and one lane, and is known again', async () => {
    const stored = await hashPassword('một câu dễ nhớ');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('một câu dễ nhớ', stored)).toBe(true);
    expect(await verifyPassword('một câu khó nhớ', stored)).toBe(false);
  });

  it('is the same from a keyboard that sends its letters composed and from one that does not', async () => {
    const stored = await hashPassword('mật khẩu của tôi'.normalize('NFD'));
    expect(await verifyPassword('mật khẩu của tôi'.normalize('NFC'), stored)).toBe(true);
  });

  it('is never right where there is no account', async () => {
    expect(await verifyPassword('một câu dễ nhớ', null)).toBe(false);
  });

  it('is busy, not endless, when hundreds are checked at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 150 }, () => verifyPassword('x', null)));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(48);
    expect(await verifyPassword('x', null)).toBe(false);
  });
});

describe('a one-time password', () => {
  it('has 16 characters without look-alikes, another each time', () => {
    const made = new Set(Array.from({ length: 200 }, makeOneTimePassword));
    expect(made.size).toBe(200);
    for (const one of made) expect(one).toMatch(/^[a-hjkmnp-z2-9]{16}$/);
  });

  it('is kept as a plain hash with its scheme, and is known again', async () => {
    const password = makeOneTimePassword();
    const stored = hashOneTimePassword(password);
    expect(stored).toMatch(/^sha256\$[\w-]{43}$/);
    expect(await verifyPassword(password, stored)).toBe(true);
    expect(await verifyPassword(makeOneTimePassword(), stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  it('is made 5,000 times in less than a second', () => {
    const started = performance.now();
    for (let made = 0; made < 5_000; made += 1) hashOneTimePassword(makeOneTimePassword());
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('takes as long to check as a chosen one', async () => {
    // The lower quartile: what a busy machine adds is in the others.
    const timeOf = async (stored: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 16; round += 1) {
        const started = performance.now();
        await verifyPassword('khong dung', stored);
        times.push(performance.now() - started);
      }
      return times.sort((a, b) => a - b)[4] ?? 0;
    };
    const [chosen, oneTime] = [await timeOf(await hashPassword('x')), await timeOf(hashOneTimePassword('x'))];
    expect(oneTime / chosen).toBeGreaterThan(1 / 3);
    expect(oneTime / chosen).toBeLessThan(3);
  });
});
