import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a demo makes for itself once and keeps, so that the second start opens what the first one sealed. */
export interface DemoSecrets {
  embeddedPassword: string;
  apiPassword: string;
  workerPassword: string;
  sealingKeys: string;
  lookupKeys: string;
  signingKeys: string;
  sessionKeys: string;
  demoPassword: string;
}

/** Reads DATA_DIR/secrets.json, or makes it (mode 0600). Key ids start with `demo-`: production refuses them. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const file = join(dataDir, 'secrets.json');
  const kept = readKept(file);
  // What a later version adds, an older demo still lacks.
  const made: DemoSecrets = { ...newSecrets(), ...kept };
  if (kept && Object.keys(made).every((name) => name in kept)) return made;
  // Others may enter, but not read, what PostgreSQL keeps below: started by root, it runs as another user.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

function readKept(file: string): Partial<DemoSecrets> | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read: repair it, or remove DATA_DIR to start a new demo.`, { cause: error });
  }
}

function newSecrets(): DemoSecrets {
  const key = () => `demo-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
  const password = () => randomBytes(24).toString('base64url');
  return {
    embeddedPassword: password(),
    apiPassword: password(),
    workerPassword: password(),
    sealingKeys: key(),
    lookupKeys: key(),
    signingKeys: key(),
    sessionKeys: key(),
    demoPassword: readablePassword(),
  };
}

/** Four groups of four that can be read aloud and typed on a phone: 64 bits and more, without look-alikes. */
function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  return Array.from({ length: 4 }, group).join('-');
}
