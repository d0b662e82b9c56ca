import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassage, anIdNumber, declared, record, type Recorded } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const minute = 60_000;
const flagsOf = (result: Recorded | undefined) => result?.passage?.flags.map(({ kind }) => kind) ?? [];
const codes = (results: Recorded[]) =>
  results.map(({ code, duplicate }) => code ?? (duplicate ? 'DUPLICATE' : 'RECORDED'));
const send = async (...input: Parameters<typeof record>[1]) => (await record(server, input)).data.recordPassages;

describe('recording', () => {
  it('a passage sent twice is recorded once', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    expect(codes(await send(passage))).toEqual(['RECORDED']);
    expect(codes(await send(passage))).toEqual(['DUPLICATE']);
    expect(await server.sql('select id from passage where id = $1', [passage.id])).toHaveLength(1);
  });

  it('counts in /metrics, by decision and without duplicates', async () => {
    const { id: declarationId } = await declared(server);
    const refused = aPassage(server.checkpoints.docXay, { declarationId, decision: 'REFUSED', reason: 'hết hạn' });
    const counted = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^cordon_passages_recorded_total\{decision="REFUSED"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    const before = await counted();
    await send(refused, refused);
    await send(refused);
    expect(await counted()).toBe(before + 1);
  });

  it('results come in input order, whatever the order of the ids', async () => {
    const { id } = await declared(server);
    const passages = [3, 1, 2].map((age) =>
      aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() - age * minute), declarationId: id }),
    );
    const results = await send(...passages);
    expect(results.map(({ passage }) => passage?.id)).toEqual(passages.map((passage) => passage.id));
  });

  it('the same id with other content is told apart, in one batch too', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    expect(codes(await send(passage, { ...passage, direction: 'OUT' }, passage))).toEqual([
      'RECORDED',
      'ID_REUSED',
      'DUPLICATE',
    ]);
    expect(codes(await send({ ...passage, decision: 'ISOLATED' }))).toEqual(['ID_REUSED']);
  });

  it('when two connections send one id with two contents at once, one is recorded and one is told', async () => {
    const { id } = await declared(server);
    for (let round = 0; round < 10; round += 1) {
      const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
      const [one, other] = await Promise.all([send(passage), send({ ...passage, direction: 'OUT' })]);
      expect([...codes(one), ...codes(other)].sort()).toEqual(['ID_REUSED', 'RECORDED']);
    }
  });

  it('a pass is verified again; one that was altered is not recorded', async () => {
    const { qrPayload } = await declared(server);
    const altered = qrPayload.slice(0, -1) + (qrPayload.endsWith('A') ? 'B' : 'A');
    const [good, bad] = await send(
      aPassage(server.checkpoints.docXay, { qrPayload }),
      aPassage(server.checkpoints.docXay, { qrPayload: altered }),
    );
    expect(codes([good as Recorded, bad as Recorded])).toEqual(['RECORDED', 'INVALID_PASS']);
  });

  it('the pass of another province opens its declaration here, and its person becomes known here', async () => {
    const { qrPayload, id } = await declared(server, { journey: { originCode: '38' } }, '01');
    const passage = aPassage(server.checkpoints.docXay, { qrPayload, direction: 'OUT' });
    expect(codes(await send(passage))).toEqual(['RECORDED']);
    const [row] = await server.sql(
      'select p.declaration_province, c.full_name from passage p join citizen c on c.province_code = p.province_code and c.id = p.citizen_id where p.id = $1',
      [passage.id],
    );
    expect(row).toEqual({ declaration_province: '01', full_name: 'Nguyễn Thị Hoa' });
    expect(codes(await send(aPassage(server.checkpoints.docXay, { declarationId: id, direction: 'IN' })))).toEqual([
      'RECORDED',
    ]);
  });

  it('a declaration of another province that nobody opened here is unknown', async () => {
    const { id } = await declared(server, { journey: { originCode: '38' } }, '01');
    expect(codes(await send(aPassage(server.checkpoints.cauGhep, { declarationId: id })))).toEqual([
      'UNKNOWN_DECLARATION',
    ]);
  });

  it('known people without a declaration, and paper forms keyed in later, are recorded', async () => {
    const { id } = await declared(server);
    const [row] = await server.sql('select citizen_id from declaration where id = $1', [id]);
    const results = await send(
      aPassage(server.checkpoints.docXay, { citizenId: row?.['citizen_id'] as string, evidence: 'CARD_ONLY' }),
      aPassage(server.checkpoints.docXay, { citizenId: newUuid7(), evidence: 'CARD_ONLY' }),
      aPassage(server.checkpoints.docXay, { paperFormNumber: 'DX-0001', evidence: 'PAPER_AND_CARD' }),
    );
    expect(codes(results)).toEqual(['RECORDED', 'UNKNOWN_CITIZEN', 'RECORDED']);
  });
});

describe('bad input', () => {
  it('late, skewed and early passages are judged by the time in their ids', async () => {
    const { id: declarationId } = await declared(server);
    const at = (offset: number) =>
      aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() + offset), declarationId, recordedOffline: true });
    const results = await send(at(6 * minute), at(-15 * 24 * 60 * minute), at(3 * minute), at(-13 * 24 * 60 * minute));
    expect(codes(results)).toEqual(['IN_FUTURE', 'TOO_OLD', 'RECORDED', 'RECORDED']);
    expect(flagsOf(results[2])).toContain('CLOCK_SKEW');
  });

  it('each incomplete one says what is missing, and the rest of the batch is recorded', async () => {
    const { id: declarationId } = await declared(server);
    const here = server.checkpoints.docXay;
    const results = await send(
      aPassage(here),
      aPassage(here, { declarationId, paperFormNumber: 'A-1' }),
      aPassage(here, { declarationId, decision: 'REFUSED' }),
      aPassage(here, { declarationId, decision: 'VOID' }),
      aPassage(here, { declarationId, id: 'not-an-id' }),
      aPassage(server.checkpoints.hamRong, { declarationId }),
      aPassage(here, { declarationId }),
    );
    expect(codes(results)).toEqual(['INVALID', 'INVALID', 'INVALID', 'INVALID', 'INVALID', 'NOT_ASSIGNED', 'RECORDED']);
    expect(new Set(results.slice(0, 5).map(({ message }) => message)).size).toBeGreaterThan(3);
    const english = await record(server, [aPassage(here)], 'officer.38', 'en');
    expect(english.data.recordPassages[0]?.message).toContain('exactly one');
  });

  it('a closed checkpoint records nothing', async () => {
    const { id: declarationId } = await declared(server);
    await server.sql('update checkpoint set active = false where id = $1', [server.checkpoints.cauGhep]);
    expect(codes(await send(aPassage(server.checkpoints.cauGhep, { declarationId })))).toEqual(['CHECKPOINT_CLOSED']);
    await server.sql('update checkpoint set active = true where id = $1', [server.checkpoints.cauGhep]);
  });

  it('what was acknowledged stays so, though the checkpoint was closed before it was sent again', async () => {
    const { id: declarationId } = await declared(server);
    const passage = aPassage(server.checkpoints.cauGhep, { declarationId });
    expect(codes(await send(passage))).toEqual(['RECORDED']);
    await server.sql('update checkpoint set active = false where id = $1', [server.checkpoints.cauGhep]);
    expect(codes(await send(passage, { ...passage, direction: 'OUT' }))).toEqual(['DUPLICATE', 'CHECKPOINT_CLOSED']);
    await server.sql('update checkpoint set active = true where id = $1', [server.checkpoints.cauGhep]);
  });

  it('an empty batch, 501 passages and a batch of two provinces are refused whole', async () => {
    const { id: declarationId } = await declared(server);
    const here = server.checkpoints.docXay;
    const batches = [
      [],
      Array.from({ length: 501 }, () => aPassage(here, { declarationId })),
      [aPassage(here, { declarationId }), aPassage(server.checkpoints.hanoi, { declarationId })],
    ];
    for (const batch of batches) {
      const answer = await record(server, batch);
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: { input: expect.any(String) },
      });
    }
    expect(await server.sql('select id from passage where declaration_id = $1', [declarationId])).toHaveLength(0);
  });

  it('who is not signed in, or is no officer, records nothing', async () => {
    const answer = await server.graphql('mutation { recordPassages(input: []) { __typename } }');
    expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await record(server, [], 'admin.38')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('corrections', () => {
  const undo = (passage: { id: string; checkpointId: string }, changes = {}) =>
    aPassage(passage.checkpointId, {
      id: newUuid7(uuid7Time(passage.id) ?? 0),
      corrects: passage.id,
      decision: 'VOID',
      ...changes,
    });
  const listed = async () =>
    (
      await server.graphql<{ passages: { edges: Array<{ node: { id: string } }> } }>(
        '{ passages(first: 100) { edges { node { id } } } }',
        {},
        { as: 'officer.38' },
      )
    ).data.passages.edges.map(({ node }) => node.id);

  it('an undone passage stands in no list, and its void neither', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    await send(passage);
    expect(await listed()).toContain(passage.id);
    const correction = undo(passage);
    expect(codes(await send(correction))).toEqual(['RECORDED']);
    expect(await listed()).not.toContain(passage.id);
    expect(await listed()).not.toContain(correction.id);
  });

  it('of two corrections of one passage the second is told, also when both come at once', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    await send(passage);
    const [one, other] = await Promise.all([send(undo(passage)), send(undo(passage))]);
    expect([...codes(one), ...codes(other)].sort()).toEqual(['ALREADY_CORRECTED', 'RECORDED']);
  });

  it('a correction may stand in the same batch before what it corrects, and can be corrected itself', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    const correction = undo(passage, { decision: 'REFUSED', reason: 'Nhầm' });
    expect(codes(await send(correction, passage))).toEqual(['RECORDED', 'RECORDED']);
    const back = undo(correction, { decision: 'ADMITTED' });
    expect(codes(await send(back))).toEqual(['RECORDED']);
    expect(await listed()).toContain(back.id);
    expect(await listed()).not.toContain(correction.id);
  });

  it('a chain of corrections in one batch is recorded in any order', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    const second = undo(passage, { decision: 'REFUSED', reason: 'Nhầm' });
    const third = undo(second, { decision: 'ISOLATED' });
    expect(codes(await send(third, second, passage))).toEqual(['RECORDED', 'RECORDED', 'RECORDED']);
    expect(await listed()).toContain(third.id);
  });

  it('a correction of another time, of another checkpoint or of nothing known is not stored', async () => {
    const { id } = await declared(server);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: id });
    await send(passage);
    const results = await send(
      undo(passage, { id: newUuid7(Date.now() - 5 * minute) }),
      undo({ ...passage, checkpointId: server.checkpoints.cauGhep }),
      undo({ id: newUuid7(), checkpointId: server.checkpoints.docXay }),
    );
    expect(codes(results)).toEqual(['INVALID', 'INVALID', 'INVALID']);
  });
});

describe('flags', () => {
  it('the same pass again at the checkpoint within ten minutes is reused; after a void it is not', async () => {
    const { id } = await declared(server);
    const first = aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() - 8 * minute), declarationId: id });
    const second = aPassage(server.checkpoints.docXay, { declarationId: id });
    await send(first);
    expect(flagsOf((await send(second))[0])).toContain('PASS_REUSED');
    await send(
      aPassage(server.checkpoints.docXay, {
        id: newUuid7(uuid7Time(second.id) ?? 0),
        corrects: second.id,
        decision: 'VOID',
      }),
    );
    await send(
      aPassage(server.checkpoints.docXay, {
        id: newUuid7(uuid7Time(first.id) ?? 0),
        corrects: first.id,
        decision: 'VOID',
      }),
    );
    expect(flagsOf((await send(aPassage(server.checkpoints.docXay, { declarationId: id })))[0])).not.toContain(
      'PASS_REUSED',
    );
  });

  it('a checkpoint 50 km away five minutes later is flagged; the other direction at the same one is not', async () => {
    const { id } = await declared(server);
    const far = await send(
      aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() - 5 * minute), declarationId: id }),
      aPassage(server.checkpoints.cauGhep, { declarationId: id }),
    );
    expect(far.map(flagsOf)).toEqual([['PASS_REUSED'], ['PASS_REUSED']]);
    const other = await declared(server);
    const back = await send(
      aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() - 5 * minute), declarationId: other.id }),
      aPassage(server.checkpoints.docXay, { declarationId: other.id, direction: 'OUT' }),
    );
    expect(back.map(flagsOf)).toEqual([[], []]);
  });

  it('the same person on another pass, an overridden advice, and a contradicting number are flagged', async () => {
    const idNumber = anIdNumber();
    const one = await declared(server, { person: { idNumber } });
    const two = await declared(server, { person: { idNumber } });
    await send(aPassage(server.checkpoints.docXay, { declarationId: one.id }));
    expect(flagsOf((await send(aPassage(server.checkpoints.docXay, { declarationId: two.id })))[0])).toEqual([
      'DUPLICATE_PERSON',
    ]);
    const sick = await declared(server, {
      person: { idNumber: anIdNumber('MALE') },
      health: { contactWithCase: true },
    });
    expect(flagsOf((await send(aPassage(server.checkpoints.docXay, { declarationId: sick.id })))[0]).sort()).toEqual([
      'ADVICE_OVERRIDDEN',
      'NUMBER_CONTRADICTS',
    ]);
  });

  it('a pass that was withdrawn when the person passed is recorded and flagged', async () => {
    const { secret, qrPayload } = await declared(server);
    await server.graphql('mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }', {
      secret,
    });
    const [result] = await send(aPassage(server.checkpoints.docXay, { id: newUuid7(Date.now() + 1_000), qrPayload }));
    expect(flagsOf(result)).toEqual(['PASS_INVALID']);
  });
});
