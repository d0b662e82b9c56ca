import type { AnyVariables, DocumentInput } from '@urql/core';
import type { GraphqlClient } from './graphql-client.ts';
import { readProblem, unanswered, type RequestProblem } from './problem.ts';
import { sessionEnded } from './viewer.ts';

export type Answer<Data> = { data: Data; problem: null } | { data: null; problem: RequestProblem };

/** Asks the server. Where the session ended meanwhile the page asks to sign in, and comes back to its address. */
export async function ask<Data, Variables extends AnyVariables>(
  client: GraphqlClient,
  kind: 'query' | 'mutation',
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const { data, error } = await client[kind](document, variables, { requestPolicy: 'network-only' }).toPromise();
  if (!error && data) return { data, problem: null };
  const problem = error ? readProblem(error) : emptyProblem;
  if (problem.code === 'UNAUTHENTICATED') sessionEnded();
  return { data: null, problem };
}

const emptyProblem: RequestProblem = { ...unanswered, code: 'INTERNAL' };
