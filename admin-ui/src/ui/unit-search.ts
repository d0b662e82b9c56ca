import { fold } from '#api/platform/shared/text.ts';
import { FindUnitsDocument, ListUnitsDocument, type UnitLevel } from '../gql/ui/graphql.ts';
import { offered, toPickedUnit, type PickedUnit } from './picked-unit.ts';
import type { GraphqlClient } from '../session/graphql-client.ts';

/** Null when no answer came. `today`: 2021-08-23. */
export async function findUnits(
  client: GraphqlClient,
  today: string,
  search: string,
  level: UnitLevel | null,
  parentCode: string | null = null,
): Promise<PickedUnit[] | null> {
  const { data } = await client.query(FindUnitsDocument, { search, level, parentCode }).toPromise();
  return data ? offered(data.administrativeUnits, level, today) : null;
}

/** Those right below a unit, of one level. */
export async function unitsBelow(
  client: GraphqlClient,
  parentCode: string,
  level: UnitLevel | null,
): Promise<PickedUnit[] | null> {
  const { data } = await client.query(ListUnitsDocument, { parentCode }).toPromise();
  return data?.administrativeUnits.map(toPickedUnit).filter((unit) => level === null || unit.level === level) ?? null;
}

/** A path in pieces, those that were searched for marked, with or without diacritics. */
export function markMatches(path: string, search: string): { text: string; match: boolean }[] {
  const letters = [...path.normalize('NFC')];
  const plain = letters.map((letter) => (letter.trim() ? fold(letter) : ' ')).join('');
  const marked = new Set<number>();
  const phrase = fold(search);
  for (const word of plain.includes(phrase) ? [phrase] : phrase.split(' ')) {
    const at = word ? plain.indexOf(word) : -1;
    if (at >= 0) for (let offset = 0; offset < word.length; offset++) marked.add(at + offset);
  }
  const pieces: { text: string; match: boolean }[] = [];
  for (const [at, text] of letters.entries()) {
    const last = pieces.at(-1);
    if (last?.match === marked.has(at)) last.text += text;
    else pieces.push({ text, match: marked.has(at) });
  }
  return pieces;
}
