import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TokenKeys } from '#api/platform/crypto/token-keys.ts';
import { Keyring } from '#api/platform/crypto/keyring.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { asApp, askForToken, basic, codesOf, createApp, tokenOf, type App } from '../partner-desk.ts';
import { startServer, type TestServer } from '../server.ts';
import { testKeys } from '../test-config.ts';

const list = '{ declarations { edges { node { id } } } }';
const ours = new TokenKeys(testKeys.session);

let server: TestServer;
let app: App;
let token: string;
let claims: JWTPayload;
beforeAll(async () => {
  server = await startServer();
  app = await createApp(server);
  token = await tokenOf(server, app);
  claims = decodeJwt(token);
});
afterAll(() => server.stop());

interface Forgery {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: Parameters<SignJWT['sign']>[0];
}

/** A token as ours, signed by our own key unless another is given, but for what is changed. */
const forge = ({ claims: changed = {}, header = {}, key = ours.active.jwk }: Forgery) =>
  new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: ours.active.kid, ...header })
    .sign(key);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangersJwk = stranger.publicKey.export({ format: 'jwk' });

async function expectRefused(forged: string): Promise<void> {
  const answer = await asApp(server, forged, list);
  expect(answer.status).toBe(401);
  expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
  expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  expect(answer.data).toBeUndefined();
}

describe('a token', () => {
  it('that we signed is taken: what is refused below is refused for what was changed', async () => {
    expect(codesOf(await asApp(server, token, list))).toEqual([]);
    expect(codesOf(await asApp(server, await forge({}), list))).toEqual([]);
  });

  it('of alg none is refused, with and without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const unsigned = `${part({ alg, typ: 'at+jwt', kid: ours.active.kid })}.${part(claims)}`;
      await expectRefused(`${unsigned}.`);
      await expectRefused(`${unsigned}.${token.split('.')[2]}`);
    }
  });

  it('of HS256 with the public key, or anything else that is known, as the secret is refused', async () => {
    const { d: _, ...published } = ours.active.jwk;
    const pem = ours.active.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    for (const secret of [pem, pem.trim(), JSON.stringify(published), ours.active.kid, '']) {
      const signed = `${part({ alg: 'HS256', typ: 'at+jwt', kid: ours.active.kid })}.${part(claims)}`;
      await expectRefused(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`);
    }
  });

  it('of another key is refused, under our key’s name and under its own', async () => {
    await expectRefused(await forge({ key: stranger.privateKey }));
    await expectRefused(await forge({ key: stranger.privateKey, header: { kid: 'strangers' } }));
    const other = new TokenKeys(new Keyring([{ id: 'other', key: Buffer.alloc(32, 7) }])).active;
    await expectRefused(await forge({ key: other.jwk, header: { kid: other.kid } }));
  });

  it('that brings its key, or an address of one, or a path as its name is refused', async () => {
    const { privateKey: key } = stranger;
    await expectRefused(await forge({ key, header: { jwk: strangersJwk } }));
    await expectRefused(await forge({ key, header: { jku: 'https://example.org/keys' } }));
    await expectRefused(await forge({ header: { jku: 'https://example.org/keys' } }));
    await expectRefused(await forge({ header: { x5u: 'https://example.org/cert' } }));
    for (const kid of ['../../../../dev/null', "' or 1=1 --", '', '__proto__', 'x'.repeat(500)])
      await expectRefused(await forge({ key, header: { kid } }));
  });

  it('for another audience, of another issuer or of another type is refused', async () => {
    await expectRefused(await forge({ claims: { aud: 'urn:other:api' } }));
    await expectRefused(await forge({ claims: { aud: undefined } }));
    await expectRefused(await forge({ claims: { iss: 'https://example.org/oauth' } }));
    await expectRefused(await forge({ claims: { iss: `${String(claims.iss)}/` } }));
    for (const typ of ['JWT', 'dpop+jwt', 'id+jwt', undefined]) await expectRefused(await forge({ header: { typ } }));
  });

  it('that has expired, is not valid yet, or says that it lives for a year is refused', async () => {
    await expectRefused(await forge({ claims: { iat: seconds() - 700, exp: seconds() - 100 } }));
    await expectRefused(await forge({ claims: { nbf: seconds() + 100 } }));
    await expectRefused(await forge({ claims: { iat: seconds() + 100 } }));
    await expectRefused(await forge({ claims: { iat: seconds() - 700, exp: seconds() + 31_536_000 } }));
    await expectRefused(await forge({ claims: { exp: undefined } }));
  });

  it('for an app that is not there, or for two at once, is refused', async () => {
    const other = newUuid7();
    await expectRefused(await forge({ claims: { sub: other, client_id: other } }));
    await expectRefused(await forge({ claims: { client_id: other } }));
    await expectRefused(await forge({ claims: { sub: randomUUID() } }));
    await expectRefused(await forge({ claims: { secret: 2 } }));
    await expectRefused(await forge({ claims: { secret: '1' } }));
  });

  it('with one bit of its signature or claims changed is refused', async () => {
    const [header, body, signature] = token.split('.') as [string, string, string];
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    await expectRefused(`${header}.${body}.${flip(signature)}`);
    await expectRefused(`${header}.${part({ ...claims, scope: 'declarations:read admin' })}.${signature}`);
    await expectRefused(`${header}.${body}`);
  });

  it('grants no scope that the app has not, though we had signed it', async () => {
    const small = await createApp(server, { scopes: ['declarations:write'] });
    const answer = await asApp(server, await forge({ claims: { sub: small.id, client_id: small.id } }), list);
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  });
});

describe('a token in the wrong place', () => {
  const send = (headers: Record<string, string | string[]>, path = '/graphql') =>
    new Promise<number>((resolve, reject) => {
      const body = JSON.stringify({ query: list });
      const asked = request(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      asked.on('response', (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      asked.on('error', reject);
      asked.end(body);
    });

  it('is refused in an address, beside a cookie, and twice', async () => {
    const authorization = `Bearer ${token}`;
    expect(await send({}, `/graphql?access_token=${token}`)).toBe(400);
    expect(await send({ authorization }, `/graphql?access_token=${token}`)).toBe(400);
    expect(await send({ authorization, cookie: 'cordon_session=x' })).toBe(400);
    expect(await send({ authorization: [authorization, authorization] })).toBe(400);
    expect(await send({ authorization: [authorization, 'Bearer x.y.z'] })).toBe(400);
    expect(await send({ authorization: `Bearer  ${token}` })).toBe(401);
    expect(await send({ authorization: 'Bearer' })).toBe(401);
    expect(await send({ authorization })).toBe(200);
  });

  it('from a page of another site is refused, whatever it holds', async () => {
    expect(await send({ authorization: `Bearer ${token}`, origin: 'https://example.org' })).toBe(403);
  });
});

describe('the token endpoint', () => {
  const ask = (options: Parameters<typeof askForToken>[2]) => askForToken(server, app, options);

  it('takes the secret by HTTP Basic alone', async () => {
    const inBody = `grant_type=client_credentials&client_id=${app.id}&client_secret=${app.secret}`;
    expect((await ask({ body: inBody, headers: { authorization: '' } })).status).toBeGreaterThanOrEqual(400);
    const url = `${server.url}/oauth/token?grant_type=client_credentials`;
    expect((await fetch(url, { headers: { authorization: basic(app) } })).status).toBe(404);
  });

  it('grants nothing but client credentials', async () => {
    for (const grant of [
      'password',
      'authorization_code',
      'refresh_token',
      'implicit',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ])
      expect((await ask({ body: `grant_type=${encodeURIComponent(grant)}` })).body.access_token, grant).toBeUndefined();
    expect(
      (await ask({ body: 'grant_type=client_credentials&resource=https://example.org' })).body.access_token,
    ).toBeUndefined();
  });

  it('shows no other door of its library', async () => {
    for (const path of [
      'auth',
      'jwks',
      'me',
      'reg',
      'request',
      'session/end',
      'token/introspection',
      'token/revocation',
      '.well-known/openid-configuration',
    ])
      expect((await fetch(`${server.url}/oauth/${path}`)).status, path).toBe(404);
  });

  it('answers a wrong secret and an unknown app alike, and makes who goes on trying wait', async () => {
    const wrong = { ...app, secret: 'x'.repeat(43) };
    const unknown = { id: newUuid7(), secret: app.secret };
    const [first, second] = [await askForToken(server, wrong), await askForToken(server, unknown)];
    expect([first.status, first.body]).toEqual([second.status, second.body]);
    expect(first).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const guesser = await createApp(server);
    const tries = [];
    for (let at = 0; at < 12; at += 1)
      tries.push((await askForToken(server, { ...guesser, secret: `guess-${at}` })).status);
    expect(tries.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(tries.slice(10)).toEqual([429, 429]);
    expect((await askForToken(server, app)).status).toBe(200);
  });
});
