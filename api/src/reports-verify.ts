// npm run reports:verify [-- --mend]: counts the passages that are stored anew and tells which counts of the reports are others.
// Ends with 1 where any is, with 2 where it could not look; with --mend they are mended.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readVerifyConfig } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import type { Database } from './platform/database/database.ts';
import { inTransaction, noRows } from './platform/database/transaction.ts';
import { verifyRollups, type Difference } from './reports/verify-rollups.service.ts';
import { explainFailure } from './start-failures.ts';
import { provinceCodes } from './territory/provinces.service.ts';
import { withOwner } from './with-owner.ts';

// A day of a large province is counted in some seconds.
const longestMs = 120_000;

const placeOf = ({ table, checkpointId, hour }: Difference) =>
  [table, checkpointId ?? 'the province', hour?.toISOString() ?? ''].join(' ').trimEnd();

async function verify(database: Database, mend: boolean): Promise<number> {
  const provinces = await inTransaction(database, noRows, provinceCodes);
  let [days, hours, found] = [0, 0, 0];
  for await (const one of verifyRollups(database, provinces, { at: new Date(), mend })) {
    days += 1;
    hours += one.hours;
    found += one.differences.length;
    for (const difference of one.differences) console.log(`  ✗ ${one.province} ${one.day} ${placeOf(difference)}`);
  }
  console.log(`${days} days of provinces, ${hours} hours of checkpoints were counted anew.`);
  return found;
}

try {
  const { values } = parseArgs({ options: { mend: { type: 'boolean', default: false } } });
  const found = await withOwner(readVerifyConfig(process.env), { longestMs }, (database) =>
    verify(database, values.mend),
  );
  if (found === 0) console.log('The reports count what is stored.');
  else console.log(values.mend ? `${found} counts were mended.` : `${found} counts are NOT what is stored.`);
  process.exitCode = found === 0 || values.mend ? 0 : 1;
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : explainFailure(error));
  process.exitCode = 2;
}
