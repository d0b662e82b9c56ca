import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import type { TestServer } from './server.ts';

const zoneFields = `id name level startsOn endsOn units { code } contactName contactPhone mayChange
  entryRules { id version description descriptionEnglish logic onFailure validFrom endedAt }
  exitRules { id version description } endedEntryRules { id version description endedAt } endedExitRules { id }`;
const saveZoneDocument = `mutation ($input: ZoneInput!) { saveZone(input: $input) { ${zoneFields} } }`;
export const zonesDocument = `query ($at: LocalDate) { zones(at: $at) { ${zoneFields} } }`;

export interface ShownRule {
  id: string;
  version: number;
  description: string;
  descriptionEnglish: string | null;
  logic: object;
  onFailure: string;
  validFrom: string;
  endedAt: string | null;
}
export interface ShownZone {
  id: string;
  name: string;
  level: string;
  startsOn: string;
  endsOn: string | null;
  units: Array<{ code: string }>;
  contactName: string | null;
  contactPhone: string | null;
  mayChange: boolean;
  entryRules: ShownRule[];
  exitRules: ShownRule[];
  endedEntryRules: ShownRule[];
  endedExitRules: ShownRule[];
}

/** A negative test of the last 72 hours is needed. */
export const aRule = (changes: object = {}) => ({
  id: newUuid7(),
  description: 'Không có xét nghiệm âm tính trong 72 giờ.',
  descriptionEnglish: 'Has no negative test of the last 72 hours.',
  logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
  onFailure: 'EXAMINE',
  ...changes,
});

/** A zone of level 4 over the commune of Quảng Xương that declarations go to by default. */
export const aZone = (changes: object = {}) => ({
  id: newUuid7(),
  name: 'Vùng thử',
  level: 'LEVEL_4',
  unitCodes: ['16438'],
  startsOn: '2021-08-01',
  entryRules: [aRule()],
  exitRules: [] as object[],
  ...changes,
});

export const saveZone = (server: TestServer, input: object, as = 'admin.38', language: 'vi' | 'en' = 'vi') =>
  server.graphql<{ saveZone: ShownZone }>(saveZoneDocument, { input }, { as, language });

export const zonesOf = async (server: TestServer, as = 'admin.38', at: string | null = null) =>
  (await server.graphql<{ zones: ShownZone[] }>(zonesDocument, { at }, { as })).data.zones;
