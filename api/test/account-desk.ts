import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { AskOptions, TestServer } from './server.ts';

export interface AccountInput {
  id: string;
  username: string;
  fullName: string;
  roles: string[];
  unitCode: string;
  checkpointIds?: string[];
}

export interface ShownAccount {
  id: string;
  username: string;
  fullName: string;
  roles: string[];
  active: boolean;
  version: number;
  unit: { code: string };
  checkpoints: Array<{ id: string }>;
  lastSignedInAt: string | null;
}

export interface Created {
  __typename: 'IssuedCredentials' | 'InvalidAccount';
  oneTimePassword?: string | null;
  account?: ShownAccount;
  fields?: Array<{ path: string; code: string; message: string }>;
}

/** An officer of Thanh Hóa that no other test uses. */
export const anAccount = (changes: Partial<AccountInput> = {}): AccountInput => {
  const id = newUuid7();
  return {
    id,
    username: `u.${id.slice(-10)}`,
    fullName: 'Ngô Thị Mới',
    roles: ['OFFICER'],
    unitCode: '38',
    ...changes,
  };
};

const accountFields =
  'id username fullName roles active version lastSignedInAt createdAt unit { code } checkpoints { id }';
const results = `__typename
  ... on IssuedCredentials { oneTimePassword account { ${accountFields} } }
  ... on InvalidAccount { message fields { path code message } }`;

const createAccountDocument = `mutation Create($input: CreateAccountInput!) { createAccount(input: $input) { ${results} } }`;
/** Asks for little of each: what 500 accounts are is known to who sent them. */
const createAccountsDocument = `mutation CreateMany($input: [CreateAccountInput!]!) {
  createAccounts(input: $input) {
    __typename
    ... on IssuedCredentials { oneTimePassword account { id username } }
    ... on InvalidAccount { message fields { path code message } }
  }
}`;

export const sendAccount = (server: TestServer, input: object, options: AskOptions = { as: 'admin.38' }) =>
  server.graphql<{ createAccount: Created }>(createAccountDocument, { input }, options);

export const sendAccounts = (server: TestServer, input: object[], options: AskOptions = { as: 'admin.38' }) =>
  server.graphql<{ createAccounts: Created[] }>(createAccountsDocument, { input }, options);

/** Creates it and answers it with its password. */
export async function created(server: TestServer, changes: Partial<AccountInput> = {}, as = 'admin.vn') {
  const { createAccount } = (await sendAccount(server, anAccount(changes), { as })).data;
  if (!createAccount.account) throw new Error(`Not created: ${JSON.stringify(createAccount)}`);
  return { ...createAccount.account, oneTimePassword: createAccount.oneTimePassword ?? '' };
}

export const codesOf = ({ fields }: Created) => fields?.map(({ path, code }) => `${path} ${code}`) ?? [];

export const updateAccount = (
  server: TestServer,
  id: string,
  input: object,
  options: AskOptions = { as: 'admin.38' },
) =>
  server.graphql<{ updateAccount: ShownAccount | null }>(
    `mutation ($id: ID!, $input: UpdateAccountInput!) { updateAccount(id: $id, input: $input) { ${accountFields} } }`,
    { id, input },
    options,
  );

export const resetCredentials = (
  server: TestServer,
  id: string,
  options: AskOptions = { as: 'admin.38' },
  version?: number,
) =>
  server.graphql<{ resetCredentials: { oneTimePassword: string; account: ShownAccount } | null }>(
    `mutation ($id: ID!, $version: Int) { resetCredentials(id: $id, version: $version) { oneTimePassword account { ${accountFields} } } }`,
    { id, version },
    options,
  );
