import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { aPassage, type PassageInput, type Recorded } from './builders.ts';
import { startBreakingProxy } from './breaking-proxy.ts';
import { faultsOf, type StoredPassage } from './record-history.ts';
import { play } from './record-play.ts';

// The checker of record-property.test.ts is checked itself: against servers that keep the promise, and that break it.
type Keeping = 'honest' | 'loses' | 'doubles' | 'alters' | 'shuffles';

/** Records in memory, as honestly as told. */
async function startToyServer(keeping: Keeping): Promise<{ server: Server; stored: StoredPassage[] }> {
  const stored: StoredPassage[] = [];
  let calls = 0;
  const record = (input: PassageInput): Recorded => {
    const before = stored.find(({ id }) => id === input.id);
    const answer = (duplicate: boolean): Recorded => ({
      __typename: 'PassageRecorded',
      duplicate,
      passage: { ...input, occurredAt: '', flags: [] },
    });
    if (before && keeping !== 'doubles') {
      return before.direction === input.direction
        ? answer(true)
        : { __typename: 'PassageRejected', id: input.id, code: 'ID_REUSED' };
    }
    // An acknowledgement before the commit: now and then the commit never comes.
    if (keeping === 'loses' && (calls += 1) % 2 === 0) return answer(false);
    stored.push(keeping === 'alters' && stored.length % 7 === 3 ? { ...input, decision: 'VOID' } : { ...input });
    return answer(false);
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      const { variables } = JSON.parse(body) as { variables: { input: PassageInput[] } };
      const results = variables.input.map(record);
      response.end(JSON.stringify({ data: { recordPassages: keeping === 'shuffles' ? results.reverse() : results } }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, stored };
}

async function faultsWith(keeping: Keeping): Promise<string[]> {
  const { server, stored } = await startToyServer(keeping);
  const proxy = await startBreakingProxy(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const passages = Array.from({ length: 12 }, () => aPassage('here'));
  const batches = [passages.slice(0, 5), passages.slice(4, 9), passages.slice(9)];
  const clients = batches.map((batch) => [
    { batch, node: 0, break: 'reply' as const, blow: 'none' as const, again: false },
  ]);
  const history = await play({ urls: [proxy.url], strike: async () => undefined, cookie: '' }, clients);
  await proxy.close();
  server.close();
  return faultsOf(history, passages, stored);
}

describe('the checker', () => {
  it('finds nothing in a server that keeps its promise', async () => {
    expect(await faultsWith('honest')).toEqual([]);
  });

  it.each<[Keeping, RegExp]>([
    ['loses', /was answered and is not there|was new twice/],
    ['doubles', /stands \d+ times/],
    ['alters', /acknowledged with other content/],
    ['shuffles', /is of another passage/],
  ])('catches a server that %s', async (keeping, fault) => {
    expect((await faultsWith(keeping)).join('\n')).toMatch(fault);
  });
});
