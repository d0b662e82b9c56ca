import { auditServer, type AuditResult } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './server.ts';

// These ask __type(name:), which a server without introspection refuses as it should: findings/security.md section 1.
const needIntrospection = ['BF61', '28B9', '2EA1'];

let demo: TestServer;
let production: TestServer;
beforeAll(async () => {
  [demo, production] = await Promise.all([startServer(), startServer({ config: { mode: 'production' } })]);
});
afterAll(() => Promise.all([demo.stop(), production.stop()]));

const failing = (results: AuditResult[], level: 'MUST' | 'SHOULD') =>
  results.filter(({ status, name }) => status !== 'ok' && name.startsWith(level)).map(({ id }) => id);
const audit = ({ url }: TestServer) => auditServer({ url: `${url}/graphql` });

describe('GraphQL over HTTP', () => {
  it('every MUST and every SHOULD of the audit holds', async () => {
    const results = await audit(demo);
    expect(results.length).toBeGreaterThan(55);
    expect(failing(results, 'MUST')).toEqual([]);
    expect(failing(results, 'SHOULD')).toEqual([]);
  });

  it('in production only what needs introspection differs', async () => {
    const results = await audit(production);
    expect([...failing(results, 'MUST'), ...failing(results, 'SHOULD')].sort()).toEqual(needIntrospection.toSorted());
  });
});
