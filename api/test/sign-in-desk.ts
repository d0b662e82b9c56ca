import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { testPassword, type TestServer } from './server.ts';

const signInDocument = `
  mutation SignIn($username: String!, $password: String!, $totp: String) {
    signIn(username: $username, password: $password, totp: $totp) {
      __typename
      ... on SignedIn {
        viewer {
          mustChangePassword mustEnrolMfa mfaObligatory recoveryCodesLeft permissions
          account { username mfaEnrolled unit { code } checkpoints { code } lastSignedInAt }
        }
      }
      ... on SignInFailed { message retryAfter }
      ... on SecondFactorRequired { message }
    }
  }`;
const changeDocument = `
  mutation ($current: String!, $new: String!) {
    changePassword(current: $current, new: $new) {
      __typename
      ... on SignedIn { viewer { mustChangePassword permissions } }
      ... on SignInFailed { message retryAfter }
    }
  }`;

interface SignInAnswer {
  __typename: 'SignedIn' | 'SignInFailed' | 'SecondFactorRequired';
  message?: string;
  retryAfter?: number | null;
  viewer?: {
    mustChangePassword: boolean;
    mustEnrolMfa: boolean;
    mfaObligatory: boolean;
    recoveryCodesLeft: number;
    permissions: string[];
    account: {
      username: string;
      mfaEnrolled: boolean;
      unit: { code: string };
      checkpoints: Array<{ code: string }>;
      lastSignedInAt: string;
    };
  };
}

let lastAddress = 0;
/** An address that nobody else in a test file uses; the server under test must trust its proxy. */
export function newAddress(): string {
  lastAddress += 1;
  return `203.0.${100 + Math.floor(lastAddress / 250)}.${lastAddress % 250}`;
}

const cookieOf = (headers: Headers, name = 'cordon_session') =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .find((cookie) => cookie.startsWith(`${name}=`)) ?? '';

export async function tryToSignIn(
  server: TestServer,
  username: string,
  password = testPassword,
  { address = newAddress(), cookie = '', totp = null as string | null, userAgent = 'test' } = {},
) {
  const headers = { 'x-forwarded-for': address, 'user-agent': userAgent, ...(cookie ? { cookie } : {}) };
  const variables = { username, password, totp };
  const answer = await server.graphql<{ signIn: SignInAnswer }>(signInDocument, variables, { headers });
  const device = cookieOf(answer.headers, 'cordon_device');
  return { answer, result: answer.data.signIn, cookie: cookieOf(answer.headers), device };
}

/** Wrong passwords, one after the other; the seconds to wait after each. */
export async function failTimes(server: TestServer, times: number, username: string, address: string) {
  const waits: Array<number | null | undefined> = [];
  for (let time = 0; time < times; time += 1) {
    const { result } = await tryToSignIn(server, username, 'khong dung', { address });
    waits.push(result.retryAfter);
  }
  return waits;
}

export async function changePassword(server: TestServer, cookie: string, current: string, next: string) {
  const answer = await server.graphql<{ changePassword: SignInAnswer }>(
    changeDocument,
    { current, new: next },
    { cookie, headers: { 'x-forwarded-for': newAddress() } },
  );
  return { answer, result: answer.data?.changePassword, cookie: cookieOf(answer.headers) };
}

export async function whoIs(server: TestServer, cookie: string): Promise<string | null> {
  const document = '{ viewer { account { username } } }';
  const { data } = await server.graphql<{ viewer: { account: { username: string } } | null }>(document, {}, { cookie });
  return data.viewer?.account.username ?? null;
}

/** An account of its own, like another one: what a test does to it meets no other test. */
export async function anAccountLike(server: TestServer, model: string, changes: { mustChange?: boolean } = {}) {
  const id = newUuid7();
  const username = `${model.split('.')[0]}.${id.slice(-10)}`;
  await server.sql(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code,
       active, demo, created_at)
     select $1, $2, 'Ngô Văn Mới', password_hash, $3, roles, unit_id, province_code, true, false, now()
     from account where username = $4`,
    [id, username, changes.mustChange ?? false, model],
  );
  await server.sql(
    `insert into account_checkpoint (account_id, checkpoint_id)
     select $1, ac.checkpoint_id from account_checkpoint ac join account a on a.id = ac.account_id where a.username = $2`,
    [id, model],
  );
  return { id, username };
}

export const anOfficer = (server: TestServer, changes: { mustChange?: boolean } = {}) =>
  anAccountLike(server, 'officer.38', changes);
