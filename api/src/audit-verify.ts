// npm run audit:verify: holds the sealed audit trail against itself and against the heads outside the database. Ends with 1
// where something does not fit, with 2 where it could not look.
import { join } from 'node:path';
import { readVerifyConfig } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { findingTexts, type AuditFindings } from './platform/audit/findings.ts';
import { AuditHeads } from './platform/audit/heads.ts';
import { verifyAudit } from './platform/audit/verify-audit.ts';
import { openDatabase } from './platform/database/database.ts';
import { joinEmbeddedPostgres } from './platform/database/embedded-postgres.ts';
import { explainFailure } from './start-failures.ts';

// A page of a trail of years may take longer than a request may.
const longestMs = 60_000;

function tell({ province, blocks, entries, late, headsBehind, unsealed, found }: AuditFindings): void {
  if (blocks + unsealed.entries + found.length === 0) return;
  const waiting = unsealed.oldest ? `, ${unsealed.entries} wait since ${unsealed.oldest.toISOString()}` : '';
  const behind = headsBehind > 0 ? `, ${headsBehind} blocks have no head yet` : '';
  console.log(`${province}: ${entries} entries in ${blocks} blocks, ${late} late${behind}${waiting}`);
  for (const { kind, block, detail } of found)
    console.log(`  ✗ block ${block}: ${findingTexts[kind]} (${kind}): ${detail}`);
}

try {
  const { databaseUrl, dataDir, embeddedPassword, auditHeads } = readVerifyConfig(process.env);
  const directory = join(dataDir, 'postgres');
  const embedded = databaseUrl ? null : await joinEmbeddedPostgres({ directory, password: embeddedPassword });
  const database = await openDatabase({
    url: databaseUrl ?? embedded?.url ?? '',
    poolSize: 1,
    entities: [],
    longestMs,
    onError: () => undefined,
  });
  let problems = 0;
  try {
    for await (const findings of verifyAudit(database, new AuditHeads(auditHeads))) {
      tell(findings);
      problems += findings.found.length;
    }
  } finally {
    await database.close();
    await embedded?.stop();
  }
  console.log(problems === 0 ? 'The audit trail is whole.' : `The audit trail is NOT whole: ${problems} findings.`);
  process.exitCode = problems === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : explainFailure(error));
  process.exitCode = 2;
}
