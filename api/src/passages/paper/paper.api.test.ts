import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, aPassage, anIdNumber, declared, record } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import type { CompleteDeclaration } from '#api/declarations/shared/declaration-draft.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

let serial = 0;
const aFormNumber = () => `DX-${String((serial += 1)).padStart(5, '0')}`;
type Changes = NonNullable<Parameters<typeof aDeclaration>[0]>;

/** A form as it is keyed in: no secret, a number. */
function aForm(changes: Changes = {}, toProvince = '38'): CompleteDeclaration {
  const paperFormNumber = changes.paperFormNumber ?? aFormNumber();
  return { ...aDeclaration(changes, toProvince), receiptSecret: null, paperFormNumber };
}

interface KeyedIn {
  __typename: 'DeclarationSubmitted' | 'InvalidDeclaration';
  fields?: Array<{ path: string; code: string; message: string }>;
  declaration: {
    id: string;
    code: string;
    channel: string;
    paperFormNumber: string | null;
    person: { fullName: string; idNumber: string | null };
    citizen: { id: string; fullName: string; phone: string | null } | null;
  };
  receipt: { qrPayload: string; qrSvg: string };
}
const keyInDocument = `mutation ($input: DeclarationInput!, $checkpointId: ID!) {
  recordPaperDeclaration(input: $input, checkpointId: $checkpointId) {
    __typename
    ... on DeclarationSubmitted {
      declaration { id code channel paperFormNumber person { fullName idNumber } citizen { id fullName phone } }
      receipt { qrPayload qrSvg }
    }
    ... on InvalidDeclaration { fields { path code message } }
  }
}`;
const ask = (input: CompleteDeclaration, as = 'officer.38', checkpointId = server.checkpoints.docXay) =>
  server.graphql<{ recordPaperDeclaration: KeyedIn }>(keyInDocument, { input, checkpointId }, { as });
const keyIn = async (...of: Parameters<typeof ask>) => (await ask(...of)).data.recordPaperDeclaration;

const passOn = (paperFormNumber: string, changes: Parameters<typeof aPassage>[1] = {}) =>
  aPassage(server.checkpoints.docXay, { paperFormNumber, evidence: 'PAPER_AND_CARD', ...changes });
const send = async (...input: Parameters<typeof record>[1]) => (await record(server, input)).data.recordPassages;

interface Shown {
  id: string;
  channel: string;
  paperFormNumber: string | null;
  plate: string | null;
  citizen: { fullName: string } | null;
  declaration: { id: string; person: { fullName: string } } | null;
}
const passagesDocument = `query ($checkpointId: ID!) {
  passages(filter: { checkpointIds: [$checkpointId], superseded: true }, first: 100) {
    edges { node { id channel paperFormNumber plate citizen { fullName } declaration { id person { fullName } } } }
  }
}`;
async function passage(id: string, checkpointId = server.checkpoints.docXay): Promise<Shown | undefined> {
  type Answer = { passages: { edges: Array<{ node: Shown }> } };
  const answer = await server.graphql<Answer>(passagesDocument, { checkpointId }, { as: 'officer.38' });
  return answer.data.passages.edges.map(({ node }) => node).find((node) => node.id === id);
}

const outstandingDocument = `query ($checkpointId: ID!, $first: Int, $after: String) {
  paperOutstanding(checkpointId: $checkpointId, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id paperFormNumber } }
  }
}`;
type Outstanding = {
  paperOutstanding: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: Array<{ node: { id: string; paperFormNumber: string } }>;
  };
};
const askOutstanding = (checkpointId: string, as = 'officer.38', page = {}) =>
  server.graphql<Outstanding>(outstandingDocument, { checkpointId, ...page }, { as });
const outstanding = async () =>
  (await askOutstanding(server.checkpoints.docXay, 'officer.38', { first: 100 })).data.paperOutstanding.edges.map(
    ({ node }) => node.paperFormNumber,
  );

describe('a form keyed in at once', () => {
  it('is a declaration on paper, with a pass that the next checkpoint scans', async () => {
    const form = aForm();
    const result = await keyIn(form);
    expect(result.declaration).toMatchObject({ id: form.id, channel: 'PAPER', paperFormNumber: form.paperFormNumber });
    expect(result.receipt.qrSvg).toMatch(/^<svg/);
    const scan = await server.graphql<{ scan: { __typename: string; declaration: { id: string } } }>(
      'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { __typename ... on ValidPass { declaration { id } } } }',
      { payload: result.receipt.qrPayload, checkpointId: server.checkpoints.cauGhep },
      { as: 'officer.cg' },
    );
    expect(scan.data.scan).toMatchObject({ __typename: 'ValidPass', declaration: { id: form.id } });
  });

  it('without a number it was declared by word of mouth', async () => {
    const result = await keyIn({ ...aForm(), paperFormNumber: null });
    expect(result.declaration).toMatchObject({ channel: 'ASSISTED', paperFormNumber: null });
  });

  it('needs no document, but then a reason', async () => {
    const without = { person: { idNumber: null } };
    expect((await keyIn(aForm(without))).fields?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'person.noDocumentReason DOCUMENT_OR_REASON_REQUIRED',
    ]);
    const withReason = aForm({ person: { idNumber: null, noDocumentReason: 'Mất thẻ' } });
    expect((await keyIn(withReason)).__typename).toBe('DeclarationSubmitted');
  });

  it('its passage, recorded after it by the number, shows its person', async () => {
    const form = aForm();
    await keyIn(form);
    const recorded = passOn(form.paperFormNumber?.toLowerCase() ?? '');
    await send(recorded);
    expect(await passage(recorded.id)).toMatchObject({
      channel: 'PAPER',
      paperFormNumber: form.paperFormNumber,
      citizen: { fullName: 'Nguyễn Thị Hoa' },
      declaration: { id: form.id, person: { fullName: 'Nguyễn Thị Hoa' } },
    });
    expect(await outstanding()).not.toContain(form.paperFormNumber);
  });
});

describe('a form keyed in later', () => {
  it('its passage waits for it, and shows its person from then on', async () => {
    const form = aForm();
    const recorded = passOn(form.paperFormNumber ?? '', { id: newUuid7(Date.now() - 20 * 3_600_000) });
    await send(recorded);
    expect(await passage(recorded.id)).toMatchObject({ citizen: null, declaration: null });
    expect(await outstanding()).toContain(form.paperFormNumber);
    await keyIn(form);
    expect(await passage(recorded.id)).toMatchObject({
      citizen: { fullName: 'Nguyễn Thị Hoa' },
      declaration: { id: form.id },
      plate: '36B112345',
    });
    expect(await outstanding()).not.toContain(form.paperFormNumber);
    const events = await server.sql(`select payload from outbox where topic = 'passages.identified'`);
    expect(events).toContainEqual({ payload: { ids: [recorded.id] } });
  });

  it('passages of its number at another checkpoint of the province are its own too', async () => {
    const form = aForm();
    const elsewhere = { ...passOn(form.paperFormNumber ?? ''), checkpointId: server.checkpoints.cauGhep };
    await send(passOn(form.paperFormNumber ?? ''), elsewhere);
    await keyIn(form);
    expect((await passage(elsewhere.id, server.checkpoints.cauGhep))?.citizen?.fullName).toBe('Nguyễn Thị Hoa');
  });

  it('the same number in another province is another form', async () => {
    const form = aForm();
    const here = passOn(form.paperFormNumber ?? '');
    await send(here);
    const there = aForm({ paperFormNumber: form.paperFormNumber ?? '', person: { fullName: 'Trần Văn Khác' } }, '01');
    expect((await keyIn(there, 'officer.01', server.checkpoints.hanoi)).__typename).toBe('DeclarationSubmitted');
    expect(await passage(here.id)).toMatchObject({ citizen: null });
    await keyIn(form);
    expect((await passage(here.id))?.citizen?.fullName).toBe('Nguyễn Thị Hoa');
  });

  it('what was recorded of it stays: vehicle, plate, decision and advice', async () => {
    const form = aForm();
    const recorded = passOn(form.paperFormNumber ?? '');
    await send({ ...recorded, ...{ plate: '29A12345', vehicle: 'CAR' } });
    await keyIn(form);
    const [row] = await server.sql('select plate, vehicle, advice, decision, purpose from passage where id = $1', [
      recorded.id,
    ]);
    expect(row).toEqual({ plate: '29A12345', vehicle: 'CAR', advice: null, decision: 'ADMITTED', purpose: 'HOME' });
  });
});

describe('what stands out once it is known who passed', () => {
  const flagsOf = async (id: string) =>
    (
      await server.sql<{ flags: string[]; flagged: boolean }>('select flags, flagged from passage where id = $1', [id])
    )[0];
  const minutesAgo = (count: number) => newUuid7(Date.now() - count * 60_000);

  it('somebody who just passed on a pass, and passes again by a form, is seen when the form is keyed in', async () => {
    const idNumber = anIdNumber();
    const { id: declarationId } = await declared(server, { person: { idNumber } });
    const form = aForm({ person: { idNumber } });
    const byForm = passOn(form.paperFormNumber ?? '', { id: minutesAgo(5) });
    await send(aPassage(server.checkpoints.docXay, { id: minutesAgo(9), declarationId }), byForm);
    expect(await flagsOf(byForm.id)).toEqual({ flags: [], flagged: false });
    await keyIn(form);
    expect(await flagsOf(byForm.id)).toEqual({ flags: ['DUPLICATE_PERSON'], flagged: true });
  });

  it('a number that contradicts the person is seen too', async () => {
    const form = aForm({ person: { idNumber: anIdNumber('MALE', 1990) } });
    const recorded = passOn(form.paperFormNumber ?? '');
    await send(recorded);
    await keyIn(form);
    expect(await flagsOf(recorded.id)).toEqual({ flags: ['NUMBER_CONTRADICTS'], flagged: true });
  });

  it('what stood out when it was received stands out still', async () => {
    const form = aForm();
    const recorded = passOn(form.paperFormNumber ?? '', { id: newUuid7(Date.now() + 4 * 60_000) });
    await send(recorded);
    expect(await flagsOf(recorded.id)).toMatchObject({ flags: ['CLOCK_SKEW'] });
    await keyIn(form);
    expect(await flagsOf(recorded.id)).toMatchObject({ flags: ['CLOCK_SKEW'] });
  });

  it('a passage and its correction are not two of one person', async () => {
    const form = aForm();
    const wrong = passOn(form.paperFormNumber ?? '', { direction: 'IN' });
    const right = passOn(form.paperFormNumber ?? '', { id: newUuid7(uuid7Time(wrong.id) ?? 0), corrects: wrong.id });
    await send(wrong);
    await send(right);
    await keyIn(form);
    expect(await flagsOf(right.id)).toEqual({ flags: [], flagged: false });
  });
});

describe('a form that leads to another province', () => {
  it('its declaration stands there, its passage here, and both name their person', async () => {
    const form = aForm({ journey: { originCode: '38' } }, '01');
    const recorded = passOn(form.paperFormNumber ?? '', { direction: 'OUT' });
    await send(recorded);
    await keyIn(form);
    expect(await passage(recorded.id)).toMatchObject({
      citizen: { fullName: 'Nguyễn Thị Hoa' },
      declaration: { id: form.id },
    });
    const rows = await server.sql(
      'select p.province_code, p.declaration_province, d.province_code as kept_in from passage p join declaration d on d.id = p.declaration_id where p.id = $1',
      [recorded.id],
    );
    expect(rows).toEqual([{ province_code: '38', declaration_province: '01', kept_in: '01' }]);
  });

  it('its passage may come after it too', async () => {
    const form = aForm({ journey: { originCode: '38' } }, '01');
    await keyIn(form);
    const recorded = {
      ...passOn(form.paperFormNumber ?? '', { direction: 'OUT' }),
      checkpointId: server.checkpoints.cauGhep,
    };
    await send(recorded);
    expect((await passage(recorded.id, server.checkpoints.cauGhep))?.declaration?.id).toBe(form.id);
  });

  it('who has no document is one person in both provinces', async () => {
    const form = aForm(
      { journey: { originCode: '38' }, person: { idNumber: null, noDocumentReason: 'Mất thẻ' } },
      '01',
    );
    await send(passOn(form.paperFormNumber ?? '', { direction: 'OUT' }));
    await keyIn(form);
    const rows = await server.sql(
      'select d.citizen_id = p.citizen_id as same from declaration d join passage p on p.declaration_id = d.id where d.id = $1',
      [form.id],
    );
    expect(rows).toEqual([{ same: true }]);
  });

  it('a typed number brings nothing here of what that province knows of its holder', async () => {
    const idNumber = anIdNumber();
    await declared(server, { person: { idNumber, fullName: 'Phạm Thị Kín', phone: '+84912000111' } }, '01');
    const form = aForm({ journey: { originCode: '38' }, person: { idNumber, fullName: 'Ai Đó', phone: null } }, '01');
    const recorded = passOn(form.paperFormNumber ?? '', { direction: 'OUT' });
    await send(recorded);
    const answer = await ask(form);
    expect(answer.data.recordPaperDeclaration.declaration.citizen).toBeNull();
    const shown = await server.graphql(
      'query { passages(first: 100) { edges { node { citizen { fullName phone } declaration { person { fullName phone } citizen { fullName phone } } } } } }',
      {},
      { as: 'officer.38' },
    );
    expect(shown.errors).toBeUndefined();
    expect(answer.text + shown.text).not.toMatch(/Phạm Thị Kín|12000111/);
    expect((await passage(recorded.id))?.citizen?.fullName).toBe('Ai Đó');
  });
});

describe('twice, and at once', () => {
  it('the same form sent again answers the same and changes nothing', async () => {
    const form = aForm();
    const [first, again] = [await keyIn(form), await keyIn(form)];
    expect(again).toEqual({ ...first, receipt: again.receipt });
    const entries = await server.sql(
      `select 1 from audit_entry where action = 'declaration.record' and subject_ids = $1`,
      [[form.id]],
    );
    expect(entries).toHaveLength(1);
  });

  it('a form whose last step fails leaves nothing: no declaration, nobody on the passage, no check; sent again it is stored', async () => {
    const form = aForm({ person: { idNumber: anIdNumber() } });
    const passage = passOn(form.paperFormNumber ?? '');
    await send(passage);
    await server.sql(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
       create trigger refuse before insert on audit_entry for each row when (new.action = 'declaration.record') execute function refuse()`,
    );
    const left = async () => {
      const [row] = await server.sql<Record<string, number>>(
        `select (select count(*) from declaration where id = $1)::int as declarations,
           (select count(*) from declaration_handle where declaration_id = $1)::int as handles,
           (select count(*) from opened_declaration where declaration_id = $1)::int as opened,
           (select count(*) from registry_verification where declaration_id = $1)::int as checks,
           (select count(*) from passage where id = $2 and citizen_id is not null)::int as known,
           (select count(*) from outbox where topic = 'passages.identified' and payload::text like '%' || $2 || '%')::int as events`,
        [form.id, passage.id],
      );
      return Object.values(row ?? {});
    };
    expect((await ask(form)).errors?.map(({ extensions }) => extensions['code'])).toEqual(['INTERNAL']);
    expect(await left()).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await outstanding()).toContain(form.paperFormNumber);
    await server.sql('drop trigger refuse on audit_entry; drop function refuse()');
    expect(await keyIn(form)).toMatchObject({ __typename: 'DeclarationSubmitted' });
    expect(await left()).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it('a number that stands for another form is told beside its field, and nothing is stored', async () => {
    const form = aForm();
    await keyIn(form);
    const other = aForm({ paperFormNumber: form.paperFormNumber?.toLowerCase() ?? '' });
    expect((await keyIn(other)).fields?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'paperFormNumber FORM_NUMBER_USED',
    ]);
    expect(await server.sql('select 1 from declaration where id = $1', [other.id])).toEqual([]);
  });

  it('of two officers who key in one number at once, one is stored and the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const form = aForm();
      const other = aForm({ paperFormNumber: form.paperFormNumber ?? '' });
      const results = await Promise.all([keyIn(form), keyIn(other, 'officer.cg', server.checkpoints.cauGhep)]);
      expect(results.map(({ __typename }) => __typename).sort()).toEqual([
        'DeclarationSubmitted',
        'InvalidDeclaration',
      ]);
    }
  });

  it('one form sent by two connections at once is stored once', async () => {
    const form = aForm();
    const results = await Promise.all([keyIn(form), keyIn(form), keyIn(form)]);
    expect(new Set(results.map(({ declaration }) => declaration.code)).size).toBe(1);
  });

  it('a form and its passage that arrive at once never miss each other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const form = aForm({}, round % 2 ? '38' : '01');
      const recorded = passOn(form.paperFormNumber ?? '');
      await Promise.all([keyIn(form), send(recorded)]);
      expect((await passage(recorded.id))?.citizen?.fullName, `round ${round}`).toBe('Nguyễn Thị Hoa');
    }
  });
});

describe('corrections', () => {
  const correction = (of: { id: string }, changes = {}) =>
    aPassage(server.checkpoints.docXay, {
      id: newUuid7(uuid7Time(of.id) ?? 0),
      corrects: of.id,
      direction: 'OUT',
      evidence: 'PAPER_AND_CARD',
      ...changes,
    });

  it('a corrected passage waits once, as corrected, and both are filled in', async () => {
    const form = aForm();
    const wrong = passOn(form.paperFormNumber ?? '');
    const right = correction(wrong);
    await send(wrong, right);
    expect((await outstanding()).filter((number) => number === form.paperFormNumber)).toHaveLength(1);
    await keyIn(form);
    for (const { id } of [wrong, right]) expect((await passage(id))?.citizen?.fullName).toBe('Nguyễn Thị Hoa');
  });

  it('a correction that comes after the form has its person', async () => {
    const form = aForm();
    const wrong = passOn(form.paperFormNumber ?? '');
    await send(wrong);
    await keyIn(form);
    const right = correction(wrong);
    await send(right);
    expect(await passage(right.id)).toMatchObject({
      paperFormNumber: form.paperFormNumber,
      citizen: { fullName: 'Nguyễn Thị Hoa' },
    });
  });

  it('a passage that did not happen waits for no form', async () => {
    const wrong = passOn(aFormNumber());
    await send(wrong, correction(wrong, { decision: 'VOID' }));
    expect(await outstanding()).not.toContain(wrong.paperFormNumber);
  });

  it('the number itself can be corrected', async () => {
    const form = aForm();
    const wrong = passOn(aFormNumber());
    await send(wrong);
    await keyIn(form);
    const right = correction(wrong, { paperFormNumber: form.paperFormNumber });
    await send(right);
    expect((await passage(right.id))?.declaration?.id).toBe(form.id);
    expect(await outstanding()).not.toContain(wrong.paperFormNumber);
  });
});

describe('who may', () => {
  it('only officers, and only at their own checkpoints', async () => {
    const codeOf = async (as: string, checkpointId: string) => {
      const answer = await ask(aForm(), as, checkpointId);
      return answer.errors?.[0]?.extensions['code'];
    };
    expect(await codeOf('officer.cg', server.checkpoints.docXay)).toBe('NOT_FOUND');
    expect(await codeOf('officer.01', server.checkpoints.docXay)).toBe('NOT_FOUND');
    expect(await codeOf('officer.38', 'no-id')).toBe('NOT_FOUND');
    expect(await codeOf('admin.38', server.checkpoints.docXay)).toBe('FORBIDDEN');
  });

  it('the list of what is outstanding is of one’s own checkpoints or units', async () => {
    const recorded = passOn(aFormNumber());
    await send(recorded);
    const codeOf = async (as: string) =>
      (await askOutstanding(server.checkpoints.docXay, as)).errors?.[0]?.extensions['code'] ?? 'SEEN';
    expect(await codeOf('officer.cg')).toBe('NOT_FOUND');
    expect(await codeOf('admin.01')).toBe('NOT_FOUND');
    expect(await codeOf('admin.district')).toBe('NOT_FOUND');
    expect(await codeOf('admin.38')).toBe('SEEN');
  });

  it('it goes in pages', async () => {
    await send(...Array.from({ length: 3 }, () => passOn(aFormNumber())));
    const first = (await askOutstanding(server.checkpoints.docXay, 'officer.38', { first: 2 })).data.paperOutstanding;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const next = await askOutstanding(server.checkpoints.docXay, 'officer.38', {
      first: 2,
      after: first.pageInfo.endCursor,
    });
    const ids = [...first.edges, ...next.data.paperOutstanding.edges].map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(first.totalCount).toBe((await outstanding()).length);
  });

  it('the public form has no number', async () => {
    const answer = await server.graphql<{ submitDeclarations: KeyedIn[] }>(
      'mutation ($input: [DeclarationInput!]!) { submitDeclarations(input: $input) { __typename ... on InvalidDeclaration { fields { path code message } } } }',
      { input: [{ ...aDeclaration(), paperFormNumber: 'DX-1' }] },
    );
    expect(answer.data.submitDeclarations[0]?.fields?.map(({ code }) => code)).toEqual(['PAPER_ONLY']);
  });
});
