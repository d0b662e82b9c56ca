import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAuthority, type Certified } from './certificates.ts';
import { RegistryProcess } from './registry-process.ts';
import { Population } from '../src/demo/registry/population.ts';
import { createRegistry } from '../src/registry/create-registry.ts';
import type { TransportSettings } from '../src/registry/registry-settings.ts';

const { idNumber, fullName, dateOfBirth } = new Population(38, new Date()).person(4);
const question = { requestId: 'r-1', idNumber, formerIdNumber: null, fullName, dateOfBirth };
const platforms = anAuthority('Platforms');
const agencies = anAuthority('Agencies');
const ours = agencies.certify('Cordon');
const directory = mkdtempSync(join(tmpdir(), 'cordon-registry-'));
let secure: RegistryProcess;
let plain: RegistryProcess;

const fileOf = (name: string, text: string) => {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
};

beforeAll(async () => {
  const server = platforms.certify('Platform');
  [secure, plain] = await Promise.all([
    RegistryProcess.start({
      REGISTRY_SIMULATOR_CERTIFICATE_FILE: fileOf('server.pem', server.certificate),
      REGISTRY_SIMULATOR_KEY_FILE: fileOf('server.key', server.key),
      REGISTRY_SIMULATOR_CLIENT_CA_FILE: fileOf('agencies.pem', agencies.certificate),
    }),
    RegistryProcess.start(),
  ]);
});
afterAll(async () => {
  await Promise.all([secure.stop(), plain.stop()]);
  rmSync(directory, { recursive: true });
});

function lookUp(simulator: RegistryProcess, changes: Partial<TransportSettings>) {
  const settings = simulator.settings('soap');
  return createRegistry({ ...settings, transport: { ...settings.transport, ...changes } }).lookUp(
    question,
    AbortSignal.timeout(10_000),
  );
}

const showing = ({ certificate, key }: Certified) => ({ certificate, key, authority: platforms.certificate });

test('both sides show certificates, and each is checked', async () => {
  expect(await lookUp(secure, showing(ours))).toMatchObject({ kind: 'FOUND' });
  const failed = { kind: 'FAILED', why: 'FAULT' };
  expect(await lookUp(secure, { ...showing(ours), authority: null })).toMatchObject(failed);
  expect(await lookUp(secure, { authority: platforms.certificate })).toMatchObject(failed);
  const stranger = anAuthority('Strangers').certify('Cordon');
  expect(await lookUp(secure, showing(stranger))).toMatchObject(failed);
});

/** A proxy as provinces have them: it tunnels for https, forwards for http, and counts. */
async function aProxy() {
  const passed: string[] = [];
  const proxy = createServer((incoming, answer) => {
    passed.push(`${incoming.method} ${incoming.url}`);
    const onward = request(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    incoming.pipe(onward);
  });
  proxy.on('connect', (incoming, socket, head) => {
    passed.push(`CONNECT ${incoming.url}`);
    const [host, port] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].forEach((one) => one.destroy()));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const stop = () => (proxy.closeAllConnections(), proxy.close());
  return { url, passed, stop };
}

test('through a proxy: a tunnel for https with our certificate inside, forwarding for http', async () => {
  const proxy = await aProxy();
  expect(await lookUp(secure, { ...showing(ours), proxy: proxy.url })).toMatchObject({ kind: 'FOUND' });
  expect(proxy.passed.length).toBeGreaterThan(0);
  expect(proxy.passed.every((line) => line === `CONNECT ${new URL(secure.url).host}`)).toBe(true);
  proxy.passed.length = 0;
  expect(await lookUp(plain, { proxy: proxy.url })).toMatchObject({ kind: 'FOUND' });
  expect(proxy.passed).toEqual([`POST ${plain.url}/token`, `POST ${plain.url}/soap`]);
  proxy.stop();
  expect(await lookUp(plain, { proxy: proxy.url })).toMatchObject({ kind: 'FAILED', why: 'FAULT' });
});
