import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { GraphQLAnswer, TestServer } from './server.ts';

export const createAppDocument = `
  mutation ($input: PartnerAppInput!) {
    createPartnerApp(input: $input) {
      clientSecret app { id clientId name purpose scopes active requestsToday unit { code } requestsPerMinute costPerMinute }
    }
  }`;

export interface PartnerInput {
  id: string;
  name: string;
  purpose: string;
  scopes: string[];
  unitCode: string;
  requestsPerMinute?: number;
  costPerMinute?: number;
}

export const aPartnerApp = (changes: Partial<PartnerInput> = {}): PartnerInput => ({
  id: newUuid7(),
  name: 'Sổ sức khỏe Hoa Sen',
  purpose: 'Nhắc người dân khai lại trước khi hết hạn',
  scopes: ['declarations:read', 'declarations:write', 'statistics:read'],
  unitCode: '38',
  ...changes,
});

export interface App {
  id: string;
  secret: string;
}

/** Creates an app as an administrator does. */
export async function createApp(
  server: TestServer,
  changes: Partial<PartnerInput> = {},
  as = 'admin.38',
): Promise<App> {
  const answer = await server.graphql<{ createPartnerApp: { clientSecret: string; app: { id: string } } }>(
    createAppDocument,
    { input: aPartnerApp(changes) },
    { as },
  );
  if (answer.errors) throw new Error(answer.text);
  const { clientSecret, app } = answer.data.createPartnerApp;
  return { id: app.id, secret: clientSecret };
}

export const basic = ({ id, secret }: App): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** Asks for a token, with what a test changes of the request. */
export async function askForToken(
  server: TestServer,
  app: App,
  { body = 'grant_type=client_credentials', headers = {} }: { body?: string; headers?: Record<string, string> } = {},
): Promise<{
  status: number;
  headers: Headers;
  body: { access_token?: string; error?: string; [field: string]: unknown };
}> {
  const response = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(app), 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as never };
}

export async function tokenOf(server: TestServer, app: App, scope?: string): Promise<string> {
  const body = `grant_type=client_credentials${scope ? `&scope=${encodeURIComponent(scope)}` : ''}`;
  const answer = await askForToken(server, app, { body });
  if (!answer.body.access_token) throw new Error(JSON.stringify(answer.body));
  return answer.body.access_token;
}

/** Asks as an app does. */
export const asApp = <Data = Record<string, unknown>>(
  server: TestServer,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer<Data>> =>
  server.graphql<Data>(query, variables, { language: 'en', headers: { authorization: `Bearer ${token}`, ...headers } });

export const codesOf = ({ errors }: Pick<GraphQLAnswer, 'errors'>): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions['code']);
