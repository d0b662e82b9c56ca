import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';
import { openCase, TraceDesk } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
let desk: TraceDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await TraceDesk.open(server);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const minute = 60_000;
const day = 24 * 60 * minute;
// Each outbreak has days of its own, so that nobody of another passes by.
let outbreaks = 0;

interface Passage {
  person: string;
  at: number;
  checkpoint: string;
}

/** A case who met so many, each of whom met so many others, and so on: everybody with whom they met, at a moment of their own. */
function anOutbreak(
  widths: readonly number[],
  begin: number,
): { first: string; people: string[]; passages: Passage[] } {
  const first = newUuid7();
  const people = [first];
  const passages: Passage[] = [];
  const { cauGhep, docXay, hamRong } = server.checkpoints;
  let [generation, at] = [[first], begin];
  for (const [depth, width] of widths.entries()) {
    const checkpoint = [cauGhep, docXay, hamRong][depth] ?? '';
    const next: string[] = [];
    for (const person of generation) {
      const met = Array.from({ length: width }, () => newUuid7());
      passages.push(...[person, ...met].map((one) => ({ person: one, at, checkpoint })));
      next.push(...met);
      at += 3 * minute;
    }
    people.push(...next);
    generation = next;
  }
  return { first, people, passages };
}

async function plant(widths: readonly number[]): Promise<{ first: string; people: number; begin: number }> {
  const begin = Date.now() - (11 - 2 * (outbreaks += 1)) * day;
  const { first, people, passages } = anOutbreak(widths, begin);
  await server.sql(
    `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
     select '38', id, 'Người Thử', '1990', 'MALE', 'VNM', now() from unnest($1::uuid[]) as c (id)`,
    [people],
  );
  await server.sql(
    `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision, evidence,
       channel, recorded_by, recorded_offline, flags, flagged, content_hash)
     select '38', id, uuid_time(id), uuid_time(id), checkpoint, '16438@2021', citizen, 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', id, false, '{}', false, ''
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as p (id, checkpoint, citizen)`,
    [passages.map(({ at }) => newUuid7(at)), passages.map((one) => one.checkpoint), passages.map((one) => one.person)],
  );
  await server.sql('analyze passage, citizen');
  return { first, people: people.length - 1, begin };
}

/** A case that waits for a trace of so many generations; of many people, and approved. */
async function opened({ first, begin }: { first: string; begin: number }, generations: number): Promise<string> {
  const period = {
    infectiousFrom: new Date(begin - minute).toISOString(),
    infectiousUntil: new Date(Date.now()).toISOString(),
  };
  const answer = await openCase(server, first, period);
  if (answer.errors) throw new Error(answer.text);
  const { id } = answer.data.openCase;
  await server.sql(
    'update case_trace set generations = $2, window_minutes = 1, approved_at = now() where case_id = $1',
    [id, generations],
  );
  return id;
}

it('a trace sends as many statements for many people as for one', async () => {
  const count = async (widths: readonly number[]) => {
    const planted = await plant(widths);
    await opened(planted, widths.length);
    const { all } = await countStatements(() => desk.drain(), 'cordon_worker');
    return { people: planted.people, statements: all.length };
  };
  const one = await count([1, 1, 1]);
  expect(one).toEqual({ people: 3, statements: expect.any(Number) });
  expect(await count([4, 5, 6])).toEqual({ people: 144, statements: one.statements });
});

it('who is found no more is told by one look at each contact, however many were found', async () => {
  await opened(await plant([1, 1]), 2);
  const { all } = await countStatements(() => desk.drain(), 'cordon_worker');
  const text = all.find((one) => one.includes('delete from case_contact'));
  const plan = await server.sql<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`);
  const looks = plan.filter((line) => line['QUERY PLAN'].includes('hashed SubPlan'));
  expect(looks).toHaveLength(2);
  expect(JSON.stringify(plan)).not.toMatch(/Join|Loop/);
});

it('F3 of thousands answers as a job with progress, and no request waits for it', { timeout: 120_000 }, async () => {
  const planted = await plant([20, 15, 15]);
  const { people } = planted;
  expect(people).toBeGreaterThan(4_000);
  const id = await opened(planted, 3);
  const state = async () => {
    const began = performance.now();
    const { data } = await server.graphql<{
      case: { contactGraph: { status: string; people: number; reachedGeneration: number } };
    }>(
      'query ($id: ID!) { case(id: $id) { contactGraph(input: { generations: 3, windowMinutes: 1 }) { status people reachedGeneration } } }',
      { id },
      { as: 'tracer.38' },
    );
    return { ...data.case.contactGraph, tookMs: performance.now() - began };
  };
  const traced = desk.drain();
  const seen = [await state()];
  while (seen.at(-1)?.status === 'RUNNING') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen.push(await state());
  }
  await traced;
  expect(seen.at(-1)).toMatchObject({ status: 'READY', people });
  const underway = seen.filter(({ status }) => status === 'RUNNING');
  expect(underway.some((one) => one.reachedGeneration > 0 && one.people > 0 && one.people < people)).toBe(true);
  expect(Math.max(...seen.map(({ tookMs }) => tookMs))).toBeLessThan(5_000);
  const [stored] = await server.sql(
    `select (select count(*)::int from case_contact where case_id = $1 and linked) as contacts,
       (select count(*)::int from citizen_hold where reason = 'contact of case ' || $1::text and ended_at is null) as held`,
    [id],
  );
  expect(stored).toEqual({ contacts: people, held: people });
});
