// A health app of somebody else, written from docs/partners.md and schema.graphql alone: it imports nothing of ours. Run as a
// process with CORDON_URL, CLIENT_ID and CLIENT_SECRET; it tells what happens to it, a JSON line each, and ends once it is refused.
const { CORDON_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const tell = (line) => console.log(JSON.stringify(line));

async function newToken() {
  const response = await fetch(`${CORDON_URL}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token, error } = await response.json();
  if (!token) throw Object.assign(new Error(`no token: ${error}`), { refused: response.status });
  return token;
}

let token = null;
async function ask(query, variables) {
  for (let tries = 1; ; tries += 1) {
    token ??= await newToken();
    const response = await fetch(`${CORDON_URL}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify({ query, variables }),
    });
    if (response.status === 401 && tries < 3) token = null;
    else if (response.status === 429)
      await new Promise((wake) => setTimeout(wake, Number(response.headers.get('retry-after')) * 1000));
    else {
      const { data, errors } = await response.json();
      if (errors) throw new Error(errors.map(({ extensions }) => extensions.code).join());
      return data;
    }
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(Date.now() / 2 ** 32));
  view.setUint32(2, Date.now() % 2 ** 32);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const declaration = () => ({
  id: newId(),
  receiptSecret: `38.${Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')}`,
  person: {
    fullName: 'Trần Văn Thử',
    dateOfBirth: '1985-02-11',
    sex: 'MALE',
    nationality: 'VNM',
    idNumber: '038085000023',
    permanentAddress: { line: '5 Lê Lợi', unitCode: '00001' },
  },
  journey: {
    purpose: 'WORK',
    originCode: '01',
    destinationCode: '38',
    destinationAddress: { line: 'Khu 2', unitCode: '16438' },
    departsAt: new Date().toISOString(),
    vehicle: 'MOTORBIKE',
  },
  health: {
    symptoms: [],
    contactWithCase: false,
    contactWithSymptomatic: false,
    contactFromAffectedArea: false,
    visitedEpidemicArea: false,
    visitedUnitCodes: [],
    vaccineDoses: 1,
  },
});

const submission = `mutation ($input: [DeclarationInput!]!) {
  submitDeclarations(input: $input) {
    __typename
    ... on DeclarationSubmitted { declaration { id code } receipt { qrPayload } }
    ... on InvalidDeclaration { fields { path code } }
  }
}`;

async function submitTwice() {
  const input = [declaration()];
  const answers = [await ask(submission, { input }), await ask(submission, { input })];
  const [first, second] = answers.map(({ submitDeclarations: [one] }) => one);
  tell({
    step: 'submitted',
    id: input[0].id,
    type: first.__typename,
    same: first.declaration?.code === second.declaration?.code,
  });
}

const page = `query ($after: String) {
  declarations(first: 100, after: $after) { edges { node { id person { fullName } } } pageInfo { hasNextPage endCursor } }
}`;

async function readAll() {
  const ids = [];
  for (let after = null; ;) {
    const { declarations } = await ask(page, { after });
    ids.push(...declarations.edges.map(({ node }) => node.id));
    tell({ step: 'page', read: ids.length });
    if (!declarations.pageInfo.hasNextPage) return tell({ step: 'read', ids });
    after = declarations.pageInfo.endCursor;
  }
}

async function count() {
  const { partnerStatistics } = await ask(
    'query ($day: LocalDate!) { partnerStatistics(from: $day, to: $day) { total cells { passages } closedTo } }',
    { day: '2021-08-01' },
  );
  tell({ step: 'counted', ...partnerStatistics });
}

try {
  await submitTwice();
  await count();
  await readAll();
  // A day's work, until somebody takes the right away.
  for (;;) {
    await ask('{ declarations(first: 1) { edges { node { id } } } }');
    tell({ step: 'working' });
  }
} catch (error) {
  tell({ step: 'stopped', refused: error.refused ?? null, why: error.message });
}
