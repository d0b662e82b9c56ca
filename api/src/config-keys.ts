import { existsSync } from 'node:fs';
import { ConfigError } from './platform/config-error.ts';
import type { Keyring } from './platform/crypto/keyring.ts';
import type { Keys } from './platform/crypto/keys.ts';
import { KeysFileError, keyringOf, readKeysFile, ringNames, type RingName } from './platform/crypto/keys-file.ts';
import type { KeysSource } from './platform/crypto/watch-keys-file.ts';

export const keySettings = {
  sealing: 'SEALING_KEYS',
  lookup: 'LOOKUP_KEYS',
  signing: 'SIGNING_KEYS',
  session: 'SESSION_KEYS',
} as const satisfies Record<RingName, string>;

export interface KeyConfig {
  keys: Keys;
  /** The file that the keys come from, which may change while the server runs; null where settings give all of them. */
  keysFile: KeysSource | null;
}

/** A ring that a setting gives stays as it is; the others come from the file. */
export function readKeys(given: Partial<Record<RingName, Keyring | undefined>>, path: string | null): KeyConfig {
  const rings = ringNames.filter((name) => !given[name]);
  if (rings.length === 0) return { keys: given as Keys, keysFile: null };
  if (!path || !existsSync(path)) throw new ConfigError(['KEYS_FILE is not there']);
  const filed = fileRings(path);
  return { keys: { ...filed, ...present(given) }, keysFile: { path, rings } };
}

function present(given: Partial<Record<RingName, Keyring | undefined>>): Partial<Keys> {
  return Object.fromEntries(Object.entries(given).filter(([, keyring]) => keyring !== undefined));
}

function fileRings(path: string): Keys {
  try {
    const file = readKeysFile(path);
    return {
      sealing: keyringOf(file.sealing),
      lookup: keyringOf(file.lookup),
      signing: keyringOf(file.signing),
      session: keyringOf(file.session),
    };
  } catch (error) {
    throw error instanceof KeysFileError ? new ConfigError([`KEYS_FILE ${error.message}`]) : error;
  }
}

type Given = Readonly<Record<string, string | undefined>>;

/** In production every ring is given once, and none is a demo's. */
export function unfitKeySettings(given: Given): string[] {
  const names = Object.values(keySettings);
  const set = names.filter((name) => given[name] !== undefined);
  if (given['KEYS_FILE'] === undefined) return set.flatMap((name) => demoKeyProblem(name, ids(given[name])));
  return set.map((name) => `${name} is set beside KEYS_FILE: the file holds all keys`);
}

export function demoKeyProblem(name: string, keyIds: readonly string[]): string[] {
  return keyIds.some((id) => /^demo/i.test(id)) ? [`${name} holds a demo key: make keys of your own`] : [];
}

const ids = (setting: string | undefined) => (setting ?? '').split(',').map((entry) => entry.trim());
