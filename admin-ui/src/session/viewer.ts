import type { Client, CombinedError } from '@urql/core';
import { computed, ref, shallowRef } from 'vue';
import { getFragmentData } from '../gql/session/fragment-masking.ts';
import {
  ChangePasswordDocument,
  CurrentViewerDocument,
  SignedInViewerFragmentDoc,
  SignInDocument,
  SignOutDocument,
  type SignedInViewerFragment,
  type SignInMutation,
} from '../gql/session/graphql.ts';
import { readProblem, type RequestProblem } from './problem.ts';

export type Viewer = SignedInViewerFragment;

/** Who is signed in on this page; null: nobody, or not known yet. */
export const viewer = shallowRef<Viewer | null>(null);

/** ASKING until the server told whether the session cookie still stands for someone; OFFLINE when it gave no answer. */
export const session = ref<'ASKING' | 'SIGNED_OUT' | 'SIGNED_IN' | 'OFFLINE'>('ASKING');

export const mayWork = computed(
  () => viewer.value !== null && !viewer.value.mustChangePassword && !viewer.value.mustEnrolMfa,
);

/** What to say beside the form, or that it worked. */
export type SignInOutcome =
  | { ok: true }
  | {
      ok: false;
      message: string;
      field: string | null;
      retryAfterSeconds: number | null;
      offline: boolean;
      /** The password is right, and a code of the second factor is still to come. */
      codeNeeded: boolean;
    };

export async function askWhoIsSignedIn(client: Client): Promise<void> {
  session.value = 'ASKING';
  const { data, error } = await client.query(CurrentViewerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) session.value = error && readProblem(error).code === 'OFFLINE' ? 'OFFLINE' : 'SIGNED_OUT';
  else take(getFragmentData(SignedInViewerFragmentDoc, data.viewer) ?? null);
}

export async function signIn(
  client: Client,
  username: string,
  password: string,
  code: string | null = null,
): Promise<SignInOutcome> {
  const variables = { username: username.trim(), password, totp: code };
  const { data, error } = await client.mutation(SignInDocument, variables).toPromise();
  return conclude(data?.signIn, error);
}

/** Also what ends a first password: the server lets nothing else happen before. */
export async function changePassword(client: Client, current: string, next: string): Promise<SignInOutcome> {
  const { data, error } = await client.mutation(ChangePasswordDocument, { current, new: next }).toPromise();
  return conclude(data?.changePassword, error);
}

/** False when the server could not be told: then the session still stands. */
export async function signOut(client: Client): Promise<boolean> {
  const { data, error } = await client.mutation(SignOutDocument, {}).toPromise();
  const gone = data !== undefined || (error !== undefined && readProblem(error).code === 'UNAUTHENTICATED');
  if (gone) take(null);
  return gone;
}

/** For a request that came back as UNAUTHENTICATED: the session ended, the person signs in again where they stand. */
export function sessionEnded(): void {
  take(null);
}

function conclude(result: SignInMutation['signIn'] | undefined, error: CombinedError | undefined): SignInOutcome {
  if (result?.__typename === 'SignedIn') {
    take(getFragmentData(SignedInViewerFragmentDoc, result.viewer));
    return { ok: true };
  }
  if (result?.__typename === 'SecondFactorRequired') return failed(result.message, { codeNeeded: true });
  if (result) return failed(result.message, { retryAfterSeconds: result.retryAfter ?? null });
  const problem = error && readProblem(error);
  return failed(problem ? firstText(problem) : '', {
    offline: !problem || problem.code === 'OFFLINE',
    field: problem ? (Object.keys(problem.fields)[0] ?? null) : null,
    retryAfterSeconds: problem?.retryAfterSeconds ?? null,
  });
}

function failed(message: string, more: Partial<Extract<SignInOutcome, { ok: false }>>): SignInOutcome {
  return { ok: false, message, field: null, retryAfterSeconds: null, offline: false, codeNeeded: false, ...more };
}

function firstText(problem: RequestProblem): string {
  return Object.values(problem.fields)[0] ?? problem.message;
}

function take(found: Viewer | null): void {
  viewer.value = found;
  session.value = found ? 'SIGNED_IN' : 'SIGNED_OUT';
}
