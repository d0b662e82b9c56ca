// npm run keys:rotate -- sealing|lookup|signing|session [--now] [--finish] [--wait=seconds]
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig, type Config } from './config.ts';
import { StillWaiting } from './keys/await-holders.ts';
import { Rekeying } from './keys/rekeying.ts';
import { KeyRotation, TooEarly } from './keys/rotate-keys.ts';
import { ConfigError } from './platform/config-error.ts';
import { ringNames } from './platform/crypto/keys-file.ts';
import { inTransaction, noRows } from './platform/database/transaction.ts';
import { explainFailure } from './start-failures.ts';
import { provinceCodes } from './territory/provinces.service.ts';
import { withOwner } from './with-owner.ts';

const usage = 'npm run keys:rotate -- sealing|lookup|signing|session [--now] [--finish] [--wait=seconds]';
const longestPageMs = 60_000;

const asked = z.object({
  ring: z.enum(ringNames),
  now: z.boolean(),
  finish: z.boolean(),
  wait: z.coerce.number().positive(),
});

function readArguments(): z.infer<typeof asked> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      now: { type: 'boolean', default: false },
      finish: { type: 'boolean', default: false },
      wait: { type: 'string', default: '300' },
    },
  });
  return asked.parse({ ...values, ring: positionals[0] });
}

async function rotate(config: Config, { ring, now, finish, wait }: z.infer<typeof asked>): Promise<void> {
  const { keysFile, mode } = config;
  if (!keysFile?.rings.includes(ring))
    throw new ConfigError([
      `KEYS_FILE does not hold the ${ring} keys: a setting gives them, and they are changed there`,
    ]);
  await withOwner(config, { longestMs: longestPageMs }, async (database) => {
    const rekeying = new Rekeying(database, await inTransaction(database, noRows, provinceCodes));
    const idPrefix = mode === 'demo' ? 'demo-' : '';
    const parts = { database, rekeying, path: keysFile.path, idPrefix, waitMs: wait * 1_000, say: console.log };
    const rotation = new KeyRotation(parts, ring);
    await (finish ? rotation.finish() : rotation.rotate({ atOnce: now }));
  });
}

try {
  await rotate(readConfig(process.env), readArguments());
} catch (error) {
  const told = error instanceof StillWaiting || error instanceof TooEarly;
  console.error(error instanceof z.ZodError ? usage : told ? error.message : explainFailure(error));
  process.exitCode = 1;
}
