import { statSync } from 'node:fs';
import type { Logger } from '../observability/logger.ts';
import type { Keyring } from './keyring.ts';
import type { Keys } from './keys.ts';
import { KeysFileError, keyringOf, readKeysFile, type RingName } from './keys-file.ts';

/** Where a process has its keys from; a ring that a setting of its own gives is not among the rings. */
export interface KeysSource {
  path: string;
  rings: readonly RingName[];
}

const lookEveryMs = 1_000;

/**
 * Looks at the file every second and goes on with the keys it then holds. A file that is broken, or that is not the next step of
 * the keys in use, is refused, and said so once: the server goes on with the keys it has.
 */
export function watchKeysFile(
  { path, rings }: KeysSource,
  keys: Keys,
  logger: Logger,
  onChange: () => void,
): { stop(): void } {
  let seen = markOf(path);
  const look = () => {
    const mark = markOf(path);
    if (mark === seen) return;
    seen = mark;
    try {
      take(path, rings, keys);
      logger.info({ keys: idsOf(keys) }, 'the keys changed');
      onChange();
    } catch (error) {
      const why = error instanceof KeysFileError ? error.message : 'cannot be used';
      logger.error({ why }, 'KEYS_FILE was refused; the keys until now stay in use');
    }
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return { stop: () => clearInterval(timer) };
}

export const idsOf = (keys: Keys): Record<RingName, string[]> => ({
  sealing: keys.sealing.ids,
  lookup: keys.lookup.ids,
  signing: keys.signing.ids,
  session: keys.session.ids,
});

function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? [found.ino, found.size, found.mtimeMs, found.mode].join() : 'none';
}

function take(path: string, rings: readonly RingName[], keys: Keys): void {
  const file = readKeysFile(path);
  const next = rings.map((name) => ({ name, ring: keyringOf(file[name]) }));
  for (const { name, ring } of next) refuseForeign(name, keys[name], ring);
  for (const { name, ring } of next) keys[name].replaceBy(ring);
}

/** Keys that have nothing in common with those in use are another deployment's, or a mistake: nothing stored would open. */
function refuseForeign(name: RingName, current: Keyring, next: Keyring): void {
  const known = next.all.filter(({ id }) => current.ids.includes(id));
  if (known.length === 0) throw new KeysFileError(`holds none of the ${name} keys in use`);
  if (known.some(({ id, key }) => !key.equals(current.byId(id))))
    throw new KeysFileError(`holds another ${name} key under a known id`);
}
