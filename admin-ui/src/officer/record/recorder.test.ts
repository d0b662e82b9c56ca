import type { GraphqlClient } from '../../session/graphql-client.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordPassageInput } from '../../gql/officer/graphql.ts';
import type { Recorder } from './recorder.ts';

vi.hoisted(() => {
  const page = { documentElement: {}, createElement: () => ({}) };
  Object.assign(globalThis, { document: page, localStorage: { getItem: () => null, setItem: () => undefined } });
});
const { createRecorder } = await import('./recorder.ts');
const { viewer } = await import('../../session/viewer.ts');

const admitted = { checkpointId: 'dx', direction: 'IN', decision: 'ADMITTED', reason: null } as const;
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    declarationId: `d${at}`,
    fullName: `Người ${at}`,
    qrPayload: null,
    evidence: 'CARD_ONLY' as const,
  }));

type Answer = 'LOST' | 'FAULT' | 'FORBIDDEN' | ((input: RecordPassageInput) => object);
const recorded: Answer = ({ id }) => ({ __typename: 'PassageRecorded', duplicate: false, passage: { id } });
const rejected: Answer = ({ id }) => ({
  __typename: 'PassageRejected',
  id,
  code: 'CHECKPOINT_CLOSED',
  message: 'Chốt đã đóng.',
});

let sent: RecordPassageInput[][] = [];
let answers: Answer[] = [];
const client = {
  mutation: (_: unknown, { input }: { input: RecordPassageInput[] }) => ({
    toPromise: () => Promise.resolve(answer(input)),
  }),
} as unknown as GraphqlClient;

function answer(input: RecordPassageInput[]) {
  sent.push(input);
  const next = answers.shift() ?? recorded;
  if (next === 'LOST') return { error: { networkError: new Error('away'), graphQLErrors: [] } };
  if (typeof next === 'string')
    return {
      error: { graphQLErrors: [{ message: next, extensions: { code: next === 'FAULT' ? 'INTERNAL' : next } }] },
    };
  return { data: { recordPassages: input.map(next) } };
}
const idsOf = (batch: RecordPassageInput[] | undefined) => batch?.map(({ id }) => id);
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const signInAs = (id: string) => (viewer.value = { account: { id } } as NonNullable<typeof viewer.value>);
let recorder: Recorder;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers] = [[], []];
  signInAs('officer');
  recorder = createRecorder(client);
});
afterEach(() => vi.useRealTimers());

describe('a passing', () => {
  it('of 45 people is one request, and stands in the list before the answer', async () => {
    const passing = recorder.record(people(45), admitted);
    expect(recorder.passings.value).toHaveLength(1);
    expect([passing.state, recorder.unsent.value]).toEqual(['UNSENT', 45]);
    await settle();
    expect(sent.map((batch) => batch.length)).toEqual([45]);
    expect([passing.state, recorder.unsent.value]).toEqual(['RECORDED', 0]);
  });

  it('whose answer is lost is sent again with the same ids until one comes', async () => {
    answers = ['LOST', 'LOST', 'FAULT'];
    const passing = recorder.record(people(2), admitted);
    await settle();
    expect([passing.state, recorder.unsent.value]).toEqual(['UNSENT', 2]);
    await settle(20_000);
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map((batch) => String(idsOf(batch)))).size).toBe(1);
    expect([passing.state, recorder.unsent.value]).toEqual(['RECORDED', 0]);
  });

  it('that is undone is corrected, though it is not sent yet, and after it', async () => {
    answers = ['LOST'];
    const passing = recorder.record(people(3), admitted);
    await settle();
    recorder.undo(passing);
    recorder.undo(passing);
    await settle(5_000);
    expect(sent.at(-1)?.map(({ corrects, decision }) => [corrects, decision])).toEqual(
      idsOf(sent[0])?.map((id) => [id, 'VOID']),
    );
    expect(sent).toHaveLength(3);
    expect(passing.state).toBe('UNDONE');
  });

  it('waits for its own officer when another signs in', async () => {
    answers = ['LOST'];
    recorder.record(people(1), admitted);
    await settle();
    signInAs('somebody else');
    await settle(60_000);
    expect([sent.length, recorder.unsent.value]).toEqual([1, 1]);
    recorder.forgetSent();
    expect(recorder.passings.value).toHaveLength(1);
    signInAs('officer');
    await recorder.resume();
    expect(recorder.unsent.value).toBe(0);
    recorder.forgetSent();
    expect(recorder.passings.value).toEqual([]);
  });
});

describe('what the server refuses', () => {
  it('stays with name and reason until it is dealt with, and the others are recorded', async () => {
    const [, second] = people(2);
    answers = [(input) => (input.declarationId === second?.declarationId ? rejected(input) : recorded(input))];
    const passing = recorder.record(people(2), admitted);
    await settle();
    expect(recorder.rejected.value).toMatchObject([{ fullName: 'Người 1', message: 'Chốt đã đóng.' }]);
    expect([passing.state, passing.names]).toEqual(['RECORDED', ['Người 0']]);
    expect(recorder.unfinished.value).toBe(1);
    const [one] = recorder.rejected.value;
    if (one) recorder.dismiss(one);
    expect(recorder.unfinished.value).toBe(0);
  });

  it('is sent again with the id it had', async () => {
    answers = [rejected];
    recorder.record(people(1), admitted);
    await settle();
    expect(recorder.passings.value).toEqual([]);
    const [one] = recorder.rejected.value;
    if (one) recorder.sendAgain(one);
    await settle();
    expect(idsOf(sent[1])).toEqual(idsOf(sent[0]));
    expect(recorder.passings.value).toMatchObject([{ state: 'RECORDED', names: ['Người 0'] }]);
    expect(recorder.rejected.value).toEqual([]);
  });

  it('as a whole, or again and again, is not tried for ever', async () => {
    answers = ['FORBIDDEN', 'FAULT', 'FAULT', 'FAULT', 'FAULT', 'FAULT'];
    recorder.record(people(1), admitted);
    recorder.record(people(1), admitted);
    await settle(120_000);
    expect(recorder.rejected.value).toHaveLength(2);
    expect(recorder.unsent.value).toBe(0);
  });
});
