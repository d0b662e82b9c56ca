import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** CPU seconds that a process used so far, all its threads; null where there is no /proc. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + nanoseconds(`/proc/${pid}/task/${thread}/schedstat`), 0) / 1e9;
  } catch {
    return null;
  }
}

const nanoseconds = (path: string): number => Number(readFileSync(path, 'utf8').split(' ')[0]);

export interface Cpu {
  process: number | null;
  postgres: number | null;
}

/** Reads what a process and the Postgres backends of its connections used between two calls. */
export class CpuMeter {
  readonly #owner: pg.Client;
  readonly #pid: number;
  readonly #applicationName: string;

  constructor(owner: pg.Client, pid: number, applicationName: string) {
    this.#owner = owner;
    this.#pid = pid;
    this.#applicationName = applicationName;
  }

  async start(): Promise<() => Promise<Cpu>> {
    const [ownBefore, backendsBefore] = [cpuSecondsOf(this.#pid), await this.#backends()];
    return async () => {
      const own = cpuSecondsOf(this.#pid);
      const backends = await this.#backends();
      const used = [...backends].map(([pid, seconds]) =>
        seconds === null ? null : seconds - (backendsBefore.get(pid) ?? 0),
      );
      return {
        process: own === null || ownBefore === null ? null : own - ownBefore,
        postgres: used.some((seconds) => seconds === null)
          ? null
          : used.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0),
      };
    };
  }

  async #backends(): Promise<Map<number, number | null>> {
    const { rows } = await this.#owner.query<{ pid: number }>(
      'select pid from pg_stat_activity where application_name = $1',
      [this.#applicationName],
    );
    return new Map(rows.map(({ pid }) => [pid, cpuSecondsOf(pid)]));
  }
}
