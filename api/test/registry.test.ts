import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RegistryProcess } from './registry-process.ts';
import { Population } from '../src/demo/registry/population.ts';
import { createRegistry } from '../src/registry/create-registry.ts';
import type { RegistryQuestion } from '../src/registry/registry-port.ts';
import type { RegistrySettings } from '../src/registry/registry-settings.ts';

const population = new Population(38, new Date());
let simulator: RegistryProcess;
beforeAll(async () => void (simulator = await RegistryProcess.start()));
afterEach(() => simulator.clear());
afterAll(() => simulator.stop());

function aQuestion(index: number, changes: Partial<RegistryQuestion> = {}): RegistryQuestion {
  const { idNumber, fullName, dateOfBirth } = population.person(index);
  return { requestId: randomUUID(), idNumber, formerIdNumber: null, fullName, dateOfBirth, ...changes };
}

const inTime = () => AbortSignal.timeout(20_000);
const quick = (timeoutMs: number) => ({
  transport: { certificate: null, key: null, authority: null, proxy: null, timeoutMs },
});

describe.each(['soap', 'json'] as const)('the registry by %s', (kind) => {
  const registry = (changes: Partial<RegistrySettings> = {}) => createRegistry(simulator.settings(kind, changes));
  const lookUp = (question: RegistryQuestion, changes: Partial<RegistrySettings> = {}) =>
    registry(changes).lookUp(question, inTime());

  test('finds a person: name in one piece or three, a day or a year of birth, home', async () => {
    const asked = registry();
    for (let index = 0; index < 60; index++) {
      const person = population.person(index);
      expect(await asked.lookUp(aQuestion(index), inTime())).toEqual({
        kind: 'FOUND',
        record: {
          idNumber: person.idNumber,
          formerIdNumber: person.formerIdNumber,
          fullName: person.fullName,
          sex: person.sex,
          dateOfBirth: person.dateOfBirth,
          permanent: { unitCode: person.address.communeCode, line: person.address.line },
        },
      });
    }
    const births = new Set(Array.from({ length: 60 }, (_, index) => population.person(index).dateOfBirth.length));
    expect(births).toEqual(new Set([4, 10]));
  });

  test('finds a person by the number of the former card', async () => {
    const index = Array.from({ length: 50 }, (_, at) => at).find((at) => population.person(at).formerIdNumber) ?? 0;
    const { idNumber, formerIdNumber } = population.person(index);
    const answer = await lookUp(aQuestion(index, { idNumber: null, formerIdNumber }));
    expect(answer).toMatchObject({ kind: 'FOUND', record: { idNumber, formerIdNumber } });
  });

  test('brings back the record that differs, and nobody where the combination matches nobody', async () => {
    const misspelled = await lookUp(aQuestion(3, { fullName: 'Người Khác Hẳn' }));
    expect(misspelled).toMatchObject({ kind: 'FOUND', record: { fullName: population.person(3).fullName } });
    const nobody = { fullName: 'Người Khác Hẳn', dateOfBirth: '1899-01-01' };
    expect(await lookUp(aQuestion(3, nobody))).toEqual({ kind: 'NOT_FOUND' });
    expect(await lookUp(aQuestion(3, { idNumber: '038199999999' }))).toEqual({ kind: 'NOT_FOUND' });
  });

  test('asks in the names and dates that the platform wants', async () => {
    const { message } = simulator.settings(kind);
    for (const names of ['AS_WRITTEN', 'UPPER', 'PLAIN'] as const)
      for (const dateFormat of ['yyyyMMdd', 'yyyy-MM-dd'] as const)
        expect(await lookUp(aQuestion(5), { message: { ...message, names, dateFormat } })).toMatchObject({
          kind: 'FOUND',
        });
  });

  test('lets nothing of parents, spouse and head of household through', async () => {
    for (let index = 0; index < 20; index++) {
      const { father, mother, spouse } = population.person(index);
      const answer = JSON.stringify(await lookUp(aQuestion(index)));
      for (const relative of [father, mother, spouse]) if (relative) expect(answer).not.toContain(relative);
    }
  });

  test.each([
    ['SERVER_ERROR', { why: 'FAULT', retryable: true, detail: 'HTTP 503' }],
    ['SOAP_FAULT', { why: 'FAULT', retryable: true, detail: 'HTTP 500' }],
    ['CODE_004', { why: 'NOT_AUTHORISED', retryable: false, detail: expect.stringContaining('004') }],
    ['CODE_005', { why: 'NOT_AUTHORISED', retryable: false, detail: expect.stringContaining('005') }],
    ['TOKEN_REFUSED', { why: 'NOT_AUTHORISED', retryable: false, detail: 'HTTP 401' }],
    ['BROKEN_OFF', { why: 'FAULT', retryable: true, detail: 'ECONNRESET' }],
    ['TRUNCATED', { why: 'FAULT', retryable: true }],
    ['GARBAGE', { why: 'FAULT', retryable: true }],
    ['XML_BOMB', { why: 'FAULT', retryable: true }],
    ['OVERSIZED', { why: 'FAULT', retryable: true, detail: 'a reply of more than 262144 bytes' }],
    ['WRONG_NAMESPACE', { why: 'FAULT', ...(kind === 'soap' ? { retryable: false } : {}) }],
  ] as const)('says what failed at %s, of no person, and answers rightly afterwards', async (fault, failure) => {
    const asked = registry();
    const question = aQuestion(7);
    await simulator.setFault({ fault });
    const answer = await asked.lookUp(question, inTime());
    expect(answer).toMatchObject({ kind: 'FAILED', ...failure });
    expect(JSON.stringify(answer)).not.toMatch(/\d{9}|Nguyễn/);
    for (const of of [question.idNumber, question.fullName]) expect(JSON.stringify(answer)).not.toContain(of);
    await simulator.clear();
    expect(await asked.lookUp(question, inTime())).toMatchObject({ kind: 'FOUND' });
  });

  test('waits for what is slow, gives up what hangs, and hears when nobody waits any more', async () => {
    await simulator.setFault({ latencyMs: 300 });
    expect(await lookUp(aQuestion(8))).toMatchObject({ kind: 'FOUND' });
    await simulator.setFault({ fault: 'HANG' });
    const timeout = { kind: 'FAILED', why: 'TIMEOUT', retryable: true };
    expect(await lookUp(aQuestion(8), quick(250))).toMatchObject({ ...timeout, detail: 'no answer in time' });
    const leaving = await registry().lookUp(aQuestion(8), AbortSignal.timeout(100));
    expect(leaving).toMatchObject({ ...timeout, detail: 'given up' });
  });

  test('an ended token is renewed once, for all calls that meet it', async () => {
    const asked = registry();
    await asked.lookUp(aQuestion(9), inTime());
    const before = (await simulator.state()).tokensIssued;
    await simulator.expireTokens();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => asked.lookUp(aQuestion(index), inTime())),
    );
    expect(answers.every((answer) => answer.kind === 'FOUND')).toBe(true);
    expect((await simulator.state()).tokensIssued - before).toBe(1);
  });

  test('is not authorised with a wrong secret, and without a token where one is wanted', async () => {
    const token = { url: `${simulator.url}/token`, clientId: 'cordon', clientSecret: 'wrong' };
    const refused = { kind: 'FAILED', why: 'NOT_AUTHORISED', retryable: false };
    expect(await lookUp(aQuestion(1), { token })).toMatchObject(refused);
    expect(await lookUp(aQuestion(1), { token: null })).toMatchObject(refused);
  });

  test('says so where nobody listens', async () => {
    const nowhere = { url: 'http://localhost:9/soap', token: null };
    expect(await lookUp(aQuestion(1), nowhere)).toMatchObject({ kind: 'FAILED', why: 'FAULT', retryable: true });
  });
});

test('a platform that wants another order of elements gets it', async () => {
  const settings = simulator.settings('soap');
  const ask = (elements: readonly string[]) =>
    createRegistry({ ...settings, message: { ...settings.message, elements } }).lookUp(aQuestion(2), inTime());
  const { elements } = settings.message;
  expect(await ask(elements)).toMatchObject({ kind: 'FOUND' });
  expect(await ask(elements.toReversed())).toMatchObject({ kind: 'FAILED', retryable: false, detail: 'HTTP 400' });
});
