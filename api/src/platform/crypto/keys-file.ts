import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Keyring } from './keyring.ts';
import type { Keys } from './keys.ts';

export const ringNames = ['sealing', 'lookup', 'signing', 'session'] as const satisfies ReadonlyArray<keyof Keys>;
export type RingName = (typeof ringNames)[number];

const filedKey = z.object({
  id: z.string().regex(/^[\w.-]{1,32}$/),
  /** 32 bytes, base64. */
  key: z.string().refine((text) => Buffer.from(text, 'base64').length === 32),
  knownSince: z.iso.datetime(),
  /** When it stopped being first; null while it is, and before. */
  retiredAt: z.iso.datetime().nullable(),
});
const ring = z
  .array(filedKey)
  .min(1)
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length);
const keysFile = z.object({ sealing: ring, lookup: ring, signing: ring, session: ring });

export type FiledKey = z.infer<typeof filedKey>;
export type KeysFile = z.infer<typeof keysFile>;

/** Says what is wrong with a file of keys, and never what is in it. */
export class KeysFileError extends Error {}

/** Reads a file of keys that only its owner may read. Throws a KeysFileError. */
export function readKeysFile(path: string): KeysFile {
  const parsed = keysFile.safeParse(parse(path));
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path: place }) => place.join('.') || 'the whole');
    throw new KeysFileError(`is no file of keys; look at ${[...new Set(places)].join(', ')}`);
  }
  return parsed.data;
}

function parse(path: string): unknown {
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw new KeysFileError('may be read by others: set its mode to 0600');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof KeysFileError) throw error;
    throw new KeysFileError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new KeysFileError('is not JSON');
  }
}

/** Replaces the file whole: a reader sees the old or the new one. */
export function writeKeysFile(path: string, file: KeysFile): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(next, path);
}

export function keyringOf(keys: readonly FiledKey[]): Keyring {
  return new Keyring(keys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') })));
}

/** A new key, named by its day and a few letters: an id tells its age. */
export function newFiledKey(at: Date, prefix = ''): FiledKey {
  const id = `${prefix}${at.toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  return { id, key: randomBytes(32).toString('base64'), knownSince: at.toISOString(), retiredAt: null };
}
