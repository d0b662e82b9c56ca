import 'reflect-metadata';
import type { Database } from '#api/platform/database/database.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { ExportWorker } from '#api/reports/exports/export-worker.service.ts';
import type { ExportParts } from '#api/reports/exports/run-export.ts';
import { asWorker } from './outbox-desk.ts';
import type { AskOptions, TestServer } from './server.ts';
import { testKeys } from './test-config.ts';

export interface ShownExport {
  id: string;
  kind: string;
  format: string;
  status: string;
  failure: string | null;
  failureMessage: string | null;
  reason: string;
  rows: number;
  progress: number;
  bytes: number;
  url: string | null;
  expiresAt: string | null;
}
const shown = 'id kind format status failure failureMessage reason rows progress bytes url expiresAt';

interface Order {
  id?: string;
  kind?: 'Passage' | 'Declaration';
  format?: 'CSV' | 'XLSX';
  filter?: Record<string, unknown>;
  reason?: string;
  as?: string;
  language?: 'vi' | 'en';
}

export const exportReason = 'báo cáo tuần cho ban chỉ đạo';

/** A server's files, and the worker that makes them, which tests move by hand. */
export class ExportDesk {
  readonly server: TestServer;
  readonly database: Database;

  private constructor(server: TestServer, database: Database) {
    this.server = server;
    this.database = database;
  }

  static async open(server: TestServer): Promise<ExportDesk> {
    return new ExportDesk(server, await asWorker(server.ownerUrl));
  }

  worker(changes: Partial<ExportParts> = {}): ExportWorker {
    return new ExportWorker({
      database: this.database,
      keys: testKeys,
      secondFactorObligatory: false,
      logger: createLogger('silent'),
      now: () => new Date(),
      mostRows: 1_000_000,
      keptHours: 24,
      ...changes,
    });
  }

  order({ id = newUuid7(), kind = 'Passage', format = 'CSV', filter = {}, reason = exportReason, ...who }: Order = {}) {
    const field = `request${kind}Export`;
    return this.server.graphql<Record<string, ShownExport>>(
      `mutation ($id: ID!, $filter: ${kind}Filter!, $format: ExportFormat!, $reason: String!) {
         ${field}(id: $id, filter: $filter, format: $format, reason: $reason) { ${shown} } }`,
      { id, filter, format, reason },
      { as: 'admin.38', ...who },
    );
  }

  /** Orders a file and has it made; answers it as its account sees it then. */
  async made(order: Order = {}, changes: Partial<ExportParts> = {}): Promise<ShownExport> {
    const id = order.id ?? newUuid7();
    const { errors } = await this.order({ ...order, id });
    if (errors) throw new Error(JSON.stringify(errors));
    await this.worker(changes).drain();
    return this.read(id, order);
  }

  async read(id: string, who: AskOptions = {}): Promise<ShownExport> {
    const found = await this.find(id, who);
    if (!found) throw new Error('There is no such file.');
    return found;
  }

  async find(id: string, { as = 'admin.38', language = 'vi' }: AskOptions = {}): Promise<ShownExport | null> {
    const document = `query ($id: ID!) { export(id: $id) { ${shown} } }`;
    return (await this.server.graphql<{ export: ShownExport | null }>(document, { id }, { as, language })).data.export;
  }

  /** Fetches a link as somebody; as nobody where nobody is named. */
  async fetch(url: string | null, as?: string): Promise<Response> {
    const cookie = as ? await this.server.signIn(as) : null;
    return fetch(`${this.server.url}${url}`, { headers: cookie ? { cookie } : {} });
  }

  /** The lines of a CSV file, its head first. */
  async lines(file: ShownExport, as = 'admin.38'): Promise<string[]> {
    const bytes = await (await this.fetch(file.url, as)).arrayBuffer();
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return text.split('\r\n').slice(0, -1);
  }
}

/** As many passages at a checkpoint, a second apart, of nobody who is known. */
export async function manyPassages(server: TestServer, checkpointId: string, count: number): Promise<void> {
  await server.sql(
    `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, direction, decision, evidence, channel,
       recorded_by, recorded_offline, flags, flagged, content_hash, paper_form_number)
     select k.province_code, w.id, uuid_time(w.id), now(), k.id, k.unit_id, 'IN', 'ADMITTED', 'NO_CARD', 'PAPER',
       (select id from account where username = 'officer.38'), false, '{}', false, '\\x00', 'P' || w.at
     from checkpoint k, lateral (
       select at, (lpad(to_hex(((extract(epoch from now()) - at) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(at), 12, '0'))::uuid as id
       from generate_series(1, $2::int) as at) w
     where k.id = $1`,
    [checkpointId, count],
  );
}
