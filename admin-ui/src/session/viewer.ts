import type { GraphqlClient, GraphqlError } from './graphql-client.ts';
import { computed, ref, shallowRef } from 'vue';
import { getFragmentData } from '../gql/session/fragment-masking.ts';
import {
  ChangePasswordDocument,
  CurrentViewerDocument,
  KeepOnWallDocument,
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

/** What to say beside a form that was refused. */
export interface Refusal {
  ok: false;
  message: string;
  field: string | null;
  retryAfterSeconds: number | null;
  offline: boolean;
  /** The password is right, and a code of the second factor is still to come. */
  codeNeeded: boolean;
}

export type SignInOutcome = { ok: true } | Refusal;

export async function askWhoIsSignedIn(client: GraphqlClient): Promise<void> {
  session.value = 'ASKING';
  const { data, error } = await client.query(CurrentViewerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) session.value = error && readProblem(error).code === 'OFFLINE' ? 'OFFLINE' : 'SIGNED_OUT';
  else take(getFragmentData(SignedInViewerFragmentDoc, data.viewer) ?? null);
}

/** After something of the own account changed; without an answer what is known stays. */
export async function refreshViewer(client: GraphqlClient): Promise<void> {
  const { data } = await client.query(CurrentViewerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  if (data) take(getFragmentData(SignedInViewerFragmentDoc, data.viewer) ?? null);
}

export async function signIn(
  client: GraphqlClient,
  username: string,
  password: string,
  code: string | null = null,
): Promise<SignInOutcome> {
  const variables = { username: username.trim(), password, totp: code };
  const { data, error } = await client.mutation(SignInDocument, variables).toPromise();
  return conclude(data?.signIn, error);
}

/** Also what ends a first password: the server lets nothing else happen before. */
export async function changePassword(client: GraphqlClient, current: string, next: string): Promise<SignInOutcome> {
  const { data, error } = await client.mutation(ChangePasswordDocument, { current, new: next }).toPromise();
  return conclude(data?.changePassword, error);
}

/** From here on this session shows the flow and nothing else. */
export async function keepOnWall(client: GraphqlClient): Promise<SignInOutcome> {
  const { data, error } = await client.mutation(KeepOnWallDocument, {}).toPromise();
  if (!data) return toRefusal(undefined, error);
  take(getFragmentData(SignedInViewerFragmentDoc, data.keepOnWall));
  return { ok: true };
}

/** False when the server could not be told: then the session still stands. */
export async function signOut(client: GraphqlClient): Promise<boolean> {
  const { data, error } = await client.mutation(SignOutDocument, {}).toPromise();
  const gone = data !== undefined || (error !== undefined && readProblem(error).code === 'UNAUTHENTICATED');
  if (gone) take(null);
  return gone;
}

/** For a request that came back as UNAUTHENTICATED: the session ended, the person signs in again where they stand. */
export function sessionEnded(): void {
  take(null);
}

function conclude(result: SignInMutation['signIn'] | undefined, error: GraphqlError | undefined): SignInOutcome {
  if (result?.__typename !== 'SignedIn') return toRefusal(result, error);
  take(getFragmentData(SignedInViewerFragmentDoc, result.viewer));
  return { ok: true };
}

/** A problem that the server told as data or as an error, or that it could not be asked. */
export function toRefusal(
  told: { __typename?: string; message: string; retryAfter?: number | null } | undefined,
  error: GraphqlError | undefined,
): Refusal {
  const problem = error && readProblem(error);
  if (problem?.code === 'UNAUTHENTICATED') sessionEnded();
  return {
    ok: false,
    message: told?.message ?? (problem ? firstText(problem) : ''),
    field: problem ? (Object.keys(problem.fields)[0] ?? null) : null,
    retryAfterSeconds: told?.retryAfter ?? problem?.retryAfterSeconds ?? null,
    offline: !told && (!problem || problem.code === 'OFFLINE'),
    codeNeeded: told?.__typename === 'SecondFactorRequired',
  };
}

function firstText(problem: RequestProblem): string {
  return Object.values(problem.fields)[0] ?? problem.message;
}

/** After a change of how one signs in, which began a new session. */
export function goOnAs(found: Viewer): void {
  take(found);
}

function take(found: Viewer | null): void {
  viewer.value = found;
  session.value = found ? 'SIGNED_IN' : 'SIGNED_OUT';
}
