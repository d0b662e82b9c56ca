import { computed, ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { serverNow } from '../../session/server-clock.ts';
import type { RequestProblem } from '../../session/problem.ts';
import {
  ShiftPassagesDocument,
  type Decision,
  type Direction,
  type ShiftPassagesQuery,
} from '../../gql/officer/graphql.ts';
import { useRecorder, type Passing } from '../record/recorder.ts';
import { checkpointId } from '../settings.ts';
import { ask } from '../shell/request.ts';

type Stored = ShiftPassagesQuery['passages']['edges'][number]['node'];

/** A line of the shift's list: a press of this page, or a passage that the server told of. */
export interface ShiftLine {
  key: string;
  at: number;
  names: string[];
  direction: Direction;
  decision: Decision;
  reason: string | null;
  /** Only what this page recorded can be undone here. */
  passing: Passing | null;
}

// As long as the server shows officers what they recorded unmasked.
const SHIFT_MS = 12 * 3_600_000;
const PAGE = 50;
const MOST = 5_000;

/** The last 12 hours at this checkpoint, the newest first; what was just pressed stands there at once. */
export function useShift() {
  const client = useGraphqlClient();
  const recorder = useRecorder();
  const stored = shallowRef<readonly Stored[]>([]);
  const more = ref<string | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const busy = ref(false);
  let turn = 0;

  async function load(after: string | null = null): Promise<void> {
    const own = ++turn;
    busy.value = true;
    const from = new Date(serverNow() - SHIFT_MS).toISOString();
    const answer = await ask(client, 'query', ShiftPassagesDocument, {
      checkpointId: checkpointId.value,
      from,
      first: PAGE,
      after,
    });
    if (own !== turn) return;
    busy.value = false;
    problem.value = answer.problem;
    if (!answer.data) return;
    const { edges, pageInfo } = answer.data.passages;
    stored.value = [...(after ? stored.value : []), ...edges.map(({ node }) => node)];
    more.value = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  }

  /** Every page, for who wants to count; bounded, for a shift that was left open. */
  async function loadAll(): Promise<void> {
    await load();
    while (more.value && !problem.value && stored.value.length < MOST) await load(more.value);
  }

  const own = computed(() => recorder.passings.value.filter((passing) => passing.checkpointId === checkpointId.value));
  const lines = computed(() => {
    const shown = new Set(own.value.flatMap(({ inputs }) => inputs.map(({ id }) => id)));
    const others = stored.value.filter(({ id, decision }) => !shown.has(id) && decision !== 'VOID').map(lineOf);
    return [...own.value.map(lineOfPassing), ...others].sort((one, other) => other.at - one.at);
  });
  const people = computed(() =>
    lines.value.reduce((sum, { names, passing }) => sum + (passing?.state === 'UNDONE' ? 0 : names.length), 0),
  );

  watch(
    checkpointId,
    () => {
      stored.value = [];
      void load();
    },
    { immediate: true },
  );
  return { lines, people, more, problem, busy, load, loadAll };
}

export type Shift = ReturnType<typeof useShift>;

function lineOfPassing(passing: Passing): ShiftLine {
  const { key, at, names, direction, decision, reason } = passing;
  return { key, at, names, direction, decision, reason, passing };
}

function lineOf({ id, occurredAt, citizen, plate, paperFormNumber, direction, decision, reason }: Stored): ShiftLine {
  const names = [citizen?.fullName ?? paperFormNumber ?? plate ?? ''];
  return { key: id, at: Date.parse(occurredAt), names, direction, decision, reason: reason ?? null, passing: null };
}
