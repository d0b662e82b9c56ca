// npm run dev: the API and the pages, each renewed when its files change. The pages are on http://localhost:5173.
import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const env = { ...process.env, API_URL: `http://localhost:${process.env['PORT'] ?? '4000'}` };
const start = (command: string, ...args: string[]): ChildProcess =>
  spawn(join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit', env });

const typeDocuments = () => new Promise((done) => start('graphql-codegen', '--config', 'codegen.yml').on('exit', done));
await typeDocuments();
let typing: Promise<unknown> | null = null;
watch(join(root, 'admin-ui/src'), { recursive: true }, (_, file) => {
  if (file?.endsWith('.graphql')) typing ??= typeDocuments().finally(() => (typing = null));
});

const running = [start('tsx', 'watch', '--clear-screen=false', 'api/src/serve.ts'), start('vite', 'admin-ui')];
// A Ctrl-C reaches them by itself, as members of the terminal's group; each ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGTERM');
  });
}
await Promise.all(running.map((child) => new Promise((resolve) => child.on('exit', resolve))));
process.exit();
