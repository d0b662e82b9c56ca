import { fold } from '../../platform/shared/text.ts';

// What the package's list, made from leaks of English-speaking sites, does not know: words of this country and this work.
const localWords = `abc abcd abcde anhyeuem anhyeuemnhieu baomat biensu canbo changeme chongdich chotkiem chotkiemdich conga conyeu
  cordon covid covidviet dangnhap default emyeuanh giadinh giaothong hanoi hethong hochiminh khaibao khaibaoyte khongbiet
  kiemdich kiemsoat matkhau matkhaumatkhau matkhaumoi matma ngocanh officer passwordpassword quantri quantrivien saigon
  thanhhoa thanhhoathanhhoa tochuc toiyeuem toiyeuvietnam tracer truyvet vietnamvietnam vietnamvodich xinchao yeuem yteviet`;
/** Shorter ones say nothing: two letters between digits stand in thousands of leaked passwords. */
const fewestLetters = 4;

const lookAlikes: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

interface Lists {
  whole: ReadonlySet<string>;
  letters: ReadonlySet<string>;
}

let lists: Promise<Lists> | undefined;

/** Whether guessers try it first: one of a list, whatever its case, diacritics, blanks, and the digits and marks around it. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const { whole, letters } = await (lists ??= readLists());
  const plain = fold(password).replaceAll(' ', '');
  return whole.has(plain) || letters.has(lettersOf(plain)) || letters.has(lettersOf(readLookAlikes(plain)));
}

export const lettersOf = (text: string) => fold(text).replace(/[^a-z]/g, '');

/** P@ssw0rd2021 is password: marks and digits that stand for letters, but for those around the word. */
const readLookAlikes = (plain: string) =>
  plain.replace(/^[^a-z@$]+|[^a-z@$]+$/g, '').replace(/[@431!0$57]/g, (mark) => lookAlikes[mark] ?? '');

/** Read at the first new password: fifty thousand words that most nodes seldom need. */
async function readLists(): Promise<Lists> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const local = localWords.split(/\s+/);
  const leaked = dictionary['passwords-common'];
  const words = leaked.map(lettersOf).filter((word) => word.length >= fewestLetters);
  return { whole: new Set(leaked), letters: new Set([...local, ...words]) };
}
