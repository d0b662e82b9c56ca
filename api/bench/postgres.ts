import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type RunningPostgres } from '#api/platform/database/embedded-postgres.ts';

// The same for both sides: room for the data in memory, and no checkpoint in the middle of a round.
const settings = [
  'shared_buffers=1GB',
  'max_wal_size=8GB',
  'checkpoint_timeout=30min',
  'max_connections=150',
  'autovacuum=off',
  'track_activities=on',
  // When a passage was committed, for how long it took to reach a screen.
  'track_commit_timestamp=on',
];

/** The bench's own PostgreSQL; `keptIn` keeps its data for the next run, else it is gone with `stop`. */
export async function startPostgres(keptIn: string | undefined): Promise<RunningPostgres> {
  const directory = keptIn ?? mkdtempSync(join(tmpdir(), 'cordon-bench-'));
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), password: 'bench', settings });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      if (!keptIn) rmSync(directory, { recursive: true, force: true });
    },
  };
}
