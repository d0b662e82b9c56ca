import { fold } from '#api/platform/shared/text.ts';
import { FindUnitsDocument, type FindUnitsQuery, type UnitLevel } from '../gql/ui/graphql.ts';
import type { Client } from '@urql/core';

/** A unit that was picked, with what forms need to know of it without asking again. */
export interface PickedUnit {
  id: string;
  code: string;
  level: UnitLevel;
  /** Xã Quảng Bình, Quảng Xương, Thanh Hóa */
  path: string;
  /** The codes of the units above it, nearest first. */
  above: string[];
}

type FoundUnit = FindUnitsQuery['administrativeUnits'][number];

/** Null when no answer came. */
export async function findUnits(
  client: Client,
  search: string,
  level: UnitLevel | null,
  parentCode: string | null = null,
): Promise<PickedUnit[] | null> {
  const { data } = await client.query(FindUnitsDocument, { search, level, parentCode }).toPromise();
  return data ? data.administrativeUnits.map(toPickedUnit) : null;
}

/** Those right below a unit, of one level. */
export async function unitsBelow(
  client: Client,
  parentCode: string,
  level: UnitLevel | null,
): Promise<PickedUnit[] | null> {
  const { data } = await client.query(FindUnitsDocument, { parentCode }).toPromise();
  return data?.administrativeUnits.map(toPickedUnit).filter((unit) => level === null || unit.level === level) ?? null;
}

/** As it is picked in a form that is filled in already. */
export function toPickedUnit(unit: FoundUnit): PickedUnit {
  const above = [unit.parent, unit.parent?.parent]
    .filter((step) => step?.level && step.level !== 'NATION')
    .filter((step) => !!step);
  return {
    id: unit.id,
    code: unit.code,
    level: unit.level,
    path: [unit.fullName, ...above.map((step) => step.name)].join(', '),
    above: above.map((step) => step.code),
  };
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
