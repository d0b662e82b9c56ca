// npm test: makes what the tests need (typed documents, pages, a Chromium) and runs them. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';
import { builtPages } from './pages/built.ts';

const root = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const withBrowser = wanted.length === 0 || wanted.some((argument) => /browser|journeys/.test(argument));

function run(command: string, args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  const browser: Record<string, string> = withBrowser ? { CHROMIUM_PATH: findChromium() } : {};
  run('graphql-codegen', ['--config', 'codegen.yml']);
  await builtPages(root);
  run('vitest', ['run', ...wanted], browser);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
