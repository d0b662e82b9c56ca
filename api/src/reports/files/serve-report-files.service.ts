import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AuditWriter } from '../../platform/audit/audit-writer.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { refusal } from '../../platform/http/refusal.ts';
import { makePdf } from '../../platform/pdf/make-pdf.ts';
import { auditActorOf, type Viewer } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { dailyReport } from '../daily-report.service.ts';
import { openSigned, type DoorParts, type LinkRequest } from '../signed-door.ts';
import { unitInReach } from '../unit-in-reach.ts';
import { readNamedReport, reportPurpose, type NamedReport, type ReportFormat } from './named-report.ts';
import { reportPaper } from './report-paper.ts';
import { reportWorkbook } from './report-workbook.ts';

export interface ReportServing extends DoorParts {
  database: Database;
  writer: AuditWriter;
  territory: () => Territory;
}

const mediaTypes: Record<ReportFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** GET /reports/daily/<link>: the day's report as a file, to the session of the account that asked for the link. */
export function serveReportFiles(app: FastifyInstance, parts: ReportServing): void {
  app.get<LinkRequest>('/reports/daily/:link', async (request, reply) => {
    const at = new Date();
    const door = { purpose: reportPurpose, may: 'report.read' } as const;
    const { viewer, what } = await openSigned(parts, request, door, at);
    return send(parts, reply, viewer, readNamedReport(what), at);
  });
}

async function send(
  { database, writer, territory }: ReportServing,
  reply: FastifyReply,
  viewer: Viewer,
  { unitId, day, kept, format }: NamedReport,
  at: Date,
): Promise<FastifyReply> {
  const units = territory();
  const unit = unitInReach(viewer, units, unitId, day);
  if (!unit) throw refusal(404);
  const report = await inTransaction(database, viewer.rowScope, (tx) =>
    dailyReport(tx, units, { unit, day, at, kept }),
  );
  const file = format === 'pdf' ? await makePdf(reportPaper(report)) : await reportWorkbook(report);
  const { provinceCode, accountId, roles, unitId: stands } = auditActorOf(viewer);
  await writer.enter({
    provinceCode,
    actorId: accountId,
    role: roles.join(','),
    unitId: stands,
    action: 'report.download',
    detail: { unitId, date: day, format: format.toUpperCase() },
  });
  return reply
    .headers({
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="bao-cao-ngay_${unit.code}_${day}.${format}"`,
      'cache-control': 'no-store',
    })
    .send(file);
}
