import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
}
const lockfile = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const installed = Object.entries(lockfile.packages).filter(([path, { link }]) => path !== '' && !link);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The first versions without a hole known in November 2026, of packages that had one; all copies must be at or above. */
const floors: Record<string, string> = {
  '@mikro-orm/core': '7.1.7', // SQL injection by object keys, identifiers and orderBy: CVE-2026-34220, CVE-2026-84993
  '@mikro-orm/postgresql': '7.1.7',
  '@mikro-orm/sql': '7.1.7',
  '@apollo/server': '5.5.0', // CVE-2026-23897, GHSA-9q82-xgwf-vj6h
  fastify: '5.8.3', // CVE-2026-25223, -25224, -3635 and before
  ws: '8.21.1', // CVE-2026-62389
  jose: '6.0.0', // 2, 4 and 5 are at their end of life
  'fast-xml-parser': '5.7.0', // CVE-2026-33349
};

/** Packages with a hole that no release mends, or that no longer come by npm. */
const refused = ['exceljs', 'xlsx', 'primevue'];

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => (text.split('-')[0] ?? '').split('.').map(Number));
  for (const place of [0, 1, 2]) {
    const difference = (have?.[place] ?? 0) - (need?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return !version.includes('-');
}

test('no package is older than the first version without its known holes', () => {
  const older = installed.flatMap(([path, { version = '0' }]) => {
    const floor = floors[nameOf(path)];
    return floor === undefined || isAtLeast(version, floor) ? [] : [`${path} ${version}`];
  });
  expect(older).toEqual([]);
  expect(isAtLeast('5.8.2', '5.8.3')).toBe(false);
  expect(isAtLeast('10.0.0', '9.9.9')).toBe(true);
});

test('no package with an unmended hole is installed', () => {
  expect(installed.map(([path]) => nameOf(path)).filter((name) => refused.includes(name))).toEqual([]);
});

test('what npm installs is what was locked: every package has its sha512, from the registry', () => {
  const loose = installed.filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'));
  expect(loose.map(([path]) => path)).toEqual([]);
  const elsewhere = installed.filter(
    ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
});

test('a package that has a part for each platform is locked with all of them, or npm ci refuses the lockfile', () => {
  const paths = new Set(installed.map(([path]) => path));
  const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((part) => !placesFrom(path).some((place) => paths.has(`${place}${part}`))),
  );
  expect(missing).toEqual([]);
});

/** Where Node looks for what a package at this path asks for: its own node_modules, then those above it. */
function placesFrom(path: string): string[] {
  const above = path.split('/node_modules/').slice(0, -1);
  const folders = above.map((_, index) =>
    path
      .split('/node_modules/')
      .slice(0, index + 1)
      .join('/node_modules/'),
  );
  return ['node_modules/', ...[...folders, path].map((folder) => `${folder}/node_modules/`)];
}

test.each(['graphql', 'vue', '@urql/core', '@mikro-orm/core', 'typescript'])('there is one %s only', (wanted) => {
  expect(installed.map(([path]) => path).filter((path) => nameOf(path) === wanted)).toHaveLength(1);
});
