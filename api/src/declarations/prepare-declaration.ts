import type { Keys } from '../platform/crypto/keys.ts';
import type { Territory } from '../territory/territory.service.ts';
import { reasonOf } from '../territory/zones/zones.service.ts';
import { dayOf } from './day-of.ts';
import type { DeclarationRow, StoredHealth } from './declaration.row.ts';
import { timeOf } from './declarations.queries.ts';
import { identifiersOf, personRow } from './declared-person.service.ts';
import { identifierHashes } from './identifier-hashes.ts';
import { advise } from './advice.service.ts';
import { warningsOf } from './shared/declaration-checks.ts';
import type { Channel, CompleteDeclaration, HealthAnswers } from './shared/declaration-draft.ts';

const validForMs = 72 * 3_600_000;

export interface Preparation {
  input: CompleteDeclaration;
  channel: Channel;
  at: Date;
  province: string;
  submissionId: string;
  contentHash: Buffer;
  recordedBy: string | null;
}

/** Turns a checked form into its row: codes become units of the day, numbers are sealed, the rules give their advice. */
export function prepareDeclaration(
  parts: { keys: Keys; territory: Territory },
  { input, channel, at, province, submissionId, contentHash, recordedBy }: Preparation,
): DeclarationRow {
  const { keys, territory } = parts;
  const { person, journey, health } = input;
  const day = dayOf(submissionId, at);
  const unitId = (code: string) => territory.byCode(code, day)?.id ?? '';
  const stay = input.stayAddress ?? journey.destinationAddress;
  const judged = {
    origin_unit_id: unitId(journey.originCode),
    destination_address_unit_id: unitId(journey.destinationAddress.unitCode),
    purpose: journey.purpose,
    vehicle: journey.vehicle,
    health: storedHealth(health, unitId),
    nationality: person.nationality,
    date_of_birth: person.dateOfBirth,
  };
  const { advice, failed } = advise(territory, judged, at);
  return {
    province_code: province,
    id: input.id,
    occurred_at: timeOf(input.id),
    code: '',
    submission_id: submissionId,
    citizen_id: '',
    content_hash: contentHash,
    channel,
    submitted_at: at,
    valid_until: new Date(at.getTime() + validForMs),
    withdrawn_at: null,
    on_behalf: input.onBehalf ?? false,
    paper_form_number: input.paperFormNumber ?? null,
    recorded_by: recordedBy,
    ...personRow(keys, person, unitId),
    ...identifierHashes(keys, identifiersOf(person)),
    no_document_reason: person.noDocumentReason ?? null,
    stay_line: stay.line,
    stay_unit_id: unitId(stay.unitCode),
    ...judged,
    destination_unit_id: unitId(journey.destinationCode),
    destination_line: journey.destinationAddress.line,
    departs_at: new Date(journey.departsAt),
    stays_until: journey.staysUntil ?? null,
    plate: journey.plate ?? null,
    advice,
    reasons: failed.map(reasonOf),
    rules_version: territory.zones.revision,
    warnings: warningsOf(input),
  };
}

function storedHealth(
  { visitedUnitCodes, testedAt, testNegative, ...answers }: HealthAnswers,
  unitId: (code: string) => string,
): StoredHealth {
  return {
    ...answers,
    visitedUnitIds: visitedUnitCodes.map(unitId),
    testedAt: testedAt ? new Date(testedAt).toISOString() : null,
    testNegative: testNegative ?? null,
  };
}
