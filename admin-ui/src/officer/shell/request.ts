import type { AnyVariables, Client, DocumentInput } from '@urql/core';
import { readProblem, type RequestProblem } from '../../session/problem.ts';
import { sessionEnded } from '../../session/viewer.ts';
import { heardFromServer } from './network.ts';

type Answer<Data> = { data: Data; problem: null } | { data: null; problem: RequestProblem };

/** Asks the server, which tells whether there is a network. Where the session ended meanwhile, the page asks to sign in. */
export async function ask<Data, Variables extends AnyVariables>(
  client: Client,
  kind: 'query' | 'mutation',
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const { data, error } = await client[kind](document, variables, { requestPolicy: 'network-only' }).toPromise();
  const problem = error ? readProblem(error) : noAnswer;
  heardFromServer(!error?.networkError);
  if (!error && data) return { data, problem: null };
  if (problem.code === 'UNAUTHENTICATED') sessionEnded();
  return { data: null, problem };
}

const noAnswer: RequestProblem = {
  code: 'INTERNAL',
  message: '',
  fields: {},
  retryAfterSeconds: null,
  requestId: null,
};
