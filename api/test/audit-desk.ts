import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditHeads } from '../src/platform/audit/heads.ts';
import { Sealer } from '../src/platform/audit/sealer.ts';
import { verifyAudit } from '../src/platform/audit/verify-audit.ts';
import { writeAudit, type AuditEntry } from '../src/platform/audit/audit.ts';
import { SigningKeys } from '../src/platform/crypto/signing.ts';
import { openDatabase, withRole } from '../src/platform/database/database.ts';
import { inTransaction, wholeProvinces } from '../src/platform/database/transaction.ts';
import { createLogger } from '../src/platform/observability/logger.ts';
import { testKeys, testRolePasswords } from './test-config.ts';

const open = (url: string) => openDatabase({ url, poolSize: 3, entities: [], onError: () => undefined });

/** The sealer's and the auditor's ends of a database, with heads of its own; what is written now can be sealed at once. */
export async function auditDesk(ownerUrl: string) {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-heads-'));
  const heads = new AuditHeads(directory);
  const databases = {
    owner: await open(ownerUrl),
    api: await open(withRole(ownerUrl, 'cordon_api', testRolePasswords.api)),
    worker: await open(withRole(ownerUrl, 'cordon_worker', testRolePasswords.worker)),
  };
  const newSealer = (into = heads, keyring = testKeys.signing) =>
    new Sealer({
      database: databases.worker,
      heads: into,
      keys: new SigningKeys(keyring),
      logger: createLogger('silent'),
    });
  const sealer = newSealer();
  return {
    heads,
    databases,
    newSealer,
    enter: (entry: Partial<AuditEntry> & { action: string }, provinceCode = '38') =>
      inTransaction(databases.api, wholeProvinces([provinceCode]), (tx) =>
        writeAudit(tx, { provinceCode, actorId: null, role: 'ADMIN', unitId: `${provinceCode}@2021`, ...entry }),
      ),
    /** Whatever is there now, without waiting for it to be 30 s old. */
    seal: (before = new Date(Date.now() + 1), by = sealer) => by.seal(before),
    async findings(from = heads) {
      const found: string[] = [];
      for await (const findings of verifyAudit(databases.owner, from))
        found.push(...findings.found.map(({ province, kind, block }) => `${province} ${block} ${kind}`));
      return found;
    },
    async stop() {
      await Promise.all(Object.values(databases).map((each) => each.close()));
      await rm(directory, { recursive: true });
    },
  };
}
