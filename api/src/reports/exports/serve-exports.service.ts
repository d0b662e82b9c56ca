import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AuditWriter } from '../../platform/audit/audit-writer.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { refusal } from '../../platform/http/refusal.ts';
import { vietnamMoment } from '../../platform/shared/vietnam-date.ts';
import type { Viewer } from '../../policy/viewer.ts';
import { openSigned, type DoorParts, type LinkRequest } from '../signed-door.ts';
import { exportPurpose } from './export-link.ts';
import type { ExportRow } from './export.row.ts';
import { exportPart, ownExport } from './exports.queries.ts';
import { ownerOf } from './request-export.ts';

export interface ServingParts extends DoorParts {
  database: Database;
  writer: AuditWriter;
}

const mediaTypes = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** GET /exports/<link>: a file, to the session of the account that asked for it and to nobody else. */
export function serveExports(app: FastifyInstance, parts: ServingParts): void {
  app.get<LinkRequest>('/exports/:link', async (request, reply) => {
    const at = new Date();
    const door = { purpose: exportPurpose, may: 'export.request' } as const;
    const { viewer, what: id } = await openSigned(parts, request, door, at);
    const row = await find(parts, viewer, id, at);
    if (!row) throw refusal(404);
    await enter(parts, viewer, row);
    return send(parts, reply, viewer, row);
  });
}

async function find({ database }: ServingParts, viewer: Viewer, id: string, at: Date): Promise<ExportRow | null> {
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
