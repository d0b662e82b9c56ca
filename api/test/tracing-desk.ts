import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import type { TestServer } from './server.ts';

export interface ShownCase {
  id: string;
  status: string;
  citizen: { id: string; fullName: string; idNumber: string | null };
  unit: { code: string };
  ruleSet: string;
  infectiousFrom: string;
  infectiousUntil: string;
  overrideReason: string | null;
  openedBy: { name: string };
  justification: string;
  closedAt: string | null;
}

export const shownCase = `id status citizen { id fullName idNumber } unit { code } ruleSet infectiousFrom infectiousUntil overrideReason
  openedBy { name } justification closedAt`;

export const caseReason = 'xét nghiệm dương tính tại trạm y tế';

/** Opens a case on somebody, as a tracer of Thanh Hóa where nothing else is said. */
export const openCase = (
  server: TestServer,
  citizenId: string,
  changes: Record<string, unknown> = {},
  as = 'tracer.38',
) =>
  server.graphql<{ openCase: ShownCase }>(
    `mutation ($input: OpenCaseInput!) { openCase(input: $input) { ${shownCase} } }`,
    { input: { id: newUuid7(), citizenId, status: 'CONFIRMED', justification: caseReason, ...changes } },
    { as },
  );

export const closeCase = (server: TestServer, id: string, status = 'RULED_OUT', as = 'tracer.38') =>
  server.graphql<{ closeCase: ShownCase }>(
    `mutation ($id: ID!, $status: CaseStatus!, $reason: String!) { closeCase(id: $id, status: $status, reason: $reason) { ${shownCase} } }`,
    { id, status, reason: 'xét nghiệm lại âm tính' },
    { as },
  );

/** A tracer of another unit, who signs in as the others do. */
export async function addTracer(server: TestServer, username: string, unitId: string, province: string): Promise<void> {
  await server.sql(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
     select $1, $2, $3, password_hash, false, '{TRACER}', $4, $5, true, false, now() from account where username = 'tracer.38'`,
    [newUuid7(), username, `Truy vết ${username}`, unitId, province],
  );
}
