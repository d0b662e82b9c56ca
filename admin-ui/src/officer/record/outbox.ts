import type { GraphqlClient } from '../../session/graphql-client.ts';
import { computed, shallowRef } from 'vue';
import {
  RecordPassagesDocument,
  type RecordPassageInput,
  type RecordPassagesMutation,
} from '../../gql/officer/graphql.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { viewer } from '../../session/viewer.ts';
import { ask } from '../shell/request.ts';

export interface Rejection {
  input: RecordPassageInput;
  code: string;
  message: string;
}

/** What one press sends. Another officer who signs in on this page does not send it in their own name. */
interface Batch {
  accountId: string;
  inputs: RecordPassageInput[];
  concluded: (rejections: Rejection[]) => void;
}

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
// Sent again as it is, such a request fails again.
const FINAL = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'NOT_FOUND',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
]);
const TRIES_OF_A_FAILING_SERVER = 5;

/** Sends passages in the order they were made, again and again with the same ids until the server answered. */
export function createOutbox(client: GraphqlClient) {
  const waiting = shallowRef<readonly Batch[]>([]);
  const unsent = computed(() => waiting.value.reduce((sum, { inputs }) => sum + inputs.length, 0));
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let serverFaults = 0;

  function put(batch: Batch): void {
    waiting.value = [...waiting.value, batch];
    void send();
  }

  async function send(): Promise<void> {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    for (let batch = next(); batch; batch = next()) if (!(await sendOne(batch))) break;
    sending = false;
  }

  const next = () => waiting.value.find(({ accountId }) => accountId === viewer.value?.account.id);

  async function sendOne(batch: Batch): Promise<boolean> {
    const answer = await ask(client, 'mutation', RecordPassagesDocument, { input: batch.inputs });
    if (answer.problem && isWorthARetry(answer.problem)) {
      waitFor(answer.problem);
      return false;
    }
    failures = serverFaults = 0;
    waiting.value = waiting.value.filter((other) => other !== batch);
    batch.concluded(answer.data ? rejectionsOf(batch, answer.data) : allRejected(batch, answer.problem));
    return true;
  }

  function isWorthARetry({ code }: RequestProblem): boolean {
    if (code === 'INTERNAL') serverFaults++;
    return !FINAL.has(code) && serverFaults < TRIES_OF_A_FAILING_SERVER;
  }

  function waitFor({ code, retryAfterSeconds }: RequestProblem): void {
    if (code === 'UNAUTHENTICATED') return;
    const pause = PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)] ?? 15_000;
    timer = setTimeout(send, Math.max(pause, (retryAfterSeconds ?? 0) * 1000));
  }

  return { put, send, unsent };
}

function rejectionsOf({ inputs }: Batch, { recordPassages }: RecordPassagesMutation): Rejection[] {
  return recordPassages.flatMap((result, at) => {
    const input = inputs[at];
    if (!input || result.__typename !== 'PassageRejected') return [];
    return { input, code: result.code, message: result.message };
  });
}

function allRejected({ inputs }: Batch, { code, message, fields }: RequestProblem): Rejection[] {
  return inputs.map((input) => ({ input, code, message: Object.values(fields)[0] ?? message }));
}
