import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from './partner-desk.ts';
import { asOnThePage, blocksOf, scriptsOf } from './partners-page.ts';
import { startServer, type TestServer } from './server.ts';

// docs/partners.md promises that its examples are run: as one shell session in an empty folder, as a reader would.
const root = join(import.meta.dirname, '../..');
const blocks = blocksOf(new URL('../../docs/partners.md', import.meta.url));
const scripts = scriptsOf(blocks);
const withoutCurl = spawnSync('curl', ['--version']).error !== undefined;

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'cordon-partner-'));
  copyFileSync(join(root, 'schema.graphql'), join(folder, 'schema.graphql'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, text } of blocks) if (file) writeFileSync(join(folder, file), text);
  mkdirSync(join(folder, 'bin'));
  if (withoutCurl) symlinkSync(join(import.meta.dirname, 'outside-client/curl.mjs'), join(folder, 'bin/curl'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const mark = (position: number) => `--- after script ${position} ---`;

/** Runs all scripts of the page in one shell; what each printed, in order. */
async function runScripts(): Promise<string[]> {
  const app = await createApp(server);
  const session = scripts.map(({ script }, position) => `${script}echo '${mark(position)}'\n`).join('');
  const { stdout } = await promisify(execFile)('bash', ['--norc', '--noprofile', '-euo', 'pipefail', '-c', session], {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'bin')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      LANG: 'C.UTF-8',
      CORDON_URL: server.url,
      CLIENT_ID: app.id,
      CLIENT_SECRET: app.secret,
    },
  });
  let rest = stdout;
  return scripts.map((_, position) => {
    const [printed = '', ...more] = rest.split(`${mark(position)}\n`);
    rest = more.join('');
    return printed;
  });
}

it('the examples of docs/partners.md print what the page says', { timeout: 120_000 }, async () => {
  const printed = await runScripts();
  for (const [position, { printed: expected }] of scripts.entries()) {
    if (!expected) continue;
    const text = printed[position] ?? '';
    if (expected.language === 'text') expect(text).toBe(expected.text);
    else {
      const page: unknown = JSON.parse(expected.text);
      expect(asOnThePage(JSON.parse(text), page)).toEqual(page);
    }
  }
});

it('the typed client of docs/partners.md is right by its types', { timeout: 120_000 }, async () => {
  const run = (command: string, args: string[]) =>
    promisify(execFile)(join(root, 'node_modules/.bin', command), args, { cwd: folder });
  await run('graphql-codegen', ['--config', 'codegen.yml']);
  const strict = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler'];
  const settings = ['--target', 'es2024', '--allowImportingTsExtensions', '--types', 'node'];
  await run('tsc', [...strict, ...settings, 'read.ts']);
});
