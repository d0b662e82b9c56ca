import { onScopeDispose, ref, shallowRef } from 'vue';
import type { RequestProblem } from '../../../session/problem.ts';
import type { Fields } from '../../filters/filter-query.ts';
import { t } from '../../texts.ts';
import type { List } from '../use-list.ts';
import { toCsv } from './csv.ts';
import { fileName } from './file-name.ts';
import { saveFile } from '../../../ui/save-file.ts';

export const MOST_ROWS = 10_000;
const PAGE_SIZE = 100;

/** All rows that a list's conditions find, from its first page on, as a file with the columns as shown. */
export function useExport<Row extends { id: string }, F extends Fields>(list: List<Row, F>) {
  const state = ref<'READY' | 'RUNNING' | 'DONE' | 'FAILED'>('READY');
  const problem = shallowRef<RequestProblem | null>(null);
  const count = ref(0);
  const total = ref(list.pages.total.value);
  const file = ref('');
  const rows: Row[] = [];
  let next: string | null = null;
  let stopped = false;

  /** After a failure it goes on where it was. */
  async function run(): Promise<void> {
    state.value = 'RUNNING';
    do {
      const answer = await list.fetchPage(next, { first: PAGE_SIZE, forExport: true });
      if (stopped) return;
      problem.value = answer.problem;
      if (!answer.data) return void (state.value = 'FAILED');
      rows.push(...answer.data.rows);
      next = answer.data.next;
      count.value = rows.length;
      total.value ??= answer.data.total;
    } while (next !== null && rows.length < MOST_ROWS);
    save();
    state.value = 'DONE';
  }

  function save(): void {
    const columns = list.columns.shown.value;
    const head = columns.map(({ key }) => t(`${list.name}.columns.${key}`));
    const { from, to } = list.address.filters.value as { from?: string; to?: string };
    file.value = fileName(t(`pages.${list.name}`), [from, to], 'csv');
    const text = toCsv([head, ...rows.map((row) => columns.map((column) => column.text(row)))]);
    saveFile(file.value, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  }
  onScopeDispose(() => (stopped = true));
  return { state, problem, count, total, file, run, hasMore: () => next !== null };
}
