import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const texts = /\.(js|css|html|svg|json|wasm|webmanifest)$/;
const worthwhile = 1_000;

/** Writes a .br and a .gz beside each text once at build time: the server sends them as they are, also over 3G. */
export function precompress(): Plugin {
  let directory = '';
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }))
          compress(join(directory, file));
      },
    },
  };
}

function compress(path: string): void {
  if (!texts.test(path) || statSync(path).size < worthwhile) return;
  const text = readFileSync(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: path.endsWith('.wasm') ? 9 : 11 };
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
}
