import { HOUR_MS } from '../../platform/shared/instant.ts';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { Database } from '../../platform/database/database.ts';
import { everyProvince, inTransaction, wholeProvinces, type Transaction } from '../../platform/database/transaction.ts';
import type { Viewer } from '../../policy/viewer.ts';
import { viewerOfAccount } from '../../accounts/viewer-of-account.service.ts';
import { readTerritory } from '../../territory/territory-watch.service.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { declarationFile } from './declaration-file.ts';
import type { ExportFailure } from './export.row.ts';
import { exportScope } from './export-scope.ts';
import { failExport, finishExport, storePart, tellTotal, type Claimed, type Written } from './export-orders.queries.ts';
import type { FileSource } from './file-source.ts';
import { passageFile } from './passage-file.ts';
import { ownerOf } from './request-export.ts';
import { writeExport } from './write-export.ts';

const pageRows = 2_000;

export interface ExportParts {
  database: Database;
  keys: Keys;
  secondFactorObligatory: boolean;
  now: () => Date;
  /** A file holds no more rows. */
  mostRows: number;
  /** For so long a file can be fetched. */
  keptHours: number;
}

/** The order is no longer this worker's: it was discarded, or somebody else began it anew. */
export class LostClaim extends Error {}

/** Makes one file, with the rights that its account has now; what it may not do fails, and is no error. */
export async function runExport(
  parts: ExportParts,
  order: Claimed,
  { lease, stopping }: { lease: () => Date; stopping: AbortSignal },
): Promise<void> {
  const { database, now } = parts;
  const territory = await readTerritory(database);
  const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    inTransaction(database, wholeProvinces([order.province_code]), work);
  const keep = async (isMine: Promise<boolean>) => {
    if (!(await isMine)) throw new LostClaim();
    stopping.throwIfAborted();
  };
  const failed = (failure: ExportFailure) => keep(within((tx) => failExport(tx, order, failure, now())));

  const viewer = await inTransaction(database, everyProvince, (tx) =>
    viewerOfAccount(tx, { ...parts, territory }, order.account_id),
  );
  const source = viewer && sourceOf(parts, order, viewer, territory);
  if (!source) return failed('NO_RIGHT');
  const total = await inTransaction(database, viewer.rowScope, (tx) => source.count(tx, parts.mostRows + 1));
  if (total > parts.mostRows) return failed('TOO_MANY_ROWS');
  await keep(within((tx) => tellTotal(tx, order, total, lease())));
  const written = await writeExport({
    format: order.format,
    source,
    mostRows: parts.mostRows,
    page: (after) => inTransaction(database, viewer.rowScope, (tx) => source.page(tx, after, pageRows)),
    store: (part) => keep(within((tx) => storePart(tx, order, part, lease()))),
  });
  await keep(within((tx) => finish(tx, parts, order, viewer, written)));
}

type AnySource = FileSource<unknown>;

/** Null for who may not see the list any more, or stands elsewhere by now. */
function sourceOf({ keys }: ExportParts, order: Claimed, viewer: Viewer, territory: Territory): AnySource | null {
  const scope = exportScope(viewer, order.kind);
  if (!scope || ownerOf(viewer).unitId !== order.unit_id) return null;
  const view = { keys, territory, locale: order.locale };
  const source = order.kind === 'PASSAGES' ? passageFile : declarationFile;
  return source(scope, order.filter, view) as AnySource;
}

/** No link before its entry stands: how many rows, and which bytes. */
async function finish(
  tx: Transaction,
  { now, keptHours }: ExportParts,
  order: Claimed,
  { roles }: Viewer,
  written: Written,
): Promise<boolean> {
  const at = now();
  const expires = new Date(at.getTime() + keptHours * HOUR_MS);
  if (!(await finishExport(tx, order, written, { at, expires }))) return false;
  await writeAudit(tx, {
    provinceCode: order.province_code,
    actorId: order.account_id,
    role: roles.join(','),
    unitId: order.unit_id,
    action: 'export.make',
    reason: order.reason,
    detail: {
      exportId: order.id,
      kind: order.kind,
      format: order.format,
      rows: written.rows,
      sha256: written.sha256.toString('hex'),
    },
  });
  return true;
}
