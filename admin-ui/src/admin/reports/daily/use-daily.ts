import { computed, ref, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { DailyReportDocument, DailyReportFilesDocument } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { viewer } from '../../../session/viewer.ts';
import { fetchFrom } from '../../../ui/save-file.ts';
import { addDays, isDay } from '../../days.ts';
import { today } from '../../moments.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { useAnswer } from '../../request/use-answer.ts';

/** The report of a unit on a day, both of which stand in the address: yesterday's of the own unit where they do not. */
export function useDaily() {
  const route = useRoute();
  const router = useRouter();
  const client = useGraphqlClient();
  const asked = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : null);
  const date = computed(() => {
    const day = asked('date');
    return day && isDay(day) ? day : addDays(today(), -1);
  });
  const unit = computed(() => asked('unit') ?? viewer.value?.account.unit.id ?? '');
  const kept = computed(() => asked('kept') !== 'no');
  const variables = () => ({ unitCode: unit.value, date: date.value, kept: kept.value });
  const { data, problem, busy, again } = useAnswer(DailyReportDocument, () => (unit.value ? variables() : null));
  const report = computed(() => data.value?.dailyReport ?? null);

  const show = (query: Record<string, string | undefined>) => void router.push({ query: { ...route.query, ...query } });
  const showDay = (day: string) => show({ date: day, kept: undefined });
  const isLast = computed(() => date.value >= today());

  const trouble = shallowRef<string | null>(null);
  const fetching = ref<'pdf' | 'xlsx' | null>(null);
  /** The link lives for minutes: a new one for each press. */
  async function fetchFile(format: 'pdf' | 'xlsx'): Promise<void> {
    if (fetching.value) return;
    fetching.value = format;
    const answer = await ask(client, 'query', DailyReportFilesDocument, variables());
    fetching.value = null;
    trouble.value = answer.problem && troubleOf(answer.problem);
    const files = answer.data?.dailyReport;
    if (!files) return;
    fetchFrom(format === 'pdf' ? files.pdfUrl : files.xlsxUrl);
  }
  return { date, kept, report, problem, busy, again, show, showDay, isLast, trouble, fetching, fetchFile };
}
export type Daily = NonNullable<ReturnType<typeof useDaily>['report']['value']>;
