import type { GraphqlClient, Question } from '../session/graphql-client.ts';

let loading: Promise<GraphqlClient> | null = null;

/** What asks the server is fetched once the page stands, and again with the next question where a bad network kept it away. */
export function loadClient(): Promise<GraphqlClient> {
  loading ??= import('../session/create-graphql-client.ts').then(({ createGraphqlClient }) => createGraphqlClient());
  loading.catch(() => (loading = null));
  return loading;
}

const asked =
  (kind: 'query' | 'mutation'): Question =>
  (...question) => ({
    toPromise: () =>
      loadClient().then(
        (client) => client[kind](...question).toPromise(),
        (networkError: Error) => ({ error: { graphQLErrors: [], networkError } }),
      ),
  });

export const patientClient: GraphqlClient = { query: asked('query'), mutation: asked('mutation') };
