// What npm start runs: the server as a process that says how far it is and ends when it is told to, or left alone.
import { announce } from './announce.ts';
import { readConfig, type Config } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { explainFailure, refuseUsedPort } from './start-failures.ts';

let stopServer = async (): Promise<void> => undefined;
let stopAsked = false;

/** Drains the server and ends PostgreSQL, once. Of a server still starting, PostgreSQL's keeper sees the end and follows. */
async function stop(): Promise<void> {
  if (stopAsked) return;
  stopAsked = true;
  await stopServer();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
// The start command is gone, killed perhaps: nobody could stop this server any more.
process.on('disconnect', () => void stop());

async function start(config: Config): Promise<void> {
  await refuseUsedPort(config);
  const [{ startCordon }, { createLogger }, { demoSignIns }, { sandboxAppId }] = await Promise.all([
    import('./main.ts'),
    import('./platform/observability/logger.ts'),
    import('./demo/demo-accounts.ts'),
    import('./demo/sandbox-app.ts'),
  ]);
  const running = await startCordon(config, createLogger(config.logLevel));
  stopServer = () => running.stop();
  const sandbox = { clientId: sandboxAppId, secret: config.sandboxSecret };
  const demo = config.demoData ? { password: config.demoPassword, signIns: demoSignIns(), sandbox } : null;
  process.send?.({ ready: { url: running.url, demo, simulator: running.simulator } });
}

try {
  announce('Reading the settings …');
  await start(readConfig(process.env));
} catch (error) {
  const why = error instanceof ConfigError ? error.message : explainFailure(error);
  if (process.send) process.send({ failed: why }, () => process.exit(1));
  else {
    console.error(why);
    process.exit(1);
  }
}
