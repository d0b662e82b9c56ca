import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { CompleteDeclaration } from '#api/declarations/shared/declaration-draft.ts';
import type { Sex } from '#api/people/shared/sex.ts';
import type { GraphqlClient } from '../../session/graphql-client.ts';
import { computed, inject, reactive, shallowRef, type InjectionKey } from 'vue';
import { KeyInFormDocument, type DeclarationInput, type KeyInFormMutation } from '../../gql/officer/graphql.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { serverNow } from '../../session/server-clock.ts';
import { checkpointId } from '../settings.ts';
import { ask } from '../shell/request.ts';
import { noteEntered } from './entered.ts';
import { completed, newPaperForm, repeatedOf, type PaperForm, type Repeated } from './paper-form.ts';

export type KeyedIn = Extract<KeyInFormMutation['recordPaperDeclaration'], { __typename: 'DeclarationSubmitted' }>;
export type Saved =
  | { kind: 'STORED' }
  | { kind: 'INVALID'; fields: readonly { path: string; message: string }[] }
  | { kind: 'FAULT'; problem: RequestProblem };

/** Who stands on a card that was scanned, as far as it says. */
export interface PrefilledPerson {
  fullName: string;
  /** 1950-08-23 or 23/08/1950. */
  dateOfBirth: string;
  sex?: Sex | null;
  idNumber?: string | null;
  passportNumber?: string | null;
  address?: string | null;
}

/** What was sent and not answered yet: sent again as it was, with its id, it is stored once. */
interface Pending {
  content: string;
  input: CompleteDeclaration;
}

/**
 * The form that is being keyed in. One a page: it outlives a walk to the lane and a session that ended. In memory alone, for
 * nothing of a person may lie readable on the device.
 */
export function createPaperDesk(client: GraphqlClient) {
  const form = reactive<PaperForm>(newPaperForm(serverNow()));
  const last = shallowRef<Repeated | null>(null);
  const done = shallowRef<KeyedIn | null>(null);
  let pending: Pending | null = null;
  const begun = computed(() =>
    [form.fullName, form.document, form.born, form.destination, form.symptoms].some((answer) => !!answer),
  );

  const unfinished = computed(() => begun.value && !done.value);
  const isSomebodys = () => [form.fullName, form.document, form.born, form.symptoms].some((answer) => !!answer);

  /** A blank form, perhaps with a number. */
  function begin(number = ''): void {
    Object.assign(form, newPaperForm(serverNow()), { number });
    done.value = pending = null;
  }

  /** The number of a form that lies there; what is keyed in already is not thrown away for it. */
  function take(number: string): void {
    if (unfinished.value) form.number = number;
    else begin(number);
  }

  /** Who is on a card goes into the form, but for one that is somebody's: two people must not become one. */
  function prefill({ fullName, dateOfBirth, sex, idNumber, passportNumber, address }: PrefilledPerson): boolean {
    if (done.value) begin();
    if (isSomebodys()) return false;
    Object.assign(form, {
      fullName,
      born: dateOfBirth.split('-').reverse().join('/'),
      sex: sex ?? form.sex,
      document: idNumber ?? passportNumber ?? form.document,
      permanentLine: address ?? form.permanentLine,
    });
    return true;
  }

  function repeat(): void {
    if (last.value) Object.assign(form, last.value);
  }

  async function save(): Promise<Saved> {
    const content = JSON.stringify(form);
    if (pending?.content !== content) {
      const now = serverNow();
      pending = { content, input: completed(form, newUuid7(now), now) };
    }
    const { input } = pending;
    const variables = { input: input as DeclarationInput, checkpointId: checkpointId.value };
    const { data, problem } = await ask(client, 'mutation', KeyInFormDocument, variables);
    if (problem) return { kind: 'FAULT', problem };
    return settle(data.recordPaperDeclaration, input);
  }

  function settle(result: KeyInFormMutation['recordPaperDeclaration'], input: CompleteDeclaration): Saved {
    if (result.__typename === 'DeclarationSubmitted') {
      last.value = repeatedOf(form);
      noteEntered(input.paperFormNumber ?? '', checkpointId.value);
      done.value = result;
      pending = null;
      return { kind: 'STORED' };
    }
    // The same id is no longer the same content.
    pending = null;
    return { kind: 'INVALID', fields: result.__typename === 'InvalidDeclaration' ? result.fields : [] };
  }

  /** Another officer sees nothing of whom this one keyed in. */
  function forget(): void {
    begin();
    last.value = null;
  }

  return { form, last, done, begun, unfinished, begin, take, prefill, repeat, save, forget };
}

export type PaperDesk = ReturnType<typeof createPaperDesk>;
export const paperDeskKey: InjectionKey<PaperDesk> = Symbol('paper desk');

export function usePaperDesk(): PaperDesk {
  const desk = inject(paperDeskKey);
  if (!desk) throw new Error('The page provides no paper desk.');
  return desk;
}
