import { dropAttemptsPastTime, dropSessionsPastTime } from '../accounts/account-retention.service.ts';
import { dropErrorsPastTime, dropUsePastTime } from '../accounts/partner-apps/partner-use-retention.service.ts';
import {
  dropFormsOfElsewhere,
  dropOpenedDeclarations,
  dropUnheldDeclarations,
} from '../declarations/declaration-retention.service.ts';
import { dropArrivalsPastTime } from '../passages/arrivals/arrival-retention.service.ts';
import { dropUnheldPassages } from '../passages/passage-retention.service.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows } from '../platform/database/transaction.ts';
import { dropExportsPastTime } from '../reports/exports/expire-exports.service.ts';
import { dropVerificationsOfNobody } from '../registry/verification-retention.service.ts';
import { provinceCodes } from '../territory/provinces.service.ts';
import { dropUnnamedCitizens } from './drop-unnamed-citizens.ts';
import { dropPastWeeks, type WeeklyTable } from './drop-weeks.ts';
import { dropClosedCases, dropStrayContacts } from '../tracing/case-retention.service.ts';
import { purgePages } from './purge-pages.ts';
import { daysBefore, type RetentionDays } from './retention-days.ts';

const nation = 'VN';

/**
 * Drops what is past its time in every province, sparing what is held, and leaves evidence. Broken off anywhere it is run again
 * and goes on; run twice it does nothing the second time.
 */
export async function applyRetention(database: Database, days: RetentionDays, at: Date): Promise<void> {
  const provinces = await inTransaction(database, noRows, provinceCodes);
  const weekly: Array<[WeeklyTable, number]> = [
    ['passage', days.passages],
    ['declaration', days.declarations],
    ['outbox', days.outbox],
    ['audit_access', days.auditAccess],
    ['audit_entry', days.auditEntries],
  ];
  for (const [table, kept] of weekly) await dropPastWeeks(database, provinces, table, kept, at);
  for (const province of provinces) await purgeProvince(database, province, days, at);
  await purgePages(database, nation, 'sign_in_attempt', dropAttemptsPastTime, daysBefore(at, days.attempts));
}

async function purgeProvince(database: Database, province: string, days: RetentionDays, at: Date): Promise<void> {
  const purge = purgePages.bind(null, database, province);
  // By then the week of the declaration has gone too.
  await purge('declaration_handle', dropFormsOfElsewhere, daysBefore(at, days.declarations + 7));
  await purge('arrival', dropArrivalsPastTime, daysBefore(at, days.declarations));
  await purge('opened_declaration', dropOpenedDeclarations, daysBefore(at, days.opened));
  await purge('epidemic_case', dropClosedCases, daysBefore(at, days.passages));
  await purge('case_contact', dropStrayContacts, daysBefore(at, days.passages));
  await purge('passage_held', dropUnheldPassages, at);
  await purge('declaration_held', dropUnheldDeclarations, at);
  await purge('account_session', dropSessionsPastTime, daysBefore(at, days.sessions));
  await purge('partner_use', dropUsePastTime, daysBefore(at, days.partnerUse));
  await purge('partner_error', dropErrorsPastTime, daysBefore(at, days.partnerUse));
  await purge('export', dropExportsPastTime, daysBefore(at, days.exports));
  await dropUnnamedCitizens(database, province, daysBefore(at, days.citizens));
  await purge('registry_verification', dropVerificationsOfNobody, at);
}
