// What Cordon is compared with: Node's http and pg by hand, no framework, one statement for each thing that is read.
import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { answerCalls } from './calls.ts';
import { inScope, openPool, readerOf, type Reader } from './reference-database.ts';
import { readDeclaration } from './reference-declaration.ts';
import { readPassages } from './reference-list.ts';
import { recordOne } from './reference-record.ts';

type Answer = (client: pg.PoolClient, variables: never, reader: Reader) => Promise<unknown>;

const answers: Record<string, Answer> = {
  '/declaration': readDeclaration,
  '/passages': readPassages,
  '/record': (client, { input }: { input: never }, reader) => recordOne(client, reader, input),
};

const pool = openPool(process.env['BENCH_API_DATABASE'] ?? '', 'reference');
const server = createServer((request, response) => {
  answer(request).then(
    (data) => {
      const body = JSON.stringify({ data });
      response
        .writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        })
        .end(body);
    },
    (error: Error) => response.writeHead(500).end(error.stack),
  );
});

async function answer(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  const reading = once(request, 'end');
  const reader = await readerOf(pool, request.headers.cookie);
  await reading;
  const { variables } = JSON.parse(Buffer.concat(parts).toString()) as { variables: never };
  const respond = answers[request.url ?? ''];
  if (!respond) throw new Error('No such address.');
  return inScope(pool, reader.id, (client) => respond(client, variables, reader));
}

const listening = once(server.listen(0, '127.0.0.1'), 'listening');

answerCalls(
  {
    url: async () => {
      await listening;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  },
  async () => {
    server.closeAllConnections();
    await pool.end();
  },
);
