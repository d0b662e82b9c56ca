import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 6_000;

/**
 * Waits for the PostgreSQL of a start that was killed, whose keeper is just ending it; ends one that lost its keeper too.
 * Throws where another Cordon holds the directory. Only where /proc tells who runs there: elsewhere PostgreSQL itself says.
 */
export async function refuseHeldDirectory(directory: string): Promise<void> {
  let holder = holderOf(directory);
  if (holder !== null && !hasKeeper(holder)) process.kill(holder, 'SIGINT');
  for (const end = Date.now() + patienceMs; holder !== null && Date.now() < end; holder = holderOf(directory))
    await sleep(100);
  if (holder === null) return;
  throw new Error(
    `DATA_DIR ${dirname(directory)} is in use: its PostgreSQL runs as process ${holder} of another Cordon. Stop that one, or set another DATA_DIR.`,
  );
}

/** The port of the PostgreSQL that another process of ours runs on this directory; null where none does. */
export function portInUse(directory: string): number | null {
  if (holderOf(directory) === null) return null;
  const [, , , port] = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
  return Number(port) || null;
}

/** The process that runs on this directory, by its postmaster.pid; a number that was given to another process is none. */
function holderOf(directory: string): number | null {
  const file = join(directory, 'postmaster.pid');
  if (!existsSync('/proc/self') || !existsSync(file)) return null;
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory) ? pid : null;
  } catch {
    return null;
  }
}

function hasKeeper(pid: number): boolean {
  try {
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
    return readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes('embedded-postgres-process');
  } catch {
    // What cannot be read belongs to somebody else: leave it alone.
    return true;
  }
}
