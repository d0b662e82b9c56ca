import type { GraphqlClient } from '../../session/graphql-client.ts';
import { computed, inject, ref, type InjectionKey } from 'vue';
import type { RecordPassageInput } from '../../gql/officer/graphql.ts';
import { serverNow } from '../../session/server-clock.ts';
import { viewer } from '../../session/viewer.ts';
import { createOutbox, type Rejection } from './outbox.ts';
import { passageInputs, voidInputs, type PassageOf, type PersonAboard } from './passage-inputs.ts';

const UNDO_MS = 10_000;

/** What one press recorded: one person, or all who were aboard. */
export interface Passing extends PassageOf {
  key: string;
  names: string[];
  inputs: RecordPassageInput[];
  /** Of the server's clock. */
  at: number;
  /** Of this device's clock: until when the press can be taken back. */
  undoUntil: number;
  state: 'UNSENT' | 'RECORDED' | 'REJECTED' | 'UNDOING' | 'UNDONE';
}

/** A passage that was not stored. It stays on the page until an officer deals with it. */
interface Rejected extends Rejection {
  fullName: string;
}

/** Records passages, takes them back, and keeps what the server refused. One a page: it outlives a session that ended. */
export function createRecorder(client: GraphqlClient) {
  const outbox = createOutbox(client);
  const passings = ref<Passing[]>([]);
  const rejected = ref<Rejected[]>([]);
  const unfinished = computed(() => outbox.unsent.value + rejected.value.length);

  function send(inputs: RecordPassageInput[], names: string[], concluded: (rejections: Rejection[]) => void): void {
    const name = (id: string) => names[inputs.findIndex((input) => input.id === id)] ?? '';
    outbox.put({
      accountId: viewer.value?.account.id ?? '',
      inputs,
      concluded(rejections) {
        rejected.value.push(...rejections.map((rejection) => ({ ...rejection, fullName: name(rejection.input.id) })));
        concluded(rejections);
      },
    });
  }

  function record(people: readonly PersonAboard[], of: PassageOf): Passing {
    const at = serverNow();
    const inputs = passageInputs(people, of, at);
    return add(
      inputs,
      people.map(({ fullName }) => fullName),
      of,
      at,
    );
  }

  function add(inputs: RecordPassageInput[], names: string[], of: PassageOf, at: number): Passing {
    const key = inputs[0]?.id ?? '';
    passings.value.unshift({ ...of, key, names, inputs, at, undoUntil: Date.now() + UNDO_MS, state: 'UNSENT' });
    const passing = passings.value[0] as Passing;
    send(inputs, names, (rejections) => conclude(passing, rejections));
    return passing;
  }

  /** What was rejected stands in the box of its own. An undo pressed meanwhile is behind this in the outbox. */
  function conclude(passing: Passing, rejections: Rejection[]): void {
    const refused = new Set(rejections.map(({ input }) => input.id));
    const kept = passing.inputs.map(({ id }) => !refused.has(id));
    if (!kept.includes(true)) {
      passing.state = 'REJECTED';
      passings.value = passings.value.filter(({ key }) => key !== passing.key);
      return;
    }
    passing.names = passing.names.filter((_, at) => kept[at]);
    passing.inputs = passing.inputs.filter((_, at) => kept[at]);
    if (passing.state === 'UNSENT') passing.state = 'RECORDED';
  }

  function undo(passing: Passing): void {
    if (passing.state !== 'UNSENT' && passing.state !== 'RECORDED') return;
    passing.state = 'UNDOING';
    send(voidInputs(passing.inputs), passing.names, (rejections) => {
      passing.state = rejections.length === 0 ? 'UNDONE' : 'RECORDED';
    });
  }

  /** With the id it had, so that it counts once even if the server has it after all. */
  function sendAgain(rejection: Rejected): void {
    const { input, fullName } = rejection;
    const { checkpointId, direction, decision, reason = null } = input;
    dismiss(rejection);
    if (decision === 'VOID') send([input], [fullName], () => undefined);
    else add([input], [fullName], { checkpointId, direction, decision, reason }, serverNow());
  }

  function dismiss(rejection: Rejected): void {
    rejected.value = rejected.value.filter(({ input }) => input.id !== rejection.input.id);
  }

  /** Another officer does not see whom this one recorded; what is not sent yet stays, and is counted. */
  function forgetSent(): void {
    passings.value = passings.value.filter(({ state }) => state === 'UNSENT' || state === 'UNDOING');
  }

  const { unsent, send: resume } = outbox;
  return { passings, rejected, unsent, unfinished, record, undo, sendAgain, dismiss, forgetSent, resume };
}

export type Recorder = ReturnType<typeof createRecorder>;
export const recorderKey: InjectionKey<Recorder> = Symbol('recorder');

export function useRecorder(): Recorder {
  const recorder = inject(recorderKey);
  if (!recorder) throw new Error('The page provides no recorder.');
  return recorder;
}
