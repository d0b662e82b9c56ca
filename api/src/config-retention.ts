import { defaultDays, leastDays, type RetentionDays } from './retention/retention-days.ts';

const mostDays = 3_650;

export const retentionSettings = {
  passages: 'RETENTION_PASSAGES_DAYS',
  declarations: 'RETENTION_DECLARATIONS_DAYS',
  citizens: 'RETENTION_CITIZENS_DAYS',
  opened: 'RETENTION_OPENED_DAYS',
  outbox: 'RETENTION_OUTBOX_DAYS',
  auditEntries: 'RETENTION_AUDIT_DAYS',
  auditAccess: 'RETENTION_AUDIT_ACCESS_DAYS',
  sessions: 'RETENTION_SESSIONS_DAYS',
  attempts: 'RETENTION_ATTEMPTS_DAYS',
  partnerUse: 'RETENTION_PARTNER_USE_DAYS',
  exports: 'RETENTION_EXPORTS_DAYS',
} as const satisfies Record<keyof RetentionDays, string>;

const kinds = Object.keys(retentionSettings) as Array<keyof RetentionDays>;
const isSetting = (name: string) => (Object.values(retentionSettings) as string[]).includes(name);

type Given = Readonly<Record<string, string | undefined>>;

/** How long rows are kept: whole days, not fewer than what may still come late, and not more than ten years. */
export function readRetention(env: Given): { days: RetentionDays; problems: string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => isSetting(name) && value));
  const problems = kinds.flatMap((kind) => problemOf(given[retentionSettings[kind]], kind));
  const days = Object.fromEntries(
    kinds.map((kind) => [kind, Number(given[retentionSettings[kind]] ?? defaultDays[kind])]),
  ) as unknown as RetentionDays;
  return { days, problems };
}

function problemOf(text: string | undefined, kind: keyof RetentionDays): string[] {
  const right =
    text === undefined || (/^\d{1,4}$/.test(text) && Number(text) >= leastDays[kind] && Number(text) <= mostDays);
  return right
    ? []
    : [`${retentionSettings[kind]} must be a whole number of days, from ${leastDays[kind]} to ${mostDays}`];
}
