import { ref, shallowRef } from 'vue';
import type { RequestProblem } from '../../../../session/problem.ts';
import { makePdf } from '../../../../ui/pdf/make-pdf.ts';
import { saveFile } from '../../../../ui/save-file.ts';
import type { Page } from '../../../request/page.ts';
import type { Answer } from '../../../../session/ask.ts';
import { now, today } from '../../../moments.ts';
import { t } from '../../../texts.ts';
import type { FollowUpRow } from '../follow-up-row.ts';
import { communePages } from './commune-pages.ts';

const PAGE_SIZE = 100;
/** More than a commune's health station works on at once; what is left is told. */
export const MOST_ROWS = 2_000;

type Fetch = (after: string | null, more: { first: number }) => Promise<Answer<Page<FollowUpRow>>>;

/** All tasks that the list's conditions find, on sheets by commune, as a PDF made in the browser. */
export function useCommuneLists(fetchPage: Fetch) {
  const state = ref<'READY' | 'RUNNING' | 'DONE' | 'CUT' | 'EMPTY' | 'FAILED'>('READY');
  const problem = shallowRef<RequestProblem | null>(null);
  const count = ref(0);

  async function make(): Promise<void> {
    if (state.value === 'RUNNING') return;
    state.value = 'RUNNING';
    problem.value = null;
    count.value = 0;
    const rows: FollowUpRow[] = [];
    let next: string | null = null;
    do {
      const answer: Answer<Page<FollowUpRow>> = await fetchPage(next, { first: PAGE_SIZE });
      problem.value = answer.problem;
      if (!answer.data) return void (state.value = 'FAILED');
      rows.push(...answer.data.rows);
      next = answer.data.next;
      count.value = rows.length;
    } while (next !== null && rows.length < MOST_ROWS);
    await save(rows, next !== null);
  }

  async function save(rows: readonly FollowUpRow[], cut: boolean): Promise<void> {
    if (rows.length === 0) return void (state.value = 'EMPTY');
    const pdf = await makePdf(communePages(rows, now()));
    if (!pdf) return void (state.value = 'FAILED');
    saveFile(`${t('followUps.print.file')} ${today()}.pdf`, pdf);
    state.value = cut ? 'CUT' : 'DONE';
  }
  return { state, problem, count, make };
}
