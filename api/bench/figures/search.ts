import pg from 'pg';
import { Random } from '#api/demo/random.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { nameKeys } from '#api/platform/shared/text.ts';
import { emptyProvince } from '../data/crowd.ts';
import { addAccounts } from '../data/load.ts';
import { families, given, middles } from '../data/people.ts';
import type { Figure } from '../figure.ts';
import { startPostgres } from '../postgres.ts';
import { Process } from '../processes/calls.ts';
import { administrator, asRole, benchConfig, provinceCode } from '../settings.ts';
import { signIn } from '../stage.ts';

const people = 500_000;
const atOnce = 10_000;
const searches = 40;
const goal = 20;

const document = `query ($search: String!) { citizens(search: $search, reason: "Đo tốc độ tìm người", first: 20) {
  edges { node { fullName dateOfBirth } } } }`;

/** Finding somebody by a name among half a million, ranked, over HTTP, against a scan of the names by ILIKE with the same rights. */
export async function searchFigure(say: (text: string) => void, isSmall: boolean): Promise<Figure> {
  const postgres = await startPostgres(undefined);
  const owner = new pg.Client({ connectionString: postgres.url });
  await owner.connect();
  try {
    await emptyProvince(owner, postgres.url);
    await addAccounts(owner, newUuid7(), []);
    say('Loading names …');
    const names = await loadNames(owner, isSmall ? atOnce : people);
    say('Searching …');
    return await measure(postgres.url, names);
  } finally {
    await owner.end();
    await postgres.stop();
  }
}

const insert = `
  with p as (select * from unnest($2::uuid[], $3::text[], $4::text[]) as p (id, name, born)), keyed as (
    insert into citizen_name_key (province_code, key, citizen_id) select $1, key, id from unnest($5::text[], $6::uuid[]) as k (key, id))
  insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
  select $1, id, name, born, 'MALE', 'VNM', now() from p`;

/** People with names as they are borne: few families, many given names of one or two words. Answers some of the names. */
async function loadNames(owner: pg.Client, count: number): Promise<Array<{ name: string; born: string }>> {
  const random = new Random(38);
  const asked: Array<{ name: string; born: string }> = [];
  const two = (number: number) => String(number).padStart(2, '0');
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: atOnce }, () => ({
      id: newUuid7(),
      name: [random.pick(families), random.pick(middles), random.pick([...middles, '']), random.pick(given)]
        .filter(Boolean)
        .join(' '),
      born: `${random.int(1930, 2015)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
    }));
    const keys = some.flatMap(({ id, name }) => nameKeys(name).map((key) => ({ key, id })));
    await owner.query(insert, [
      provinceCode,
      some.map(({ id }) => id),
      some.map(({ name }) => name),
      some.map(({ born }) => born),
      keys.map(({ key }) => key),
      keys.map(({ id }) => id),
    ]);
    asked.push(...some.slice(0, 1));
  }
  await owner.query('vacuum analyze citizen, citizen_name_key');
  return asked;
}

async function measure(ownerUrl: string, names: Array<{ name: string; born: string }>): Promise<Figure> {
  const config = benchConfig(ownerUrl);
  const cordon = new Process('./cordon.ts', { BENCH_DATABASE: ownerUrl, BENCH_API_DATABASE: asRole(ownerUrl, config) });
  const bare = new pg.Client({ connectionString: asRole(ownerUrl, config) });
  await bare.connect();
  try {
    const url = `${await cordon.call<string>('url')}/graphql`;
    const cookie = await signIn(url, administrator);
    const [times, scans]: [number[], number[]] = [[], []];
    for (let at = 0; at < searches; at += 1) {
      const { name, born } = names[at % names.length] ?? { name: 'Nguyễn Văn Hoa', born: '1990' };
      // Every second one is of the name alone, typed without diacritics as people do.
      const typed =
        at % 2 === 0 ? name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Đ', 'D') : `${name} ${born}`;
      times.push(await timed(() => found(url, cookie, typed, name)));
      if (at % 8 === 0) scans.push(await timed(() => scan(bare, name)));
    }
    return figure(
      times.toSorted((a, b) => a - b),
      scans.toSorted((a, b) => a - b),
    );
  } finally {
    await bare.end();
    await cordon.stop();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function found(url: string, cookie: string, search: string, name: string): Promise<void> {
  const headers = { 'content-type': 'application/json', cookie };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: document, variables: { search } }),
  });
  const { data } = (await response.json()) as { data?: { citizens: { edges: Array<{ node: { fullName: string } }> } } };
  if (data?.citizens.edges[0]?.node.fullName !== name) throw new Error('Who was searched for is not the first.');
}

async function scan(bare: pg.Client, name: string): Promise<void> {
  await bare.query('begin');
  await bare.query('select set_scope($1, $2, $3)', [provinceCode, '*', '']);
  const text = 'select id from citizen where province_code = $1 and full_name ilike $2';
  const { rows } = await bare.query(text, [provinceCode, `%${name}%`]);
  if (rows.length === 0) throw new Error('The scan found nobody.');
  await bare.query('commit');
}

const of = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;

function figure(times: readonly number[], scans: readonly number[]): Figure {
  const [value, reference] = [of(times, 0.5), of(scans, 0.5)];
  return {
    name: 'search-people',
    what: `a person by name among ${people.toLocaleString('en')}, ranked, over HTTP, against a scan by ILIKE under the same policies`,
    unit: 'ms',
    value,
    reference,
    ratio: reference / value,
    goal,
    met: reference / value >= goal,
    notes: [`the slowest of ${times.length} took ${of(times, 1).toFixed(1)} ms`],
  };
}
