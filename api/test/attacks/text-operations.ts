import { aDeclaration, aPassage } from '../builders.ts';

/** What has broken others. Nothing of it may reach SQL as anything but a value. */
export const nasty = [
  `'; drop table passage; --`,
  `" or 1=1 \\`,
  '%$1',
  `\u0000`,
  `a\u0000b`,
  '\ud800',
  '-'.repeat(36),
  '00000000-0000-7000-8000-000000000000',
  '__proto__',
  'x'.repeat(50_000),
  '',
  '\n',
  '🌸',
  Buffer.from('["passages","x","y"]').toString('base64url'),
];

const some = '018f0000-0000-7000-8000-000000000000';

/** Name, document, variables that are right, and who asks. */
export const operations: Array<[string, string, Record<string, unknown>, string | undefined]> = [
  [
    'units',
    'query ($parentCode: String, $search: String, $at: LocalDate) { administrativeUnits(parentCode: $parentCode, search: $search, at: $at) { code } }',
    { parentCode: '38', search: 'a', at: '2021-08-23' },
    undefined,
  ],
  ['receipt', 'query ($secret: String!) { receipt(secret: $secret) { qrPayload } }', { secret: '38.x' }, undefined],
  [
    'withdrawDeclaration',
    'mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }',
    { secret: '38.x' },
    undefined,
  ],
  [
    'submitDeclarations',
    'mutation ($input: [DeclarationInput!]!) { submitDeclarations(input: $input) { __typename } }',
    {
      input: [
        {
          ...aDeclaration(),
          stayAddress: { line: 'a', unitCode: '16438' },
          person: {
            ...aDeclaration().person,
            passportNumber: 'B1234567',
            email: 'a@b.vn',
            healthInsuranceNumber: 'GD4012345678901',
            noDocumentReason: 'a',
            temporaryAddress: { line: 'a', unitCode: '16438' },
          },
        },
      ],
    },
    undefined,
  ],
  [
    'signIn',
    'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }',
    { username: 'a', password: 'b' },
    undefined,
  ],
  [
    'scan',
    'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { __typename } }',
    { payload: 'a', checkpointId: some },
    'officer.38',
  ],
  ['checkpoint', 'query ($id: ID!) { checkpoint(id: $id) { id } }', { id: some }, 'admin.38'],
  [
    'checkpoints',
    'query ($scope: ScopeInput, $search: String, $after: String) { checkpoints(scope: $scope, search: $search, after: $after) { totalCount edges { node { id } } } }',
    { scope: { unitCode: '38', checkpointIds: [some] }, search: 'a' },
    'admin.38',
  ],
  [
    'after',
    'query ($after: String) { checkpoints(after: $after) { totalCount } passages(after: $after) { totalCount } declarations(after: $after) { totalCount } accounts(after: $after) { totalCount } }',
    { after: 'a' },
    'admin.38',
  ],
  ['declaration', 'query ($id: ID) { declaration(id: $id) { id } }', { id: some }, 'admin.38'],
  [
    'declaration by code',
    'query ($code: String) { declaration(code: $code) { id } }',
    { code: '38ABCDEF0' },
    'admin.38',
  ],
  [
    'declarations',
    'query ($filter: DeclarationFilter) { declarations(filter: $filter) { totalCount edges { node { id } } } }',
    {
      filter: {
        originCode: '01',
        destinationCode: '38',
        citizenId: some,
        submittedFrom: '2021-08-23T00:00:00Z',
        submittedTo: '2099-08-23T00:00:00Z',
      },
    },
    'admin.38',
  ],
  [
    'passages',
    'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount edges { node { id } } } }',
    { filter: { citizenId: some, checkpointIds: [some], from: '2021-08-23T00:00:00Z', to: '2099-08-23T00:00:00Z' } },
    'admin.38',
  ],
  [
    'passages by plate',
    'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount edges { node { id } } } }',
    { filter: { plate: '36B112345' } },
    'officer.38',
  ],
  [
    'accounts',
    'query ($scope: ScopeInput, $search: String) { accounts(scope: $scope, search: $search) { totalCount edges { node { id } } } }',
    { scope: { unitCode: '38', checkpointIds: [some] }, search: 'a' },
    'admin.38',
  ],
  [
    'createAccount',
    'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
    {
      input: {
        id: some,
        username: 'le.van.a',
        fullName: 'Lê Văn A',
        roles: ['OFFICER'],
        unitCode: '38',
        checkpointIds: [some],
      },
    },
    'admin.38',
  ],
  [
    'saveCheckpoint',
    'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { id } }',
    { input: { id: some, code: 'X', name: 'X', unitCode: '38', kind: 'ROAD', active: true } },
    'admin.38',
  ],
  [
    'changePassword',
    'mutation ($current: String!, $new: String!) { changePassword(current: $current, new: $new) { __typename } }',
    { current: 'a', new: 'b' },
    'auditor.38',
  ],
  [
    'recordPassages',
    'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }',
    {
      input: [
        aPassage(some, { declarationId: some }),
        { ...aPassage(some, { paperFormNumber: 'A-1', reason: 'a' }), plate: '36B112345' },
        aPassage(some, { citizenId: some, corrects: some }),
        aPassage(some, { qrPayload: 'CDN1:A' }),
      ],
    },
    'officer.38',
  ],
];

export type Slot = Array<string | number>;

/** Every place in the variables where a text stands. */
export function slotsOf(value: unknown, path: Slot = []): Slot[] {
  if (typeof value === 'string') return [path];
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    slotsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

export function replaced(variables: Record<string, unknown>, slot: Slot, value: unknown): Record<string, unknown> {
  const copy = structuredClone(variables);
  let at = copy as Record<string | number, unknown>;
  for (const key of slot.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[slot.at(-1) ?? ''] = value;
  return copy;
}

/** Every place in the variables where a list stands. */
export function listsOf(value: unknown, path: Slot = []): Slot[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    listsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [path, ...inner] : inner;
}

export const valueAt = (variables: unknown, slot: Slot): unknown =>
  slot.reduce((at, key) => (at as Record<string | number, unknown>)[key], variables);
