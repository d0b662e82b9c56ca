// npm run check: everything that can be said without running the system. Each part also runs alone: npm run check:lint.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const parts = ['types', 'lint', 'sizes', 'format', 'floors', 'schema', 'migrations', 'dead-code'];
const atOnce = 2;

interface Outcome {
  part: string;
  passed: boolean;
  said: string;
  seconds: string;
}

function run(script: string): Promise<Outcome> {
  const startedAt = performance.now();
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      resolve({ part: script, passed: code === 0, said: said.trimEnd(), seconds });
    });
  });
}

function tell({ part, passed, said, seconds }: Outcome): void {
  console.log(`${passed ? '✓' : '✗'} ${part} (${seconds} s)`);
  if (said) console.log(said.replace(/^/gm, '    '));
}

const outcomes = [await run('codegen')];
const waiting = parts.map((part) => `check:${part}`);
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const outcome = await run(next);
    outcomes.push(outcome);
    tell(outcome);
  }
}
await Promise.all(Array.from({ length: atOnce }, work));

const failed = outcomes.filter(({ passed }) => !passed).map(({ part }) => part);
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
