import { beforeEach, expect, it, vi } from 'vitest';
import type { GraphqlClient } from '../session/graphql-client.ts';

const query = vi.fn(() => ({ toPromise: () => Promise.resolve({ data: 'answer' }) }));
const mutation = vi.fn(() => ({ toPromise: () => Promise.resolve({ data: 'done' }) }));
const createGraphqlClient = vi.fn(() => ({ query, mutation }));
vi.mock('../session/create-graphql-client.ts', () => ({ createGraphqlClient }));

let patientClient: GraphqlClient;
beforeEach(async () => {
  vi.clearAllMocks();
  vi.resetModules();
  ({ patientClient } = await import('./patient-client.ts'));
});

it('a question that was asked while the client could not be had is told as one without a network, and the next is asked', async () => {
  const away = new Error('Failed to fetch dynamically imported module');
  createGraphqlClient.mockImplementationOnce(() => {
    throw away;
  });
  expect(await patientClient.query('{ ping }', {}).toPromise()).toEqual({
    error: { graphQLErrors: [], networkError: away },
  });
  expect(await patientClient.query('{ ping }', {}).toPromise()).toEqual({ data: 'answer' });
});

it('one client asks all questions, as they were asked', async () => {
  const context = { requestPolicy: 'network-only' as const };
  await Promise.all([
    patientClient.query('{ a }', { id: '1' }, context).toPromise(),
    patientClient.mutation('mutation { b }', {}).toPromise(),
  ]);
  expect(query).toHaveBeenCalledExactlyOnceWith('{ a }', { id: '1' }, context);
  expect(mutation).toHaveBeenCalledExactlyOnceWith('mutation { b }', {});
  expect(createGraphqlClient).toHaveBeenCalledOnce();
});
