import type { GraphqlClient, GraphqlError } from './graphql-client.ts';
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  OwnSessionsDocument,
  type OwnSessionsQuery,
} from '../gql/session/graphql.ts';
import { readProblem } from './problem.ts';
import { sessionEnded } from './viewer.ts';

export type OwnSession = OwnSessionsQuery['sessions'][number];

/** The sign-ins that still stand; null: no answer came. */
export async function ownSessions(client: GraphqlClient): Promise<readonly OwnSession[] | null> {
  const { data, error } = await client.query(OwnSessionsDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  return told(data?.sessions, error);
}

/** Null: no answer came, so it may still stand. */
export async function endOne(client: GraphqlClient, id: string): Promise<boolean | null> {
  const { data, error } = await client.mutation(EndSessionDocument, { id }).toPromise();
  return told(data?.endSession, error);
}

/** How many ended; null: no answer came. */
export async function endOthers(client: GraphqlClient): Promise<number | null> {
  const { data, error } = await client.mutation(EndOtherSessionsDocument, {}).toPromise();
  return told(data?.endOtherSessions, error);
}

function told<Value>(value: Value | undefined, error: GraphqlError | undefined): Value | null {
  if (error && readProblem(error).code === 'UNAUTHENTICATED') sessionEnded();
  return value ?? null;
}
