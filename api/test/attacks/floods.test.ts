import { newReceiptSecret } from '#api/declarations/shared/receipt-secret.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, anIdNumber, aPhoneNumber, declared } from '../builders.ts';
import { startServer, type TestServer } from '../server.ts';
import { demandIn, solveWork, submitWith, type Outcome } from './solve-work.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const kinds = (outcomes: Outcome[]) => outcomes.map(({ __typename }) => __typename);
const stored = async (id: string) => (await server.sql('select 1 from declaration where id = $1', [id])).length;

/** Declares five times for a person, so that the next one is the sixth. */
async function fiveOpen(person: Record<string, string>, times = 5) {
  const open: Array<Awaited<ReturnType<typeof declared>>> = [];
  for (let count = 0; count < times; count += 1) open.push(await declared(server, { person }));
  return open;
}

describe.each([
  ['an ID number', () => ({ idNumber: anIdNumber() })],
  ['a phone number', () => ({ phone: aPhoneNumber() })],
])('floods of %s', (_, known) => {
  it('five declarations are open freely, the sixth costs work and is then stored', async () => {
    const person = known();
    await fiveOpen(person);
    const sixth = aDeclaration({ person });
    const demand = demandIn(await submitWith(server, [sixth]));
    expect(demand).toMatchObject({ id: sixth.id, bits: 4, message: expect.stringMatching(/\p{L}/u) });
    expect(await stored(sixth.id)).toBe(0);
    expect(kinds(await submitWith(server, [sixth], solveWork(demand)))).toEqual(['DeclarationSubmitted']);
    expect(await stored(sixth.id)).toBe(1);
  });

  it('the work doubles as the number of open ones does', async () => {
    const person = known();
    await fiveOpen(person);
    for (let open = 5; open < 11; open += 1) {
      const next = aDeclaration({ person });
      const demand = demandIn(await submitWith(server, [next]));
      expect(demand.bits).toBe(open < 9 ? 4 : 5);
      await submitWith(server, [next], solveWork(demand));
    }
  });
});

describe('what does not count as open', () => {
  it('withdrawn and expired ones, those of other people, and what was sent before', async () => {
    const person = { idNumber: anIdNumber() };
    const open = await fiveOpen(person);
    const replay = aDeclaration({ person, id: open[0]?.id ?? '' });
    expect(kinds(await submitWith(server, [replay]))).toEqual(['InvalidDeclaration']);
    await server.graphql('mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }', {
      secret: open[0]?.secret,
    });
    expect(kinds(await submitWith(server, [aDeclaration({ person })]))).toEqual(['DeclarationSubmitted']);
    await server.sql('update declaration set valid_until = now() where id = $1', [open[1]?.id]);
    expect(kinds(await submitWith(server, [aDeclaration({ person })]))).toEqual(['DeclarationSubmitted']);
    expect(kinds(await submitWith(server, [aDeclaration()]))).toEqual(['DeclarationSubmitted']);
  });

  it('a submission that was stored is answered again without work, however many are open since', async () => {
    const person = { idNumber: anIdNumber() };
    const input = aDeclaration({ person });
    await submitWith(server, [input]);
    await fiveOpen(person, 4);
    demandIn(await submitWith(server, [aDeclaration({ person })]));
    expect(kinds(await submitWith(server, [input]))).toEqual(['DeclarationSubmitted']);
  });

  it('a phone shared by six companions counts six times, and all of them are asked once', async () => {
    const phone = aPhoneNumber();
    const family = Array.from({ length: 6 }, () => aDeclaration({ person: { phone } }));
    const outcomes = await submitWith(server, family);
    expect(new Set(kinds(outcomes))).toEqual(new Set(['WorkRequired']));
    expect(outcomes.map((outcome) => 'id' in outcome && outcome.id)).toEqual(family.map(({ id }) => id));
    const all = await submitWith(server, family, solveWork(demandIn(outcomes)));
    expect(new Set(kinds(all))).toEqual(new Set(['DeclarationSubmitted']));
  });
});

describe('work is of use once', () => {
  it('not for another declaration, nor for the same with one thing changed', async () => {
    const person = { idNumber: anIdNumber() };
    await fiveOpen(person);
    const sixth = aDeclaration({ person });
    const work = solveWork(demandIn(await submitWith(server, [sixth])));
    for (const other of [
      aDeclaration({ person }),
      { ...sixth, onBehalf: true },
      { ...sixth, receiptSecret: newReceiptSecret('38') },
    ])
      expect(kinds(await submitWith(server, [other], work))).toEqual(['WorkRequired']);
    expect(kinds(await submitWith(server, [sixth, aDeclaration({ person })], work))).toEqual(
      Array(2).fill('WorkRequired'),
    );
    expect(kinds(await submitWith(server, [sixth], work))).toEqual(['DeclarationSubmitted']);
    expect(kinds(await submitWith(server, [sixth], work))).toEqual(['DeclarationSubmitted']);
  });

  it('not when it was not done, made easier, made up, or has ended', async () => {
    const person = { idNumber: anIdNumber() };
    await fiveOpen(person);
    const sixth = aDeclaration({ person });
    const demand = demandIn(await submitWith(server, [sixth]));
    const { challenge, answers } = solveWork(demand);
    const bytes = Buffer.from(challenge, 'base64url');
    const altered = (change: (copy: Buffer) => void) => {
      const copy = Buffer.from(bytes);
      change(copy);
      return copy.toString('base64url');
    };
    const easier = altered((copy) => copy.writeUInt8(0, 6));
    const longer = altered((copy) => copy.writeUInt8(255, 0));
    const forgeries = [
      { challenge, answers: [] },
      { challenge, answers: answers.map((answer) => answer + 1) },
      { challenge, answers: [...answers].reverse() },
      { challenge, answers: [...answers, 0] },
      { challenge, answers: Array<number>(5_000).fill(0) },
      solveWork({ challenge: easier, bits: 0 }),
      solveWork({ challenge: longer, bits: demand.bits }),
      solveWork({ challenge: Buffer.alloc(32).toString('base64url'), bits: 0 }),
      { challenge: '', answers },
      { challenge: 'x'.repeat(9_000), answers },
    ];
    for (const work of forgeries) expect(kinds(await submitWith(server, [sixth], work))).toEqual(['WorkRequired']);
    expect(await stored(sixth.id)).toBe(0);
  });
});

describe('a node under load', () => {
  let busy: TestServer;
  beforeAll(async () => {
    busy = await startServer({ config: { flood: { busyPerSecond: 1, workBits: 4 } } });
  });
  afterAll(() => busy.stop());

  const flooded = async (node: TestServer) => {
    for (let sent = 0; sent < 20; sent += 1) await submitWith(node, [aDeclaration()]);
  };

  it('takes what people send, asks all for work while there is a flood, the more the fuller it is, and refuses nobody', async () => {
    const calm = await submitWith(busy, [aDeclaration()]);
    expect(kinds(calm)).toEqual(['DeclarationSubmitted']);
    const asked: number[] = [];
    for (let sent = 0; sent < 40; sent += 1) {
      const [outcome] = await submitWith(busy, [aDeclaration()]);
      if (outcome?.__typename === 'WorkRequired') asked.push(outcome.bits);
    }
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.toSorted((a, b) => a - b)).toEqual(asked);
    expect(asked.at(-1)).toBeGreaterThan(4);
    const honest = aDeclaration();
    const demand = demandIn(await submitWith(busy, [honest]));
    expect(kinds(await submitWith(busy, [honest], solveWork(demand)))).toEqual(['DeclarationSubmitted']);
  });

  it('counts what it asked for whoever watches it', async () => {
    const counted = async () =>
      Number(/^cordon_work_asked_total (\d+)/m.exec(await (await fetch(`${busy.url}/metrics`)).text())?.[1]);
    await flooded(busy);
    const before = await counted();
    expect(before).toBeGreaterThan(0);
    demandIn(await submitWith(busy, [aDeclaration()]));
    expect(await counted()).toBe(before + 1);
  });

  it('answers what it asks without touching the database', async () => {
    await flooded(busy);
    await busy.sql('revoke select on declaration from cordon_api');
    const outcomes = await submitWith(busy, [aDeclaration()]).finally(() =>
      busy.sql('grant select on declaration to cordon_api'),
    );
    expect(kinds(outcomes)).toEqual(['WorkRequired']);
  });

  it('what one node asked another one takes', async () => {
    const other = await startServer({
      database: { ownerUrl: busy.ownerUrl },
      config: { flood: { busyPerSecond: 1, workBits: 4 } },
    });
    await flooded(busy);
    const input = aDeclaration();
    const work = solveWork(demandIn(await submitWith(busy, [input])));
    await flooded(other);
    expect(kinds(await submitWith(other, [input], work))).toEqual(['DeclarationSubmitted']);
    await other.stop();
  });
});

describe('the officer is told how many are open', () => {
  const scan = `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) {
    ... on ValidPass { openCount } ... on FoundDeclarations { openCount declarations { id } } } }`;
  const openCount = async (payload: string, as: string, here: string) => {
    const { data } = await server.graphql<{ scan: { openCount: number } }>(scan, { payload, here }, { as });
    return data.scan.openCount;
  };

  it('by pass, spoken code and number, at a checkpoint of another province too', async () => {
    const person = { idNumber: anIdNumber(), phone: aPhoneNumber() };
    const [first] = await fiveOpen({ phone: person.phone });
    const next = aDeclaration({ person });
    await submitWith(server, [next], solveWork(demandIn(await submitWith(server, [next]))));
    const { docXay, hanoi } = server.checkpoints;
    expect(await openCount(first?.qrPayload ?? '', 'officer.38', docXay)).toBe(6);
    expect(await openCount(first?.code ?? '', 'officer.38', docXay)).toBe(6);
    expect(await openCount(first?.qrPayload ?? '', 'officer.01', hanoi)).toBe(6);
    expect(await openCount(person.phone, 'officer.38', docXay)).toBe(6);
    expect(await openCount((await declared(server)).qrPayload, 'officer.38', docXay)).toBe(1);
  });
});
