import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { breaks, startBreakingProxy, type BreakingProxy } from './breaking-proxy.ts';
import { aPassage, declared, type PassageInput } from './builders.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { faultsOf, type StoredPassage } from './record-history.ts';
import { play, type Blow, type Sending, type Stage } from './record-play.ts';
import { startServer, type TestServer } from './server.ts';

// Two nodes on one database: one here, one a process of its own, which is killed and comes back. Between each and its
// clients stands a proxy that breaks connections. About 25 s, whatever the machine does in that time.
const longestMs = 22_000;
const minute = 60_000;

let server: TestServer;
let node: NodeProcess;
let proxies: BreakingProxy[] = [];
let stage: Stage;
let people: Array<{ declarationId: string } | { qrPayload: string }>;
let restarting: Promise<void> = Promise.resolve();
const happened = { kills: 0, terminated: 0, answered: 0, runs: 0 };

beforeAll(async () => {
  server = await startServer();
  [node] = await Promise.all([startNode(server.ownerUrl), server.signIn('officer.38')]);
  proxies = await Promise.all([startBreakingProxy(() => server.url), startBreakingProxy(() => node.url)]);
  stage = { urls: proxies.map(({ url }) => url), strike, cookie: await server.signIn('officer.38') };
  const holders = await Promise.all(Array.from({ length: 8 }, () => declared(server)));
  people = holders.map(({ id, qrPayload }, at) => (at % 2 === 0 ? { declarationId: id } : { qrPayload }));
});
afterAll(async () => {
  await restarting;
  node.signal('SIGKILL');
  await node.exited;
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await server.stop();
});

async function strike(blow: Blow): Promise<void> {
  if (blow === 'backends') {
    const rows = await server.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cordon_api' and datname = current_database()`,
    );
    happened.terminated += rows.length;
  }
  if (blow === 'kill') kill();
}

/** Kills the second node, unless it is still coming back; clients go on with the first meanwhile. */
let down = false;
function kill(): void {
  if (down) return;
  down = true;
  happened.kills += 1;
  node.signal('SIGKILL');
  restarting = comeBack().then((next) => {
    node = next;
    down = false;
  });
}

/** A backend that is struck while a node starts ends that node: whoever runs it starts it again, as here. */
async function comeBack(tries = 10): Promise<NodeProcess> {
  return startNode(server.ownerUrl).catch((error: unknown) => {
    if (tries <= 1) throw error;
    return comeBack(tries - 1);
  });
}

const passage = fc.record({
  ageMinutes: fc.nat({ max: 13 * 24 * 60 }),
  person: fc.nat(),
  direction: fc.constantFrom('IN', 'OUT'),
  decision: fc.constantFrom('ADMITTED', 'ISOLATED'),
  at: fc.constantFrom<'docXay' | 'cauGhep'>('docXay', 'cauGhep'),
});
const sending = fc.record({
  // An index over the passages picks one with another content under the same id.
  picks: fc.array(fc.record({ of: fc.nat(), altered: fc.integer({ min: 0, max: 9 }).map((die) => die === 0) }), {
    minLength: 1,
    maxLength: 20,
  }),
  node: fc.nat({ max: 1 }),
  break: fc.constantFrom(...breaks),
  blow: fc.constantFrom<Blow>('none', 'none', 'none', 'none', 'none', 'backends', 'kill'),
  // Seldom: each re-send would mend what the one before it lost.
  again: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
});
const plan = fc.record({
  passages: fc.array(passage, { minLength: 1, maxLength: 120, size: 'max' }),
  clients: fc.array(fc.array(sending, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

function arrange({ passages, clients }: Plan): Sending[][] {
  const all = passages.map(({ ageMinutes, person, direction, decision, at }) =>
    aPassage(server.checkpoints[at], {
      id: newUuid7(Date.now() - ageMinutes * minute),
      direction,
      decision,
      ...people[person % people.length],
    }),
  );
  const pick = ({ of, altered }: { of: number; altered: boolean }): PassageInput => {
    const chosen = all[of % all.length] ?? aPassage('');
    return altered ? { ...chosen, direction: chosen.direction === 'IN' ? 'OUT' : 'IN' } : chosen;
  };
  return clients.map((sendings) => sendings.map(({ picks, ...rest }) => ({ ...rest, batch: picks.map(pick) })));
}

const storedOf = (ids: string[]) =>
  server.sql<StoredPassage>(
    'select id, checkpoint_id as "checkpointId", direction, decision, evidence from passage where id = any($1)',
    [ids],
  );

describe('recording while connections break and nodes die', () => {
  it('whatever the order and repetition of batches, each passage stands once and each acknowledged one is there', async () => {
    const property = fc.asyncProperty(plan, async (value) => {
      const clients = arrange(value);
      const sent = clients.flat().flatMap(({ batch }) => batch);
      const history = await play(stage, clients);
      happened.runs += 1;
      happened.answered += history.length;
      const ids = [...new Set(sent.map(({ id }) => id))];
      expect(faultsOf(history, sent, await storedOf(ids))).toEqual([]);
      expect(await announcedMoreThanOnce(ids)).toEqual([]);
    });
    // No shrinking: what two nodes and a network do does not happen twice.
    await fc.assert(property, { numRuns: 1_000, interruptAfterTimeLimit: longestMs, endOnFailure: true });
    expect(happened.kills).toBeGreaterThan(0);
    expect(happened.terminated).toBeGreaterThan(0);
    expect(happened.runs).toBeGreaterThan(3);
  }, 90_000);
});

/** What the outbox tells of a passage stands there once too: exactly as often as the passage. */
async function announcedMoreThanOnce(ids: string[]): Promise<string[]> {
  const rows = await server.sql<{ id: string }>(
    `select w.id from unnest($1::text[]) as w (id)
     where (select count(*) from outbox o where o.topic = 'passages.recorded' and o.payload -> 'ids' ? w.id) <> 1`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
