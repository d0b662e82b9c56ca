import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program of one of these names lies: on the PATH, or in one of the directories. */
export function programOnPath(names: readonly string[], others: readonly string[]): string | null {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...others];
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isProgram) ?? null;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs Debian's package where this may be done. */
export function installFromDebian(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  console.log(`There is no ${name} here: installing Debian’s …`);
  aptGet('update');
  aptGet('install', '-y', '--no-install-recommends', name);
}

function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    console.error(`apt-get ${args[0] ?? ''} failed.`);
  }
}
