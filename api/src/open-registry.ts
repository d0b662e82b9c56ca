import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RegistryConfig } from './config-registry.ts';
import type { SimulatorAddresses } from './demo/registry/start-simulator.ts';
import { simulatorClient } from './demo/registry/simulated-tokens.ts';
import { usualElements, type RegistrySettings } from './registry/registry-settings.ts';

/** How the population database is reached; null where none is asked. */
export interface OpenRegistry {
  settings: RegistrySettings | null;
  simulator: SimulatorAddresses | null;
}

/** Starts a demo's simulator; another population database runs without us. */
export async function openRegistry(config: RegistryConfig, stops: Array<() => Promise<void>>): Promise<OpenRegistry> {
  if (config.kind === 'none') return { settings: null, simulator: null };
  if (config.kind !== 'simulator') return { settings: config, simulator: null };
  const simulator = await forkSimulator(stops);
  return { settings: settingsOf(simulator), simulator };
}

async function forkSimulator(stops: Array<() => Promise<void>>): Promise<SimulatorAddresses> {
  const child = fork(fileURLToPath(new URL('./registry-simulator.ts', import.meta.url)), ['beside-a-demo'], {
    execArgv: ['--import', 'tsx'],
  });
  const exited = once(child, 'exit');
  stops.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await exited;
  });
  const [answer] = (await Promise.race([once(child, 'message'), exited])) as [{ ready: SimulatorAddresses } | number];
  if (typeof answer !== 'object') throw new Error(`The simulated population database ended with ${answer}.`);
  return answer.ready;
}

function settingsOf({ url }: SimulatorAddresses): RegistrySettings {
  return {
    kind: 'soap',
    url: `${url}/soap`,
    token: { url: `${url}/token`, ...simulatorClient },
    message: {
      elements: usualElements,
      codes: { MaDVC: 'demo', MaTichHop: '037', MaDonVi: 'demo', MaCanBo: 'demo' },
      dateFormat: 'yyyyMMdd',
      names: 'UPPER',
      requestNamespace: 'http://dancuquocgia.bca',
      responseNamespace: 'http://www.mic.gov.vn/dancu/1.0',
    },
    transport: { certificate: null, key: null, authority: null, proxy: null, timeoutMs: 10_000 },
  };
}
