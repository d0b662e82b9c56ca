import type { AnyVariables, CombinedError, DocumentInput, OperationContext } from '@urql/core';
import { inject, type InjectionKey } from 'vue';

/** What pages ask the server with: urql's client, or one that fetches it first. */
export interface GraphqlClient {
  query: Question;
  mutation: Question;
}
export type Question = <Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
  context?: Partial<OperationContext>,
) => { toPromise: () => Promise<GraphqlAnswer<Data>> };

export interface GraphqlAnswer<Data> {
  data?: Data | undefined;
  error?: GraphqlError | undefined;
}
export type GraphqlError = Pick<CombinedError, 'graphQLErrors' | 'networkError'>;

/** How the shared components reach the surface's client: `app.provide(graphqlClientKey, client)`. */
export const graphqlClientKey: InjectionKey<GraphqlClient> = Symbol('graphql client');

export function useGraphqlClient(): GraphqlClient {
  const client = inject(graphqlClientKey);
  if (!client) throw new Error('The surface provides no GraphQL client.');
  return client;
}
