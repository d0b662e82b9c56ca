import { DAY_MS, HOUR_MS } from '../platform/shared/instant.ts';
import type { FiledKey, KeysFile, RingName } from '../platform/crypto/keys-file.ts';

/**
 * How long a key is kept after it stopped being first. Sealing: until every transaction that ran then has ended; what it sealed
 * is sealed anew. Look-up: a phone may send a passage again for two weeks, and is known by a hash of its content. Signing: a
 * pass holds for 72 h, and officers without network send passages with it for two weeks more. Session: a wall screen's
 * outlasts the others, and ends after 30 days.
 */
const keptAfterMs: Readonly<Record<RingName, number>> = {
  sealing: 60_000,
  lookup: 15 * DAY_MS,
  signing: 17 * DAY_MS + HOUR_MS,
  session: 30 * DAY_MS + HOUR_MS,
};

/** Devices without network hold a trust list for up to a day: what a key signed before they knew it, they would refuse. */
const publishedBeforeMs: Readonly<Record<RingName, number>> = { sealing: 0, lookup: 0, signing: DAY_MS, session: 0 };

export interface Ring {
  active: FiledKey;
  /** Known to all, and not first yet. */
  next: FiledKey | undefined;
  /** Were first, and still open what they made. */
  retired: FiledKey[];
}

export function ringOf(file: KeysFile, name: RingName): Ring {
  const [active, ...others] = file[name];
  if (!active) throw new Error('A ring has no key.');
  return {
    active,
    next: others.find(({ retiredAt }) => retiredAt === null),
    retired: others.filter(({ retiredAt }) => retiredAt !== null),
  };
}

export function withNext(file: KeysFile, name: RingName, key: FiledKey): KeysFile {
  return { ...file, [name]: [...file[name], key] };
}

/** The next key becomes first; the one that was is kept, and since when it is not is written down. */
export function withPromoted(file: KeysFile, name: RingName, at: Date): KeysFile {
  const { active, next, retired } = ringOf(file, name);
  if (!next) return file;
  return { ...file, [name]: [next, { ...active, retiredAt: at.toISOString() }, ...retired] };
}

export function withoutRetired(file: KeysFile, name: RingName): KeysFile {
  return { ...file, [name]: file[name].filter(({ retiredAt }) => retiredAt === null) };
}

/** Until when a ring's retired keys must be kept. */
export function keptUntil(ring: Ring, name: RingName): Date {
  const last = Math.max(0, ...ring.retired.map(({ retiredAt }) => Date.parse(retiredAt ?? '')));
  return new Date(last + keptAfterMs[name]);
}

export const publishedUntil = (key: FiledKey, name: RingName): Date =>
  new Date(Date.parse(key.knownSince) + publishedBeforeMs[name]);
