import { aPassage, declared, record } from './builders.ts';
import type { TestServer } from './server.ts';

export type Verdict = 'MISMATCHED' | 'NOT_FOUND' | 'MATCHED' | 'PENDING' | 'UNAVAILABLE';

/** What the worker would have stored of an answer about somebody who passed. */
export async function answered(
  server: TestServer,
  { province = '38', citizenId, checkpointId = server.checkpoints.docXay }: Answered,
  status: Verdict = 'MISMATCHED',
  mismatches: string[] = status === 'MISMATCHED' ? ['fullName'] : [],
): Promise<void> {
  const checkedAt = status === 'PENDING' ? null : new Date();
  await server.sql(
    `insert into registry_verification (province_code, citizen_id, status, mismatches, enqueued_at, due_at, checked_at, checkpoint_id,
       unit_id, passed_at)
     select $1, $2, $3, $4, now(), case when $3 = 'PENDING' then now() end, $5, c.id, c.unit_id, now() from checkpoint c where c.id = $6
     on conflict (province_code, citizen_id) do update set status = excluded.status, mismatches = excluded.mismatches,
       checked_at = excluded.checked_at, due_at = excluded.due_at, checkpoint_id = excluded.checkpoint_id, unit_id = excluded.unit_id,
       resolution_kind = null, resolution_reason = null, resolved_at = null, resolved_by = null`,
    [province, citizenId, status, mismatches, checkedAt, checkpointId],
  );
}
interface Answered {
  province?: string;
  citizenId: string;
  checkpointId?: string;
}

type Changes = Parameters<typeof declared>[1];

/** Somebody who declared and passed at Chốt Dốc Xây, or where else it is said. */
export async function passed(server: TestServer, changes: Changes = {}, checkpointId = server.checkpoints.docXay) {
  const person = await declared(server, changes);
  const { data } = await record(server, [aPassage(checkpointId, { declarationId: person.id })]);
  const [result] = data.recordPassages;
  if (result?.__typename !== 'PassageRecorded') throw new Error(JSON.stringify(data));
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from passage where declaration_id = $1', [
    person.id,
  ]);
  return { ...person, citizenId: row?.citizen_id ?? '', passageId: result.passage?.id ?? '' };
}

/** The same, and the population database knows them otherwise. */
export async function aMismatch(server: TestServer, changes: Changes = {}, status: Verdict = 'MISMATCHED') {
  const person = await passed(server, changes);
  await answered(server, person, status);
  return person;
}

export const resolveDocument = `mutation ($citizenId: ID!, $kind: MismatchResolutionKind!, $reason: String!, $corrected: PersonInput, $checkedAt: DateTime) {
  resolveMismatch(citizenId: $citizenId, kind: $kind, reason: $reason, corrected: $corrected, checkedAt: $checkedAt) {
    __typename
    ... on MismatchResolved { citizen { ...Settled } }
    ... on MismatchSettled { message citizen { ...Settled } }
    ... on InvalidCorrection { message fields { path code message } }
  }
}
fragment Settled on Citizen {
  id fullName dateOfBirth idNumber phone
  verification { status checking mismatches attempts resolution { kind reason by { name } } checkpoint { name } }
}`;
