import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personalTypes } from '#api/policy/personal-types.ts';
import { startServer, type TestServer } from '../server.ts';
import { plantMarks, type Mark, type Marks } from './marks.ts';
import { maySee, type Locks } from './oracle.ts';
import { viewers } from './places.ts';
import { Matrix } from './run-matrix.ts';

/** Tries every field for every role at every place: what is theirs is shown, nothing else is shown or changed. */
export function describeMatrix(
  locks: Locks,
  open: (server: TestServer) => Promise<void> = async () => undefined,
): void {
  let server: TestServer;
  let marks: Marks;
  beforeAll(async () => {
    server = await startServer();
    marks = await plantMarks(server);
    await open(server);
  });
  afterAll(() => server.stop());

  describe(`locks: ${locks}`, () => {
    const types = new Set<string>();
    const seen = new Set<Mark>();

    it.each(viewers)(
      '$username sees what is theirs and nothing else',
      async (viewer) => {
        const found = await new Matrix(server, marks, locks).ask(viewer);
        found.types.forEach((type) => types.add(type));
        found.marks.forEach((mark) => seen.add(mark));
        expect(found.leaks).toEqual([]);
        const own = marks.all.filter((mark) => maySee(viewer, mark, 'BOTH'));
        expect(
          own.filter((mark) => !found.marks.has(mark)),
          'not shown to who may see it',
        ).toEqual([]);
      },
      aMinuteOrTwo,
    );

    it('all marks were seen by somebody, and all types that tell of a person were reached', () => {
      expect(marks.all.filter((mark) => !seen.has(mark) && mark.kind !== 'session')).toEqual([]);
      expect(Object.keys(personalTypes).filter((type) => !types.has(type) && !reachedOtherwise.includes(type))).toEqual(
        [],
      );
    });

    it.each(viewers)(
      '$username changes nothing of others',
      async (viewer) => {
        const before = await rowsOf(server, locks);
        const found = await new Matrix(server, marks, locks).change(viewer);
        expect(found.leaks).toEqual([]);
        const after = await rowsOf(server, locks);
        expect(locks === 'DATABASE' ? withoutNewForms(after, before) : after).toEqual(before);
      },
      aMinuteOrTwo,
    );
  });
}

// A viewer asks some hundred times.
const aMinuteOrTwo = 120_000;

// By an order of a file (exports.api.test.ts), by a file, by the secret of a declaration, in answers to changes of the own account, after a reform that split a unit
// (unsettled-posts.api.test.ts), and once a trace has linked people (contacts.api.test.ts).
const reachedOtherwise = [
  'Access',
  'Receipt',
  'AccountImportRow',
  'ImportedAccount',
  'CaseUploadRow',
  'RecoveryCodes',
  'SecondFactorOffer',
  'UnsettledPost',
  'ContactEdge',
  'Export',
];
// Checkpoints are nobody's: policies leave them alone.
const tables = (locks: Locks) => [
  ...['declaration', 'passage', 'citizen', 'account', 'partner_app'],
  ...(locks === 'DATABASE' ? [] : ['checkpoint']),
];

interface Rows {
  [table: string]: Array<{ id: string }>;
}

/** Every row that one could have changed, made or taken away. */
async function rowsOf({ sql }: TestServer, locks: Locks): Promise<Rows> {
  const rows: Rows = {
    sessions: await sql(
      `select s.* from account_session s join account a on a.id = s.account_id where a.username like 'marked.%' order by s.id`,
    ),
  };
  rows['verdicts'] = await sql('select v.*, v.citizen_id as id from registry_verification v order by v.citizen_id');
  for (const table of tables(locks)) rows[table] = await sql(`select * from ${table} order by id`);
  return rows;
}

/** Whoever likes declares, in any province: the database alone keeps nobody from keying in a new form for a new person, who is checked. */
function withoutNewForms(after: Rows, before: Rows): Rows {
  const known = (table: string) => {
    const ids = new Set(before[table]?.map(({ id }) => id));
    return (after[table] ?? []).filter(({ id }) => ids.has(id));
  };
  return { ...after, declaration: known('declaration'), citizen: known('citizen'), verdicts: known('verdicts') };
}
