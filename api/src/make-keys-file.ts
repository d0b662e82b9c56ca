// npm run keys:file: makes the file that KEYS_FILE names, with the keys that settings give until now, or new ones.
import { existsSync } from 'node:fs';
import { readKeysConfig } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import type { Keyring } from './platform/crypto/keyring.ts';
import { newFiledKey, ringNames, writeKeysFile, type FiledKey, type KeysFile } from './platform/crypto/keys-file.ts';

/** Of keys that were listed behind the first nobody knows since when: they count as just retired. */
function filed(ring: Keyring | undefined): FiledKey[] {
  const at = new Date();
  if (!ring) return [newFiledKey(at)];
  return ring.all.map(({ id, key }, place) => ({
    ...newFiledKey(at),
    id,
    key: key.export().toString('base64'),
    retiredAt: place === 0 ? null : at.toISOString(),
  }));
}

try {
  const { path, rings } = readKeysConfig(process.env);
  if (existsSync(path)) throw new ConfigError(['KEYS_FILE is there already: npm run keys:rotate changes it']);
  writeKeysFile(path, Object.fromEntries(ringNames.map((name) => [name, filed(rings[name])])) as KeysFile);
  const from = ringNames.filter((name) => rings[name]).join(', ');
  console.log(`Made: ${path}.${from ? ` Take the settings of its ${from} keys away now.` : ''}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
