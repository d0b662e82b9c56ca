import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

/** Keeps the citizen's pages, and nothing of the other surfaces, on the phone: a pass opens again without network. */
export function citizenServiceWorker(): Plugin[] {
  let dist = '';
  const where: Plugin = {
    name: 'cordon-dist',
    configResolved: ({ root, build }) => void (dist = resolve(root, build.outDir)),
  };
  const worker = VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/citizen',
    filename: 'sw.ts',
    manifest: false,
    injectRegister: null,
    injectManifest: {
      // As an ES module the worker ends in an export, which browsers refuse to evaluate.
      rollupFormat: 'iife',
      globPatterns: ['index.html', '*.svg', 'assets/*'],
      manifestTransforms: [
        (entries) => {
          const own = citizenFiles(readManifest(dist));
          return Promise.resolve({ manifest: entries.filter(({ url }) => !url.startsWith('assets/') || own.has(url)) });
        },
      ],
    },
  });
  return [where, ...worker];
}

/** Empty after a build that failed: what failed is said then, not that a file is missing. */
function readManifest(dist: string): Record<string, Chunk> {
  const file = join(dist, '.vite/manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>) : {};
}

/** Every file that the citizen's page can reach, what it loads later included. */
function citizenFiles(manifest: Record<string, Chunk>): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  visit('index.html');
  return files;
}
