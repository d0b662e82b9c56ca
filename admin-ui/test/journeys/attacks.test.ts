import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { signIn } from './at-the-lane.ts';
import { startJourneys, type Journeys } from './harness.ts';

// What only a browser can show: whether markup in a text comes to life, and what another site can do with one's session.
const markup = `<img src=x onerror="window.taken=1"><script>window.taken=1</script>`;

let journeys: Journeys;
let elsewhere: Server;
let evil: string;
let page = '';
beforeAll(async () => {
  journeys = await startJourneys();
  elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page)).listen(
    0,
    '127.0.0.1',
  );
  await once(elsewhere, 'listening');
  evil = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  elsewhere.close();
  await journeys.stop();
});

async function signedIn(surface: '/admin' | '/officer', username: string): Promise<Page> {
  const opened = await journeys.visit('desktop');
  await opened.goto(surface);
  await signIn(opened, username);
  await opened.getByLabel('Mật khẩu', { exact: true }).waitFor({ state: 'detached' });
  return opened;
}

const isSignedIn = async (visitor: Page): Promise<boolean> => {
  const answer = await visitor.context().request.post(`${journeys.server.url}/graphql`, {
    data: { query: '{ viewer { account { id } } }' },
  });
  return ((await answer.json()) as { data: { viewer: unknown } }).data.viewer !== null;
};

it('a script in a name is read by an administrator as the text it is', async () => {
  const input = { id: newUuid7(), code: 'XSS', name: markup.slice(0, 100), unitCode: '38', kind: 'ROAD', active: true };
  const saved = await journeys.server.graphql(
    'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { id } }',
    { input },
    { as: 'admin.38' },
  );
  expect(saved.errors).toBeUndefined();
  const administrator = await signedIn('/admin', 'admin.38');
  await administrator.goto('/admin/checkpoints');
  await administrator.getByText(input.name.slice(0, 30)).first().waitFor();
  await administrator.getByText('XSS', { exact: true }).first().click();
  await administrator.getByRole('heading', { name: input.name.slice(0, 30) }).waitFor();
  expect(await administrator.evaluate(() => 'taken' in window)).toBe(false);
  expect(await administrator.locator('img[src=x]').count()).toBe(0);
});

describe('another site that somebody who is signed in visits', () => {
  const body = JSON.stringify({ query: 'mutation { signOut }' });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'does nothing by a form of %s',
    async (type) => {
      const visitor = await signedIn('/officer', 'officer.38');
      page = `<form method="post" enctype="${type}" action="${journeys.server.url}/graphql"><input name='${body.slice(0, -1)},"a":"' value='"}'></form><script>document.forms[0].submit()</script>`;
      const [answer] = await Promise.all([
        visitor.waitForResponse((response) => response.url().endsWith('/graphql')),
        visitor.goto(evil).catch(() => null),
      ]);
      expect(answer.status()).toBe(403);
      expect(await isSignedIn(visitor)).toBe(true);
    },
  );

  it('does nothing by a script, and reads nothing', async () => {
    const visitor = await signedIn('/officer', 'officer.38');
    page = '<p>evil</p>';
    await visitor.goto(evil);
    const outcomes = await visitor.evaluate(
      async ([url, text]) => {
        const tries = [
          fetch(`${url}/graphql`, {
            method: 'POST',
            credentials: 'include',
            headers: { 'content-type': 'application/json' },
            body: text as string,
          }),
          fetch(`${url}/graphql`, { method: 'POST', credentials: 'include', mode: 'no-cors', body: text as string }),
          fetch(`${url}/graphql?query={viewer{account{id}}}`, { credentials: 'include' }),
        ];
        return Promise.all(
          tries.map((one) =>
            one.then(
              (response) => response.type,
              () => 'refused',
            ),
          ),
        );
      },
      [journeys.server.url, body],
    );
    expect(outcomes).toEqual(['refused', expect.stringMatching(/refused|opaque/), 'refused']);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it('shows none of our pages in a frame', async () => {
    // Of its own: the browser says in the console that it refused, which ends other journeys.
    const visitor = await (await journeys.browser.newContext()).newPage();
    const refused = visitor.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    page = `<iframe src="${journeys.server.url}/officer"></iframe>`;
    await visitor.goto(evil);
    await refused;
    const framed = visitor.frames().find((frame) => frame !== visitor.mainFrame());
    expect(await framed?.getByRole('heading').count()).toBe(0);
    await visitor.context().close();
  });
});
