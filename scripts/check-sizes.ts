// npm run check:sizes: what each page's first load weighs, and that the citizen's carries nothing of the other surfaces.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtPages } from './pages/built.ts';
import { firstLoad, operationNames, reachable, type Manifest } from './pages/built-pages.ts';

const root = join(import.meta.dirname, '..');
const dist = await builtPages(root);
const kB = 1000;
const limits = {
  citizen: { page: 'index.html', most: 120 * kB, aim: 45 * kB },
  officer: { page: 'officer/index.html', most: 160 * kB, aim: null },
  admin: { page: 'admin/index.html', most: 250 * kB, aim: null },
};

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
const problems: string[] = [];

for (const [surface, { page, most, aim }] of Object.entries(limits)) {
  const files = firstLoad(manifest, page).filter((file) => file.endsWith('.js'));
  if (files.length === 0) problems.push(`${surface}: no JavaScript was found for ${page}`);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
  const aimed = aim === null ? '' : `, aim ${aim / kB}`;
  console.log(`${surface}: ${(bytes / kB).toFixed(1)} kB of gzipped JavaScript at first, at most ${most / kB}${aimed}`);
  if (bytes > most) problems.push(`${surface}: the first load is over ${most / kB} kB: ${files.join(', ')}`);
}

const citizens = [...reachable(manifest, limits.citizen.page), 'sw.js'].filter((file) => existsSync(join(dist, file)));
const foreign = ['officer', 'admin'].flatMap((surface) => operationNames(join(root, 'admin-ui/src', surface)));
const own = new Set(['citizen', 'ui', 'session'].flatMap((part) => operationNames(join(root, 'admin-ui/src', part))));
for (const file of citizens) {
  const text = readFileSync(join(dist, file), 'utf8');
  for (const name of foreign) {
    if (!own.has(name) && new RegExp(`\\b${name}\\b`).test(text))
      problems.push(`citizen: ${file} holds the operation ${name}`);
  }
  if (/\.wasm\b/.test(file + text)) problems.push(`citizen: ${file} is or names WebAssembly`);
}
console.log(
  `${citizens.length} files of the citizen's hold none of ${foreign.length} operations of officers and administrators`,
);
if (!readdirSync(dist).includes('sw.js')) problems.push('citizen: no service worker was built');

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
