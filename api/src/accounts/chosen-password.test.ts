import { describe, expect, it } from 'vitest';
import { passwordProblem } from './chosen-password.ts';

const person = { username: 'tam.chot38', fullName: 'Lê Văn Tám' };
const problemOf = (password: string, before = 'mot-lan-duy-nhat') => passwordProblem(password, before, person);

describe('a chosen password', () => {
  it.each(['trời hôm nay có mưa', 'correct horse battery', 'bốn con mèo ngủ', 'xK7-pq2m_Wz'])(
    'may be %s',
    (password) => {
      expect(problemOf(password)).toBeNull();
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
    ['toi la le van tam', 'LIKE_NAME'],
    ['TamChot-2021-x', 'LIKE_NAME'],
  ])('may not be %s: %s', (password, code) => {
    expect(problemOf(password)).toBe(code);
  });

  it('is not the one before', () => {
    expect(problemOf('trời hôm nay có mưa', 'trời hôm nay có mưa'.normalize('NFD'))).toBe('SAME');
  });
});
