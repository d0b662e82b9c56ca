import { describe, expect, it } from 'vitest';
import { passwordProblem } from './chosen-password.ts';

const person = { username: 'tam.chot38', fullName: 'Lê Văn Tám' };
const problemOf = (password: string, before = 'mot-lan-duy-nhat') => passwordProblem(password, before, person);

describe('a chosen password', () => {
  it.each(['trời hôm nay có mưa', 'correct horse battery', 'bốn con mèo ngủ', 'xK7-pq2m_Wz', '12a-7734-b-00'])(
    'may be %s',
    async (password) => {
      expect(await problemOf(password)).toBeNull();
    },
  );

  it.each([
    ['ngan thoi', 'TOO_SHORT'],
    ['ệ'.normalize('NFD').repeat(9), 'TOO_SHORT'],
    ['a b c d e '.repeat(21), 'TOO_LONG'],
    ['1234567890', 'TOO_COMMON'],
    ['0912345678', 'TOO_COMMON'],
    ['aaaaaaaaaaaab', 'TOO_COMMON'],
    ['Mật khẩu 2021!', 'TOO_COMMON'],
    ['Password@123', 'TOO_COMMON'],
    ['ThanhHoa@2021', 'TOO_COMMON'],
    ['P@ssw0rd2021', 'TOO_COMMON'],
    ['TrustNo1-1234', 'TOO_COMMON'],
    ['1Q2w3e4r5t6y', 'TOO_COMMON'],
    ['Khai báo y tế 2021', 'TOO_COMMON'],
    ['abc1234567', 'TOO_COMMON'],
    ['toi la le van tam', 'LIKE_NAME'],
    ['TamChot-2021-x', 'LIKE_NAME'],
  ])('may not be %s: %s', async (password, code) => {
    expect(await problemOf(password)).toBe(code);
  });

  it('is not the one before', async () => {
    expect(await problemOf('trời hôm nay có mưa', 'trời hôm nay có mưa'.normalize('NFD'))).toBe('SAME');
  });
});
