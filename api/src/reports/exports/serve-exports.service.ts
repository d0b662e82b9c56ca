import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AuditWriter } from '../../platform/audit/audit-writer.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { sessionTokenOf } from '../../platform/http/server.ts';
import { vietnamMoment } from '../../platform/shared/vietnam-date.ts';
import { permissionsOf } from '../../policy/policy.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { Sessions } from '../../accounts/sessions/sessions.service.ts';
import { openExportLink } from './export-link.ts';
import type { ExportRow } from './export.row.ts';
import { exportPart, ownExport } from './exports.queries.ts';
import { ownerOf } from './request-export.ts';

export interface ServingParts {
  database: Database;
  sessions: Sessions;
  writer: AuditWriter;
  keys: Keys;
}

const mediaTypes = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** GET /exports/<link>: a file, to the session of the account that asked for it and to nobody else. */
export function serveExports(app: FastifyInstance, parts: ServingParts): void {
  app.get<{ Params: { link: string } }>('/exports/:link', async (request, reply) => {
    const at = new Date();
    const token = sessionTokenOf(request);
    const viewer = token ? await parts.sessions.viewerOf(token, at) : null;
    if (!viewer) throw answer(401);
    const row = await find(parts, viewer, request.params.link, at);
    if (!row) throw answer(404);
    await enter(parts, viewer, row);
    return send(parts, reply, viewer, row);
  });
}

const answer = (statusCode: number) => Object.assign(new Error('no export'), { statusCode });

async function find(
  { database, keys }: ServingParts,
  viewer: Viewer,
  link: string,
  at: Date,
): Promise<ExportRow | null> {
  const id = openExportLink(keys, link, viewer.accountId, at);
  if (id === null || !permissionsOf(viewer).includes('export.request')) return null;
  const row = await inTransaction(database, viewer.rowScope, (tx) => ownExport(tx, ownerOf(viewer), id));
  return row?.status === 'READY' && row.expires_at && row.expires_at > at ? row : null;
}

/** Before a byte leaves. */
function enter({ writer }: ServingParts, { roles }: Viewer, row: ExportRow): Promise<void> {
  return writer.enter({
    provinceCode: row.province_code,
    actorId: row.account_id,
    role: roles.join(','),
    unitId: row.unit_id,
    action: 'export.download',
    reason: row.reason,
    detail: { exportId: row.id, kind: row.kind, format: row.format, rows: row.rows_written },
  });
}

function send({ database }: ServingParts, reply: FastifyReply, { rowScope }: Viewer, row: ExportRow): FastifyReply {
  const bytes = async function* () {
    let [number, sent] = [0, 0];
    while (sent < row.bytes) {
      const part = await inTransaction(database, rowScope, (tx) => exportPart(tx, row, number));
      // It was deleted meanwhile: broken off, half a file does not look whole.
      if (!part) throw new Error('A part of a file is gone.');
      yield part;
      [number, sent] = [number + 1, sent + part.length];
    }
  };
  return reply
    .headers({
      'content-type': mediaTypes[row.format],
      'content-length': row.bytes,
      'content-disposition': `attachment; filename="${fileName(row)}"`,
      'cache-control': 'no-store',
    })
    .send(Readable.from(bytes(), { objectMode: false, highWaterMark: 1 }));
}

const titles = { PASSAGES: 'luot-qua-chot', DECLARATIONS: 'khai-bao' } as const;

/** luot-qua-chot_23-08-2021-14-05.csv */
function fileName({ kind, format, finished_at: at, asked_at: asked }: ExportRow): string {
  const moment = vietnamMoment(at ?? asked).replace(/\D+/g, '-');
  return `${titles[kind]}_${moment}.${format.toLowerCase()}`;
}
