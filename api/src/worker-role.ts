import type { Config } from './config.ts';
import { withRole } from './platform/database/database.ts';
import { startWorker, type Job } from './platform/jobs/worker.ts';
import type { Logger } from './platform/observability/logger.ts';

/** Starts what ROLES=worker is for: the jobs of all rooms, as the role that owns nothing. */
export async function startWorkerRole(
  { rolePasswords }: Config,
  logger: Logger,
  ownerUrl: string,
  stops: Array<() => Promise<void>>,
): Promise<void> {
  const url = withRole(ownerUrl, 'cordon_worker', rolePasswords.worker);
  const jobs: Job[] = [];
  const worker = await startWorker(url, ownerUrl, jobs, logger);
  stops.push(() => worker.stop());
}
