import { randomUUID } from 'node:crypto';
import type { Database } from '../src/platform/database/database.ts';
import { inTransaction, noRows, wholeProvinces } from '../src/platform/database/transaction.ts';
import { createLogger } from '../src/platform/observability/logger.ts';
import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import { provinceCodes } from '../src/territory/provinces.service.ts';
import { traceCase } from '../src/tracing/trace/trace-case.ts';
import { takeTrace } from '../src/tracing/trace/trace.queries.ts';
import { TraceWorker } from '../src/tracing/trace/trace-worker.service.ts';
import { asWorker } from './outbox-desk.ts';
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

/** From now on the other is the one. */
export async function merge(server: TestServer, keep: string, other: string): Promise<void> {
  const answer = await server.graphql(
    'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
    { keep, merge: other },
    { as: 'admin.38' },
  );
  if (answer.errors) throw new Error(answer.text);
}

export interface Graph {
  status: string;
  people: number;
  truncated: boolean;
  totalNodes: number;
  totalEdges: number;
  nodes: Array<{
    generation: number;
    firstExposedAt: string;
    lastExposedAt: string;
    exposures: number;
    citizen: { id: string; fullName: string };
    followUp: { status: string; until: string; unit: { code: string } } | null;
  }>;
  edges: Array<{
    source: string;
    target: string;
    kind: string;
    at: string;
    minutesApart: number | null;
    plate: string | null;
    review: string;
    checkpoint: { name: string } | null;
  }>;
  hidden: Array<{ province: { code: string }; generation: number; count: number }>;
  places: Array<{ unit: { code: string }; people: number }>;
}

const graphDocument = `query ($id: ID!, $input: TraceInput) { case(id: $id) { contactGraph(input: $input) {
  status people truncated totalNodes totalEdges
  nodes { generation firstExposedAt lastExposedAt exposures citizen { id fullName } followUp { status until unit { code } } }
  edges { source target kind at minutesApart plate review checkpoint { name } }
  hidden { province { code } generation count } places { unit { code } people } } } }`;

/** The worker that traces, drained by hand, and the graph as a tracer sees it. */
export class TraceDesk {
  readonly #server: TestServer;
  readonly #database: Database;
  mostUnapproved = 2_000;

  private constructor(server: TestServer, database: Database) {
    this.#server = server;
    this.#database = database;
  }

  static async open(server: TestServer): Promise<TraceDesk> {
    // As long as a worker's transaction may take.
    return new TraceDesk(server, await asWorker(server.ownerUrl, 4, 600_000));
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Traces all that waits. */
  async drain(): Promise<void> {
    const { mostUnapproved } = this;
    const parts = { database: this.#database, logger: createLogger('silent'), now: () => new Date(), mostUnapproved };
    await new TraceWorker(parts).drain();
  }

  /** Traces the case of Thanh Hóa that waits longest, as a worker does; `meanwhile` is done while it searches. */
  async traceNext(meanwhile: () => Promise<unknown>): Promise<void> {
    const [at, claim] = [new Date(), randomUUID()];
    const until = new Date(at.getTime() + 600_000);
    const order = await inTransaction(this.#database, wholeProvinces(['38']), (tx) =>
      takeTrace(tx, '38', { at, until, claim }),
    );
    if (!order) throw new Error('No trace waits.');
    const provinces = await inTransaction(this.#database, noRows, provinceCodes);
    const progress = async (generation: number) => void (generation === 1 && (await meanwhile()));
    await inTransaction(this.#database, wholeProvinces(provinces), (tx) =>
      traceCase(tx, order, { provinces, claim, at, mostUnapproved: this.mostUnapproved, progress }),
    );
  }

  /** Opens a case and traces it. */
  async traced(citizenId: string, changes: Record<string, unknown> = {}): Promise<string> {
    const answer = await openCase(this.#server, citizenId, changes);
    if (answer.errors) throw new Error(answer.text);
    await this.drain();
    return answer.data.openCase.id;
  }

  async graph(id: string, input: Record<string, unknown> | null = null, as = 'tracer.38'): Promise<Graph> {
    const answer = await this.#server.graphql<{ case: { contactGraph: Graph } }>(graphDocument, { id, input }, { as });
    if (answer.errors) throw new Error(answer.text);
    return answer.data.case.contactGraph;
  }
}
