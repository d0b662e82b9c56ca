import {
  aDeclaration,
  anIdNumber,
  aPassage,
  recordDocument,
  submitDocument,
  type Recorded,
  type Submitted,
} from './builders.ts';
import type { NodeProcess } from './node-process.ts';
import type { RotationDesk } from './rotation-desk.ts';
import { testPassword } from './server.ts';

export interface Asked<Data> {
  data: Data;
  cookie: string;
}

const signInDocument =
  'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }';
const scanDocument = `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename
  ... on ValidPass { declaration { id person { idNumber } } } ... on InvalidPass { code }
  ... on FoundDeclarations { declarations { id person { idNumber } } } } }`;

/** Asks one server; whatever is no full answer is an error. */
export async function ask<Data>(
  node: NodeProcess,
  query: string,
  variables: Record<string, unknown> = {},
  cookie = '',
): Promise<Asked<Data>> {
  const response = await fetch(`${node.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: unknown };
  if (response.status !== 200 || errors) throw new Error(text);
  return { data, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

export async function signIn(node: NodeProcess, username = 'officer.38'): Promise<string> {
  const { data, cookie } = await ask<{ signIn: { __typename: string } }>(node, signInDocument, {
    username,
    password: testPassword,
  });
  expectSame('signIn', data.signIn.__typename, 'SignedIn');
  return cookie;
}

export interface Person {
  id: string;
  idNumber: string;
  secret: string;
  qrPayload: string;
}

export async function declare(node: NodeProcess, idNumber = anIdNumber()): Promise<Person> {
  const input = aDeclaration({ person: { idNumber } });
  const { data } = await ask<{ submitDeclarations: Submitted[] }>(node, submitDocument, { input: [input] });
  const [submitted] = data.submitDeclarations;
  expectSame('submit', submitted?.__typename, 'DeclarationSubmitted');
  return {
    id: input.id,
    idNumber,
    secret: input.receiptSecret ?? '',
    qrPayload: submitted?.receipt.qrPayload ?? '',
  };
}

type Scanned = {
  scan: {
    __typename: string;
    code?: string;
    declaration?: { id: string };
    declarations?: Array<{ id: string; person: { idNumber: string } }>;
  };
};

export async function scanned(node: NodeProcess, cookie: string, payload: string, here: string) {
  return (await ask<Scanned>(node, scanDocument, { payload, here }, cookie)).data.scan;
}

export async function receiptOf(node: NodeProcess, secret: string): Promise<string | undefined> {
  const document =
    'query ($secret: String!) { receipt(secret: $secret) { declaration { person { idNumber } } qrPayload } }';
  const { data } = await ask<{ receipt: { declaration: { person: { idNumber: string } } } | null }>(node, document, {
    secret,
  });
  return data.receipt?.declaration.person.idNumber;
}

/** One person's way through: declared at one server, known to the other by pass, number and secret, recorded, by a fresh session. */
async function passThrough({ nodes, checkpoint }: RotationDesk, officer: string, turn: number): Promise<void> {
  const [here, there] = turn % 2 === 0 ? nodes : nodes.toReversed();
  if (!here || !there) throw new Error('Two servers are needed.');
  const cookie = await signIn(here, officer);
  const idNumber = anIdNumber();
  // The same person at both servers at once, which may be at different steps: one citizen all the same.
  const [person] = await Promise.all([declare(there, idNumber), declare(here, idNumber)]);
  expectSame('scan', (await scanned(here, cookie, person.qrPayload, checkpoint)).__typename, 'ValidPass');
  const found = await scanned(there, cookie, person.idNumber, checkpoint);
  expectSame('found', found.declarations?.[0]?.person.idNumber, person.idNumber);
  expectSame('receipt', await receiptOf(here, person.secret), person.idNumber);
  const input = [aPassage(checkpoint, { qrPayload: person.qrPayload })];
  for (const [node, duplicate] of [
    [here, false],
    [there, true],
  ] as const) {
    const { data } = await ask<{ recordPassages: Recorded[] }>(node, recordDocument, { input }, cookie);
    expectSame(
      'record',
      [data.recordPassages[0]?.__typename, data.recordPassages[0]?.duplicate],
      ['PassageRecorded', duplicate],
    );
  }
}

function expectSame(what: string, is: unknown, should: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(should))
    throw new Error(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
}

/** People pass through all the time, until it is stopped; then it tells how many did, and what went wrong. */
export function startLoad(desk: RotationDesk): { stop(): Promise<{ passed: number; failed: string[] }> } {
  let stopped = false;
  let passed = 0;
  const failed: string[] = [];
  // An officer a lane: tries at once under one name would make each other wait.
  const lane = async (officer: string) => {
    for (let turn = 0; !stopped; turn += 1)
      await passThrough(desk, officer, turn).then(
        () => (passed += 1),
        (error: Error) => failed.push(error.message),
      );
  };
  const running = Promise.all(desk.officers.map(lane));
  return {
    async stop() {
      stopped = true;
      await running;
      return { passed, failed };
    },
  };
}
