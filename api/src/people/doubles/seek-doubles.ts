import type { Keys } from '../../platform/crypto/keys.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction, wholeProvinces, type Transaction } from '../../platform/database/transaction.ts';
import { wholeNameKey } from '../../platform/shared/text.ts';
import { documentHashes } from '../identifiers.service.ts';
import { comparedPerson, judgeDouble, transposed, type Comparable, type ComparedPerson } from './double-evidence.ts';
import { proposeDoubles, type Proposal } from './doubles.queries.ts';

const pageSize = 200;

const unsought = {
  name: 'people-unsought',
  text: `select id, full_name, date_of_birth, sex, identifiers_sealed from citizen
         where province_code = $1 and doubles_sought_at is null order by id limit $2`,
};

// Who could be one of these is in one block with them: born on the same day, of the same name and year, or with a number that
// differs by two neighbouring digits. Nobody else is looked at.
const blocks = {
  name: 'people-in-blocks',
  text: `with near as (
           select c.id from citizen c where c.province_code = $1 and c.date_of_birth collate "C" = any($2)
           union
           select n.citizen_id from unnest($3::text[], $4::text[]) as w (key, year)
           join citizen_name_key n on n.province_code = $1 and n.key = w.key
           join citizen c on c.province_code = $1 and c.id = n.citizen_id and c.date_of_birth ^@ w.year
           union
           select k.citizen_id from citizen_document k where k.province_code = $1 and k.hmac = any($5))
         select c.id, c.full_name, c.date_of_birth, c.sex, c.identifiers_sealed from near join citizen c on c.province_code = $1 and c.id = near.id`,
};

const sought = {
  name: 'people-sought',
  text: 'update citizen set doubles_sought_at = $3 where province_code = $1 and id = any($2)',
};

/** Looks for doubles of everybody nobody has looked for yet, in pages; run twice it finds nothing more. */
export async function seekDoubles(
  database: Database,
  keys: Keys,
  provinces: readonly string[],
  at: Date,
): Promise<void> {
  for (const province of provinces) {
    let found = pageSize;
    while (found === pageSize)
      found = await inTransaction(database, wholeProvinces([province]), (tx) => seekPage(tx, keys, province, at));
  }
}

async function seekPage(tx: Transaction, keys: Keys, province: string, at: Date): Promise<number> {
  const rows = await tx.rows<Comparable>(unsought, [province, pageSize]);
  if (rows.length === 0) return 0;
  const people = rows.map((row) => comparedPerson(keys, row));
  const near = await nearOf(tx, keys, province, rows, people);
  await proposeDoubles(tx, province, pairsOf(people, near), at);
  await tx.rows(sought, [province, rows.map(({ id }) => id), at]);
  return rows.length;
}

async function nearOf(
  tx: Transaction,
  keys: Keys,
  province: string,
  rows: readonly Comparable[],
  people: readonly ComparedPerson[],
): Promise<ComparedPerson[]> {
  const days = people.map(({ born }) => born).filter((born) => born.length > 4);
  const slips = people.flatMap(({ numbers }) => numbers.flatMap(transposed));
  const near = await tx.rows<Comparable>(blocks, [
    province,
    [...new Set(days)],
    rows.map(({ full_name }) => wholeNameKey(full_name)),
    rows.map(({ date_of_birth }) => date_of_birth.slice(0, 4)),
    slips.flatMap((number) => documentHashes(keys, { kind: 'CCCD', number })),
  ]);
  return near.map((row) => comparedPerson(keys, row));
}

/** Compares only within a block: by day, by name and year, by number. */
function pairsOf(people: readonly ComparedPerson[], near: readonly ComparedPerson[]): Proposal[] {
  const byDay = Map.groupBy(near, ({ born }) => born);
  const byName = Map.groupBy(near, ({ name, born }) => `${wholeNameKey(name.text)} ${born.slice(0, 4)}`);
  const byNumber = Map.groupBy(
    near.flatMap((person) => person.numbers.map((number) => ({ number, person }))),
    ({ number }) => number,
  );
  return people.flatMap((one) => {
    const block = new Set([
      ...(one.born.length > 4 ? (byDay.get(one.born) ?? []) : []),
      ...(byName.get(`${wholeNameKey(one.name.text)} ${one.born.slice(0, 4)}`) ?? []),
      ...one.numbers.flatMap(transposed).flatMap((number) => (byNumber.get(number) ?? []).map(({ person }) => person)),
    ]);
    return [...block].flatMap((other) => {
      const judged = other.id === one.id ? null : judgeDouble(one, other);
      return judged ? [{ one: one.id, other: other.id, ...judged }] : [];
    });
  });
}
