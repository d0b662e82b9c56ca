import { reactive, ref } from 'vue';
import {
  UpdateFollowUpDocument,
  type FollowUpStatus,
  type UpdateFollowUpMutation,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { useBriefly } from '../../undo.ts';
import type { FollowUpRow } from './follow-up-row.ts';

type Entered = UpdateFollowUpMutation['updateFollowUp'];
interface Before {
  status: FollowUpStatus;
  /** Isolation that was ended by mistake had begun then, not with the undo. */
  isolatedAt?: string | null | undefined;
}
interface Deed {
  row: FollowUpRow;
  before: Before;
  status: FollowUpStatus;
}

/** Entering what became of contacts, with a way back. A row stays where it is until the list is read anew. */
export function useFollowing() {
  const client = useGraphqlClient();
  const entered = reactive(new Map<string, Entered>());
  const busy = ref(false);
  const { shown: last, show } = useBriefly<Deed>();
  const trouble = ref<string | null>(null);

  const asEntered = (row: FollowUpRow): FollowUpRow => ({ ...row, ...entered.get(row.id) });

  async function send(row: FollowUpRow, { status, isolatedAt }: Before, notes: string | null): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    const wanted = { caseId: row.caseId, citizenId: row.citizen.id, status, notes, isolatedAt: isolatedAt ?? null };
    const { data, problem } = await ask(client, 'mutation', UpdateFollowUpDocument, wanted);
    busy.value = false;
    trouble.value = problem && troubleOf(problem);
    if (data) entered.set(row.id, data.updateFollowUp);
    return data !== null;
  }

  async function setStatus(row: FollowUpRow, status: FollowUpStatus): Promise<void> {
    const before = asEntered(row);
    if (before.status === status || !(await send(row, { status }, null))) return;
    show({ row, before, status });
  }
  const setNotes = (row: FollowUpRow, notes: string) => send(row, { status: asEntered(row).status }, notes);

  async function undo(): Promise<void> {
    const done = last.value;
    last.value = null;
    if (done) await send(done.row, done.before, null);
  }
  return { asEntered, busy, last, trouble, setStatus, setNotes, undo, forget: () => entered.clear() };
}
export type Following = ReturnType<typeof useFollowing>;
