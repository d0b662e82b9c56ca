import { reactive, ref } from 'vue';
import { ReportArrivalDocument, type ArrivalRowFragment } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { troubleOf } from '../request/trouble.ts';
import { useBriefly } from '../undo.ts';

/** Entering that somebody reported in, with a way back. The row stays where it is until the list is read anew. */
export function useReporting() {
  const client = useGraphqlClient();
  const entered = reactive(new Map<string, string | null>());
  /** How often something was entered or taken back: the counts change with it, and not when the way back goes. */
  const entries = ref(0);
  const busy = ref<string | null>(null);
  const { shown: last, show } = useBriefly<{ row: ArrivalRowFragment; reported: boolean }>();
  const trouble = ref<string | null>(null);

  const reportedAt = (row: ArrivalRowFragment): string | null =>
    entered.has(row.id) ? (entered.get(row.id) ?? null) : (row.reportedAt ?? null);

  async function set(row: ArrivalRowFragment, reported: boolean): Promise<void> {
    if (busy.value) return;
    busy.value = row.id;
    const { data, problem } = await ask(client, 'mutation', ReportArrivalDocument, { id: row.id, reported });
    busy.value = null;
    trouble.value = problem && troubleOf(problem);
    if (!data) return;
    entered.set(row.id, data.reportArrival.reportedAt ?? null);
    entries.value += 1;
    show({ row, reported });
  }

  async function undo(): Promise<void> {
    const done = last.value;
    last.value = null;
    if (done) await set(done.row, !done.reported);
  }
  return { reportedAt, entries, busy, last, trouble, set, undo, forget: () => entered.clear() };
}
export type Reporting = ReturnType<typeof useReporting>;
