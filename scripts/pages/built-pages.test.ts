import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstLoad, operationNames, reachable, type Manifest } from './built-pages.ts';

const manifest: Manifest = {
  'index.html': { file: 'citizen.js', imports: ['_vue'], dynamicImports: ['qr.ts'], css: ['citizen.css'] },
  _vue: { file: 'vue.js', imports: ['index.html'] },
  'qr.ts': { file: 'qr.js', assets: ['qr.wasm'] },
  'officer/index.html': { file: 'officer.js', imports: ['_vue'] },
};

test('a first load is the entry and its static imports, each once', () => {
  expect(firstLoad(manifest, 'index.html')).toEqual(['citizen.js', 'citizen.css', 'vue.js']);
});

test('what a page can come to load includes its later imports and their files', () => {
  expect(reachable(manifest, 'index.html')).toEqual(['citizen.js', 'citizen.css', 'vue.js', 'qr.js', 'qr.wasm']);
});

test('operations and fragments are found in the documents of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  mkdirSync(join(folder, 'scan'));
  writeFileSync(
    join(folder, 'scan/scan.graphql'),
    'query Scan { scan { ...Pass } } fragment Pass on Declaration { id }',
  );
  expect(operationNames(folder)).toEqual(['Scan', 'Pass']);
});
