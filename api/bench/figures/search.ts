import pg from 'pg';
import { Random } from '#api/demo/random.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { fold, nameKeys, wholeNameKey } from '#api/platform/shared/text.ts';
import { ask } from '../ask.ts';
import { median } from '../compare.ts';
import { addRegion, emptyProvince, settle } from '../data/crowd.ts';
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
    say('Loading people who passed …');
    await addRegion(owner, { people: isSmall ? atOnce : people, checkpoints: 50, passages: isSmall ? atOnce : people });
    say('Giving them names …');
    const names = await giveNames(owner);
    say('Searching …');
    return await measure(postgres.url, names);
  } finally {
    await owner.end();
    await postgres.stop();
  }
}

const give = `
  with keyed as (
    insert into citizen_name_key (province_code, key, citizen_id) select $1, key, id from unnest($5::text[], $6::uuid[]) as k (key, id))
  update citizen c set full_name = p.name, date_of_birth = p.born from unnest($2::uuid[], $3::text[], $4::text[]) as p (id, name, born)
  where c.province_code = $1 and c.id = p.id`;

/** Gives everybody a name as they are borne: few families, many given names of one or two words. Answers some of them. */
async function giveNames(owner: pg.Client): Promise<Array<{ name: string; born: string }>> {
  const random = new Random(38);
  const asked: Array<{ name: string; born: string }> = [];
  const two = (number: number) => String(number).padStart(2, '0');
  const { rows } = await owner.query<{ id: string }>('select id from citizen where province_code = $1', [provinceCode]);
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce).map(({ id }) => ({
      id,
      name: [random.pick(families), random.pick(middles), random.pick([...middles, '']), random.pick(given)]
        .filter(Boolean)
        .join(' '),
      born: `${random.int(1930, 2015)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
    }));
    const keys = some.flatMap(({ id, name }) => nameKeys(name).map((key) => ({ key, id })));
    await owner.query(give, [
      provinceCode,
      some.map(({ id }) => id),
      some.map(({ name }) => name),
      some.map(({ born }) => born),
      keys.map(({ key }) => key),
      keys.map(({ id }) => id),
    ]);
    asked.push(...some.slice(0, 1));
  }
  await settle(owner);
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
      const typed = at % 2 === 0 ? fold(name) : `${name} ${born}`;
      times.push(await timed(() => found(url, cookie, typed, name)));
      if (at % 8 === 0) scans.push(await timed(() => scan(bare, name)));
    }
    return figure(times, scans);
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
  const { citizens } = await ask<{ citizens: { edges: Array<{ node: { fullName: string } }> } }>(
    url,
    cookie,
    document,
    {
      search,
    },
  );
  // Of the same words in another order is as good.
  if (wholeNameKey(citizens.edges[0]?.node.fullName ?? '') !== wholeNameKey(name))
    throw new Error('Who was searched for is not the first.');
}

async function scan(bare: pg.Client, name: string): Promise<void> {
  await bare.query('begin');
  await bare.query('select set_scope($1, $2, $3)', [provinceCode, '*', '']);
  const text = 'select id from citizen where province_code = $1 and full_name ilike $2';
  const { rows } = await bare.query(text, [provinceCode, `%${name}%`]);
  if (rows.length === 0) throw new Error('The scan found nobody.');
  await bare.query('commit');
}

function figure(times: readonly number[], scans: readonly number[]): Figure {
  const [value, reference] = [median(times), median(scans)];
  return {
    name: 'search-people',
    what: `a person by name among ${people.toLocaleString('en')}, ranked, over HTTP, against a scan by ILIKE under the same policies, which finds no other spelling and ranks nothing (reported)`,
    unit: 'ms',
    value,
    reference,
    ratio: reference / value,
    goal: null,
    met: null,
    notes: [`the slowest of ${times.length} took ${Math.max(...times).toFixed(1)} ms`],
  };
}
