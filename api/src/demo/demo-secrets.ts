import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFiledKey, writeKeysFile, type FiledKey } from '../platform/crypto/keys-file.ts';

/** What a demo makes for itself once and keeps, so that the second start opens what the first one sealed. */
export interface DemoSecrets {
  embeddedPassword: string;
  apiPassword: string;
  workerPassword: string;
  demoPassword: string;
  sandboxSecret: string;
}

/** Demos of earlier versions kept one key of each ring here. */
interface EarlierSecrets extends DemoSecrets {
  sealingKeys: string;
  lookupKeys: string;
  signingKeys: string;
  sessionKeys: string;
}

/** Reads DATA_DIR/secrets.json, or makes it (mode 0600). */
export function demoSecrets(dataDir: string): DemoSecrets {
  const file = join(dataDir, 'secrets.json');
  const kept = readKept(file);
  // What a later version adds, an older demo still lacks.
  const made: DemoSecrets = { ...newSecrets(), ...kept };
  if (kept && Object.keys(newSecrets()).every((name) => name in kept)) return made;
  makeDirectory(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

/** The demo's file of keys, made at its first start. Ids start with `demo-`: production refuses them. */
export function demoKeysFile(dataDir: string): string {
  const path = join(dataDir, 'keys.json');
  if (existsSync(path)) return path;
  const { sealingKeys, lookupKeys, signingKeys, sessionKeys } = readKept(join(dataDir, 'secrets.json')) ?? {};
  makeDirectory(dataDir);
  writeKeysFile(path, {
    sealing: [demoKey(sealingKeys)],
    lookup: [demoKey(lookupKeys)],
    signing: [demoKey(signingKeys)],
    session: [demoKey(sessionKeys)],
  });
  return path;
}

function demoKey(earlier: string | undefined): FiledKey {
  const made = newFiledKey(new Date(), 'demo-');
  const [id, key] = earlier?.split(':') ?? [];
  return id && key ? { ...made, id, key } : made;
}

// Others may enter, but not read, what PostgreSQL keeps below: started by root, it runs as another user.
const makeDirectory = (dataDir: string) => mkdirSync(dataDir, { recursive: true, mode: 0o755 });

function readKept(file: string): Partial<EarlierSecrets> | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<EarlierSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read: repair it, or remove DATA_DIR to start a new demo.`, { cause: error });
  }
}

function newSecrets(): DemoSecrets {
  const password = () => randomBytes(24).toString('base64url');
  return {
    embeddedPassword: password(),
    apiPassword: password(),
    workerPassword: password(),
    demoPassword: readablePassword(),
    sandboxSecret: password(),
  };
}

/** Four groups of four that can be read aloud and typed on a phone: 64 bits and more, without look-alikes. */
function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  return Array.from({ length: 4 }, group).join('-');
}
