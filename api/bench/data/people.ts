import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { Random } from '#api/demo/random.ts';
import { documentHash, documentsOf, phoneHash, sealIdentifiers } from '#api/people/identifiers.service.ts';
import { syntheticIdNumber } from '#api/people/shared/id-number.ts';
import type { Keys } from '#api/platform/crypto/keys.ts';
import type pg from 'pg';
import { provinceCode } from '../settings.ts';

export const families = ['Nguyễn', 'Lê', 'Trịnh', 'Phạm', 'Trần', 'Hoàng', 'Bùi', 'Đỗ', 'Vũ', 'Mai'];
export const middles = ['Thị', 'Văn', 'Ngọc', 'Đức', 'Minh', 'Hữu'];
export const given = ['Hoa', 'Tám', 'Lan', 'Hùng', 'Mai', 'Sơn', 'Thảo', 'Tuấn', 'Hạnh', 'Quân'];
const atOnce = 5_000;

/**
 * People with sealed identifiers as real ones have them, and beside them the table `bench_person` that numbers them. Keys
 * for searching names are left out: no figure reads them.
 */
export async function loadPeople(
  owner: pg.Client,
  keys: Keys,
  count: number,
  communes: string[],
  at: number,
): Promise<void> {
  await owner.query(
    'create table bench_person (n integer primary key, id uuid not null, hmac bytea not null, phone_hmac bytea not null)',
  );
  const random = new Random(38);
  for (let from = 0; from < count; from += atOnce) {
    const people = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) =>
      aPerson(keys, random, communes, from + index, at),
    );
    await insert(owner, people, at);
  }
}

function aPerson(keys: Keys, random: Random, communes: string[], n: number, at: number) {
  const sex = random.chance(0.5) ? ('FEMALE' as const) : ('MALE' as const);
  const birthYear = random.int(1940, 2005);
  const idNumber = syntheticIdNumber({ provinceCode3: '038', sex, birthYear, serial: n });
  const phone = `+849${random.digits(8)}`;
  const [document] = documentsOf({ idNumber });
  if (!document) throw new Error('A number is a document.');
  return {
    n,
    id: newUuid7(at),
    fullName: [random.pick(families), random.pick(middles), random.pick(given)].join(' '),
    dateOfBirth: `${birthYear}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
    sex,
    sealed: sealIdentifiers(keys, { idNumber, phone }),
    hmac: documentHash(keys, document),
    phoneHmac: phoneHash(keys, phone),
    line: `Số ${random.int(1, 400)} đường Lê Lợi`,
    home: random.pick(communes),
    temporary: random.pick(communes),
  };
}

type Person = ReturnType<typeof aPerson>;

async function insert(owner: pg.Client, people: Person[], at: number): Promise<void> {
  const column = <Key extends keyof Person>(key: Key) => people.map((person) => person[key]);
  await owner.query(
    `with p as (
       select * from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[],
         $9::text[], $10::text[], $11::text[]) as p (n, id, name, born, sex, sealed, hmac, phone, line, home, temporary)),
     numbered as (insert into bench_person select n, id, hmac, phone from p),
     documents as (insert into citizen_document (province_code, hmac, citizen_id, kind, created_at) select $12, hmac, id, 'CCCD', $13 from p)
     insert into citizen select $12, id, name, born, sex, 'VNM', sealed, line, home, line, temporary, $13 from p`,
    [
      column('n'),
      column('id'),
      column('fullName'),
      column('dateOfBirth'),
      column('sex'),
      column('sealed'),
      column('hmac'),
      column('phoneHmac'),
      column('line'),
      column('home'),
      column('temporary'),
      provinceCode,
      new Date(at),
    ],
  );
}
