import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, aPassage, anIdNumber, declared, record, submit } from '#test/builders.ts';
import { startServer, type AskOptions, type TestServer } from '#test/server.ts';
import { formatSpokenCode } from '#api/declarations/shared/spoken-code.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = `
  query ($payload: String!, $checkpointId: ID!) {
    scan(payload: $payload, checkpointId: $checkpointId) {
      __typename
      ... on ValidPass {
        advice reasons flags { kind } lastPassage { id }
        declaration { id person { fullName idNumber phone permanentAddress { line } } journey { plate } }
        companions { id person { fullName } }
      }
      ... on InvalidPass { code message genuine: declaration { id } }
      ... on FoundDeclarations { declarations { id } citizen { fullName idNumber } flags { kind } }
    }
  }`;

interface Scan {
  __typename: string;
  code?: string;
  message?: string;
  advice?: string;
  reasons?: string[];
  flags?: Array<{ kind: string }>;
  lastPassage?: { id: string } | null;
  declaration?: { id: string; person?: Record<string, unknown>; journey?: Record<string, unknown> } | null;
  genuine?: { id: string } | null;
  companions?: Array<{ id: string }>;
  declarations?: Array<{ id: string }>;
  citizen?: { fullName: string; idNumber: string } | null;
}

const ask = (payload: string, options: AskOptions = {}, checkpointId = server.checkpoints.docXay) =>
  server.graphql<{ scan: Scan }>(document, { payload, checkpointId }, { as: 'officer.38', ...options });
const scan = async (...input: Parameters<typeof ask>) => (await ask(...input)).data.scan;

describe('scanning', () => {
  it('a pass shows what was declared, whole, to compare with the card', async () => {
    const { qrPayload, id, input } = await declared(server);
    const found = await scan(qrPayload);
    expect(found).toMatchObject({
      __typename: 'ValidPass',
      advice: 'ADMIT',
      reasons: [],
      flags: [],
      lastPassage: null,
    });
    expect(found.declaration).toMatchObject({
      id,
      person: { fullName: 'Nguyễn Thị Hoa', idNumber: input.person.idNumber, permanentAddress: { line: '12 Phố Huế' } },
      journey: { plate: '36B112345' },
    });
  });

  it('the spoken code does the same, with blanks, in small letters and with look-alikes', async () => {
    const { code, id } = await declared(server);
    for (const typed of [code, formatSpokenCode(code).toLowerCase(), code.replaceAll('0', 'O').replaceAll('1', 'I')]) {
      expect((await scan(typed)).declaration?.id).toBe(id);
    }
  });

  it('the advice is judged anew, with its reasons in the language asked for', async () => {
    const { qrPayload } = await declared(server, { health: { symptoms: ['FEVER'], contactWithCase: true } });
    const vietnamese = await scan(qrPayload);
    expect(vietnamese).toMatchObject({ advice: 'REFUSE' });
    expect(vietnamese.reasons).toHaveLength(2);
    expect((await scan(qrPayload, { language: 'en' })).reasons).not.toEqual(vietnamese.reasons);
  });

  it('companions of the vehicle come along: a coach of 45 in one answer', async () => {
    const coach = Array.from({ length: 45 }, () => aDeclaration({ journey: { vehicle: 'COACH', plate: '36B00045' } }));
    const [first] = (await submit(server, coach)).data.submitDeclarations;
    const found = await scan(first?.receipt.qrPayload ?? '');
    expect(found.companions).toHaveLength(44);
    const passages = coach.map(({ id }) => aPassage(server.checkpoints.docXay, { declarationId: id }));
    const { data } = await record(server, passages);
    expect(data.recordPassages.every(({ __typename }) => __typename === 'PassageRecorded')).toBe(true);
  });

  it('what passed before is shown, and a pass used a moment ago is flagged', async () => {
    const { qrPayload, id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    await record(server, [passage]);
    const found = await scan(qrPayload);
    expect(found.lastPassage?.id).toBe(passage.id);
    expect(found.flags?.map(({ kind }) => kind)).toContain('PASS_REUSED');
  });

  it('a typed ID number or phone number finds what is open in this province', async () => {
    const idNumber = anIdNumber();
    const { id } = await declared(server, { person: { idNumber, phone: '+84987000111' } });
    expect(await scan(idNumber.replace(/(\d{3})(?=\d)/g, '$1 '))).toMatchObject({
      __typename: 'FoundDeclarations',
      declarations: [{ id }],
      citizen: { idNumber },
    });
    expect((await scan('0987 000 111')).declarations).toEqual([{ id }]);
    expect(await scan(anIdNumber())).toMatchObject({ __typename: 'InvalidPass', code: 'NOT_FOUND' });
  });

  it('a scan opens the declaration for this checkpoint and enters itself in the audit trail', async () => {
    const { qrPayload, id } = await declared(server);
    const read = 'query ($id: ID!) { declaration(id: $id) { person { fullName } } }';
    expect((await server.graphql(read, { id }, { as: 'officer.38' })).data['declaration']).toBeNull();
    await scan(qrPayload);
    expect((await server.graphql(read, { id }, { as: 'officer.38' })).data['declaration']).toEqual({
      person: { fullName: 'Nguyễn Thị Hoa' },
    });
    expect((await server.graphql(read, { id }, { as: 'officer.cg' })).data['declaration']).toBeNull();
    const entries = await server.sql(
      `select action, checkpoint_id from audit_entry where $1 = any(subject_ids) order by id`,
      [id],
    );
    expect(entries).toEqual([
      { action: 'access.refused', checkpoint_id: null },
      { action: 'declarations.scan', checkpoint_id: server.checkpoints.docXay },
      { action: 'declaration.read', checkpoint_id: null },
      { action: 'access.refused', checkpoint_id: null },
    ]);
  });
});

describe('what is no valid pass', () => {
  it('a truncated QR, the QR of something else and nonsense each say that they cannot be read', async () => {
    const { qrPayload } = await declared(server);
    for (const payload of [
      qrPayload.slice(0, 100),
      'https://example.com/menu',
      'HC1:NCFOXN%TS3DH',
      'xin chào',
      'CDN1:',
    ]) {
      const found = await scan(payload);
      expect(found).toMatchObject({ __typename: 'InvalidPass', code: 'UNREADABLE', genuine: null });
      expect(found.message).toMatch(/Không đọc được/);
    }
  });

  it('an altered one, one of another issuer, a withdrawn and an expired one each say so', async () => {
    const { qrPayload, secret } = await declared(server);
    const other = await startServer({
      config: { keys: { ...(await import('#test/test-config.ts')).testKeys, signing: await foreignKeys() } },
    });
    const foreign = await declared(other);
    await other.stop();
    expect(await scan(foreign.qrPayload)).toMatchObject({ code: 'UNKNOWN_ISSUER' });
    const flipped = qrPayload.slice(0, -4) + (qrPayload.at(-4) === '7' ? '8' : '7') + qrPayload.slice(-3);
    expect(['BAD_SIGNATURE', 'UNREADABLE']).toContain((await scan(flipped)).code);
    await server.graphql('mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }', {
      secret,
    });
    expect(await scan(qrPayload)).toMatchObject({ code: 'WITHDRAWN', genuine: { id: expect.any(String) } });
    const old = await declared(server);
    await server.sql(`update declaration set valid_until = now() - interval '1 minute' where id = $1`, [old.id]);
    expect(await scan(old.code)).toMatchObject({ code: 'EXPIRED', genuine: { id: old.id } });
  });

  it('a checkpoint that is not the own one is not found', async () => {
    const { qrPayload } = await declared(server);
    expect((await ask(qrPayload, {}, server.checkpoints.hamRong)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});

async function foreignKeys() {
  const { Keyring } = await import('#api/platform/crypto/keyring.ts');
  return new Keyring([{ id: 'elsewhere', key: Buffer.alloc(32, 7) }]);
}
