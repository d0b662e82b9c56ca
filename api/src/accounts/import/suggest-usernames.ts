import { fold } from '../../platform/shared/text.ts';

const mostLetters = 20;
/** Names of people who are in the system already take some of the numbers. */
const spare = 20;

/** What somebody would sign in with: given name, initials of the others, unit. Nguyễn Thị Hoà of 14758: hoant.14758. */
export function usernameOf(fullName: string, unitCode: string): string {
  const words = fold(fullName)
    .split(' ')
    .map((word) => word.replace(/[^a-z]/g, ''))
    .filter(Boolean);
  const given = words.pop() ?? 'canbo';
  const name = given + words.map(([initial]) => initial).join('');
  return `${name.slice(0, mostLetters)}.${unitCode.toLowerCase()}`;
}

/** Gives each wish a name of its own: hoant.14758, hoant2.14758. Asks once which are taken. */
export async function suggestUsernames(
  wishes: readonly string[],
  used: ReadonlySet<string>,
  askTaken: (names: string[]) => Promise<ReadonlySet<string>>,
): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const wish of wishes) counts.set(wish, (counts.get(wish) ?? 0) + 1);
  const candidates = [...counts].map(([wish, count]): [string, string[]] => [wish, numbered(wish, count + spare)]);
  const taken = candidates.length > 0 ? await askTaken(candidates.flatMap(([, names]) => names)) : new Set<string>();
  const free = new Map(
    candidates.map(([wish, names]) => [wish, names.filter((one) => !taken.has(one) && !used.has(one))]),
  );
  return wishes.map((wish) => free.get(wish)?.shift() ?? wish);
}

function numbered(wish: string, count: number): string[] {
  const [name = '', unit = ''] = wish.split('.');
  return Array.from({ length: count }, (_, at) => (at === 0 ? wish : `${name}${at + 1}.${unit}`));
}
