import { lengthInCodePoints } from '../../platform/shared/text.ts';
import { isCommonPassword, lettersOf } from './common-passwords.ts';

const shortest = 10;
const longest = 200;
const fewestDistinct = 5;

export type PasswordProblem = 'TOO_SHORT' | 'TOO_LONG' | 'SAME' | 'TOO_COMMON' | 'LIKE_NAME';

export const passwordTexts: Record<PasswordProblem, { vi: string; en: string }> = {
  TOO_SHORT: {
    vi: `Cần ít nhất ${shortest} ký tự; một câu ngắn dễ nhớ là tốt.`,
    en: `At least ${shortest} characters are needed; a short sentence is good.`,
  },
  TOO_LONG: { vi: `Tối đa ${longest} ký tự.`, en: `At most ${longest} characters.` },
  SAME: { vi: 'Hãy chọn mật khẩu khác mật khẩu cũ.', en: 'Choose another one than before.' },
  TOO_COMMON: {
    vi: 'Mật khẩu này dễ đoán. Hãy chọn một câu chỉ bạn biết.',
    en: 'This is easy to guess. Choose a sentence that only you know.',
  },
  LIKE_NAME: {
    vi: 'Mật khẩu không được chứa tên đăng nhập hay tên của bạn.',
    en: 'It must not contain your user name or your name.',
  },
};

/** What is wrong with a password that somebody chose; null when it will do. No rule asks for kinds of characters. */
export async function passwordProblem(
  password: string,
  before: string,
  person: { username: string; fullName: string },
): Promise<PasswordProblem | null> {
  // Bounded before it is normalised.
  if (password.length > longest * 4 || lengthInCodePoints(password) > longest) return 'TOO_LONG';
  if (lengthInCodePoints(password.normalize('NFC')) < shortest) return 'TOO_SHORT';
  if (password.normalize('NFC') === before.normalize('NFC')) return 'SAME';
  const letters = lettersOf(password);
  const names = [person.username, person.fullName].map(lettersOf).filter((name) => name.length > 3);
  if (names.some((name) => letters.includes(name))) return 'LIKE_NAME';
  return (await isEasy(letters, password)) ? 'TOO_COMMON' : null;
}

/** Numbers only (dates, phone numbers), few different characters, or what guessers try first. */
async function isEasy(letters: string, password: string): Promise<boolean> {
  return letters === '' || new Set(password.toLowerCase()).size < fewestDistinct || isCommonPassword(password);
}
