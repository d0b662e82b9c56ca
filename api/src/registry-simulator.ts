// What npm run registry starts, and a demo beside itself: a population database of made-up people, with faults on demand.
import { readSimulatorConfig } from './config-simulator.ts';
import { startSimulator, type SimulatorAddresses } from './demo/registry/start-simulator.ts';

const stop = () => process.exit(0);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// The server that started it is gone.
process.on('disconnect', stop);

function say({ url, control }: SimulatorAddresses): void {
  if (process.send) process.send({ ready: { url, control } });
  else
    console.log(`Simulated population database: ${url}/soap and ${url}/json, token ${url}/token\nFaults: ${control}`);
}

// Two demos run side by side: each takes what is free.
const ports = process.argv.includes('beside-a-demo') ? { port: 0, controlPort: 0 } : undefined;

try {
  say(await startSimulator(readSimulatorConfig(process.env, ports)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
