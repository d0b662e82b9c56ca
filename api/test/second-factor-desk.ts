import { Secret, TOTP } from 'otpauth';
import { anAccountLike, newAddress, tryToSignIn } from './sign-in-desk.ts';
import { testPassword, type AskOptions, type TestServer } from './server.ts';

const beginDocument = `
  mutation Begin($password: String!, $totp: String) {
    beginSecondFactor(password: $password, totp: $totp) {
      __typename
      ... on SecondFactorOffer { secret uri }
      ... on SignInFailed { message retryAfter }
      ... on SecondFactorRequired { message }
    }
  }`;
const confirmDocument = `
  mutation Confirm($totp: String!) {
    confirmSecondFactor(totp: $totp) {
      __typename
      ... on SecondFactorEnrolled { recoveryCodes viewer { mustEnrolMfa permissions recoveryCodesLeft account { mfaEnrolled } } }
      ... on CodeRefused { message }
    }
  }`;
const remakeDocument = `
  mutation Remake($password: String!, $totp: String) {
    remakeRecoveryCodes(password: $password, totp: $totp) { __typename ... on RecoveryCodes { recoveryCodes } }
  }`;
const removeDocument = `
  mutation Remove($password: String!, $totp: String) {
    removeSecondFactor(password: $password, totp: $totp) { __typename ... on SignedIn { viewer { account { mfaEnrolled } } } }
  }`;

const stepMs = 30_000;

/** The code that an authenticator app shows; `steps` half minutes later or earlier than now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * stepMs });
}

/** No code of this secret is right at any time that counts. */
export function wrongCode(secret: string): string {
  const near = new Set([-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.has(code)) ?? '';
}

const from = (cookie: string): AskOptions => ({ cookie, headers: { 'x-forwarded-for': newAddress() } });
const cookieOf = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

export interface Offer {
  __typename: string;
  secret?: string;
  uri?: string;
}

export async function begin(server: TestServer, cookie: string, password = testPassword, totp: string | null = null) {
  const answer = await server.graphql<{ beginSecondFactor: Offer }>(beginDocument, { password, totp }, from(cookie));
  return { answer, offer: answer.data?.beginSecondFactor };
}

interface Confirmation {
  __typename: string;
  recoveryCodes?: string[];
  viewer?: {
    mustEnrolMfa: boolean;
    permissions: string[];
    recoveryCodesLeft: number;
    account: { mfaEnrolled: boolean };
  };
}

export async function confirm(server: TestServer, cookie: string, totp: string) {
  const answer = await server.graphql<{ confirmSecondFactor: Confirmation }>(confirmDocument, { totp }, from(cookie));
  return { answer, result: answer.data?.confirmSecondFactor, cookie: cookieOf(answer.headers) };
}

export async function remake(server: TestServer, cookie: string, totp: string | null, password = testPassword) {
  const answer = await server.graphql<{ remakeRecoveryCodes: { __typename: string; recoveryCodes?: string[] } }>(
    remakeDocument,
    { password, totp },
    from(cookie),
  );
  return { answer, result: answer.data?.remakeRecoveryCodes };
}

export async function remove(server: TestServer, cookie: string, totp: string | null, password = testPassword) {
  const answer = await server.graphql<{ removeSecondFactor: { __typename: string } }>(
    removeDocument,
    { password, totp },
    from(cookie),
  );
  return { answer, result: answer.data?.removeSecondFactor, cookie: cookieOf(answer.headers) };
}

/** An account with a second factor, whose present code is good: half a minute has passed since the enrolment. */
export async function enrolled(server: TestServer, model = 'officer.38') {
  const account = await anAccountLike(server, model);
  const signed = await tryToSignIn(server, account.username);
  const { offer } = await begin(server, signed.cookie);
  const secret = offer?.secret ?? '';
  const { result, cookie } = await confirm(server, signed.cookie, codeOf(secret));
  await nextHalfMinute(server, account.id);
  return { ...account, secret, recoveryCodes: result?.recoveryCodes ?? [], cookie, before: signed.cookie };
}

/** As if the half minute of the last code had passed. */
export async function nextHalfMinute(server: TestServer, accountId: string): Promise<void> {
  await server.sql('update account_second_factor set last_step = last_step - 2 where account_id = $1', [accountId]);
}
