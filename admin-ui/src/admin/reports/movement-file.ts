import type { MovementFragment, ReportGroup } from '../../gql/admin/graphql.ts';
import { saveFile } from '../../ui/save-file.ts';
import { toCsv } from '../lists/export/csv.ts';
import { fileName } from '../lists/export/file-name.ts';
import { t } from '../texts.ts';
import { figures } from './figures.ts';
import { groupWords } from './group-words.ts';

type Cell = string | number;

interface Shown {
  groups: readonly ReportGroup[];
  rows: readonly MovementFragment[];
  total: MovementFragment | null;
  span: { from: string; to: string };
}

/** The table as it is shown, the total last. */
function linesOf({ groups, rows, total }: Shown): Cell[][] {
  const head = [
    ...groups.map((group) => t(`reports.groups.${group}`)),
    ...names.map((name) => t(`reports.figures.${name}`)),
  ];
  const numbers = (row: MovementFragment) => names.map((name) => row[name] ?? '');
  const foot = total ? [[...groups.map((_, at) => (at === 0 ? t('reports.total') : '')), ...numbers(total)]] : [];
  const body = rows.map((row) => [...groups.map((group, at) => groupWords(group, row, at)), ...numbers(row)]);
  return [head, ...body, ...foot];
}
const names = [...figures, 'people'] as const;

const nameOf = ({ span }: Shown, kind: 'csv' | 'xlsx') => fileName(t('pages.reports'), [span.from, span.to], kind);

export function saveCsv(shown: Shown): void {
  const text = toCsv(linesOf(shown).map((cells) => cells.map(String)));
  saveFile(nameOf(shown, 'csv'), new Blob([text], { type: 'text/csv;charset=utf-8' }));
}

/** Numbers stay numbers. The library is fetched when it is asked for. */
export async function saveXlsx(shown: Shown): Promise<void> {
  const { writeXlsx } = await import('hucre/xlsx');
  const columns = [...shown.groups.map(() => ({ width: 30 })), ...names.map(() => ({ width: 12 }))];
  const sheet = { name: t('pages.reports').slice(0, 31), columns, rows: linesOf(shown), freezePane: { rows: 1 } };
  const file = await writeXlsx({ sheets: [sheet] });
  saveFile(nameOf(shown, 'xlsx'), new Blob([file as Uint8Array<ArrayBuffer>]));
}
