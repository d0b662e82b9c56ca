import { expect, it, vi } from 'vitest';
import type { TypedDocumentNode } from '@urql/core';
import { parse } from 'graphql';
import { follow } from './live-client.ts';

// Not a spy: spies look after the promises that they hand out.
const dispose = () => Promise.reject(new Error('The socket was closed before it was open.'));
vi.mock('./locale.ts', () => ({ locale: { value: 'vi' } }));
vi.mock('graphql-ws/client', () => ({ createClient: () => ({ subscribe: () => undefined, dispose }) }));
vi.stubGlobal('location', { origin: 'http://localhost' });

it('a page that is left before its connection stands leaves no fault behind', async () => {
  const faults = vi.fn();
  process.on('unhandledRejection', faults);
  const document = parse('subscription Traffic { checkpointTraffic }') as TypedDocumentNode<object, object>;
  const stop = follow(document, {}, { next: () => undefined, link: () => undefined, signedOut: () => undefined });
  stop();
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', faults);
  expect(faults).not.toHaveBeenCalled();
});
