import { ref, shallowRef } from 'vue';
import { MergeCitizensDocument, UnmergeCitizenDocument } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask as send } from '../../session/ask.ts';
import { troubleOf } from '../request/trouble.ts';
import { t } from '../texts.ts';
import { useBriefly } from '../undo.ts';

/** Whom a question about merging names. */
export interface Mergeable {
  id: string;
  fullName: string;
  dateOfBirth: string;
  documentMasked?: string | null | undefined;
}
export type Pair = readonly [Mergeable, Mergeable];

/** Merging two people, and ending a merge: each asked once more with a reason, and a merge can be taken back. */
export function useMerging(changed: (what: 'MERGED' | 'PARTED') => unknown) {
  const client = useGraphqlClient();
  const pair = shallowRef<Pair | null>(null);
  const parting = shallowRef<Mergeable | null>(null);
  /** What was done just now; a merge names who can be parted again. */
  const { shown: last, show } = useBriefly<{ words: string; merged: Mergeable | null }>();
  const busy = ref(false);
  /** Why the last request was refused. */
  const trouble = ref<string | null>(null);
  /** How often something was changed: what shows people asks anew. */
  const turn = ref(0);

  function ask(two: Pair): void {
    trouble.value = null;
    pair.value = two;
  }
  function askUnmerge(person: Mergeable): void {
    trouble.value = null;
    parting.value = person;
  }

  function done(words: string, merged: Mergeable | null): void {
    pair.value = parting.value = null;
    show({ words, merged });
    turn.value++;
    changed(merged ? 'MERGED' : 'PARTED');
  }

  async function merge(keep: Mergeable, merged: Mergeable, reason: string): Promise<void> {
    busy.value = true;
    const wanted = { keep: keep.id, merge: merged.id, reason };
    const answer = await send(client, 'mutation', MergeCitizensDocument, wanted);
    busy.value = false;
    trouble.value = answer.problem && troubleOf(answer.problem);
    if (answer.data) done(t('merging.done', { merged: merged.fullName, keep: keep.fullName }), merged);
  }

  async function unmerge(person: Mergeable, reason: string): Promise<void> {
    busy.value = true;
    const answer = await send(client, 'mutation', UnmergeCitizenDocument, { id: person.id, reason });
    busy.value = false;
    trouble.value = answer.problem && troubleOf(answer.problem);
    if (answer.data) done(t('merging.undone', { name: person.fullName }), null);
  }
  return { pair, parting, last, busy, trouble, turn, ask, askUnmerge, merge, unmerge };
}
export type Merging = ReturnType<typeof useMerging>;
