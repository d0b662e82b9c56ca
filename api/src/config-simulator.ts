import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SimulatorSettings } from './demo/registry/start-simulator.ts';
import { ConfigError } from './platform/config-error.ts';

const port = z.coerce.number('must be a port').int('must be a port').min(0).max(65_535);
const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    context.addIssue('must be a file that can be read');
    return z.NEVER;
  }
});

const settings = z.object({
  REGISTRY_SIMULATOR_HOST: z.string().default('127.0.0.1'),
  REGISTRY_SIMULATOR_PORT: port.optional(),
  REGISTRY_SIMULATOR_CONTROL_PORT: port.optional(),
  REGISTRY_SIMULATOR_SEED: z.coerce.number().int().min(0).max(999_999).default(38),
  REGISTRY_SIMULATOR_CERTIFICATE_FILE: file.optional(),
  REGISTRY_SIMULATOR_KEY_FILE: file.optional(),
  REGISTRY_SIMULATOR_CLIENT_CA_FILE: file.optional(),
});

/** What the simulated population database is started with. Throws a ConfigError. */
export function readSimulatorConfig(
  env: Readonly<Record<string, string | undefined>>,
  usual = { port: 4100, controlPort: 4101 },
): SimulatorSettings {
  const parsed = settings.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`));
  const read = parsed.data;
  const { REGISTRY_SIMULATOR_CERTIFICATE_FILE: certificate, REGISTRY_SIMULATOR_KEY_FILE: key } = read;
  return {
    host: read.REGISTRY_SIMULATOR_HOST,
    port: read.REGISTRY_SIMULATOR_PORT ?? usual.port,
    controlPort: read.REGISTRY_SIMULATOR_CONTROL_PORT ?? usual.controlPort,
    seed: read.REGISTRY_SIMULATOR_SEED,
    tls: certificate && key ? { certificate, key, authority: read.REGISTRY_SIMULATOR_CLIENT_CA_FILE ?? null } : null,
  };
}
