import type { Config } from './config.ts';
import { KeyHolder } from './platform/crypto/key-holders.ts';
import { watchKeysFile } from './platform/crypto/watch-keys-file.ts';
import type { Logger } from './platform/observability/logger.ts';

/** Goes on with the keys that KEYS_FILE holds whenever it changes, and tells a rotation which they are. */
export function holdKeys({ keys, keysFile }: Config, logger: Logger, stops: Array<() => Promise<void>>): KeyHolder {
  const holder = new KeyHolder(keys);
  if (!keysFile) return holder;
  const watch = watchKeysFile(keysFile, keys, logger, () => void holder.report());
  stops.push(async () => watch.stop());
  return holder;
}
