import type { TestServer } from './server.ts';

/** As many more of a declaration, in groups of 500 at one moment: their order hangs on the id alone. */
export async function copyDeclaration({ sql }: TestServer, id: string, count: number): Promise<void> {
  const columns = await sql<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = 'declaration'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  );
  const names = columns.map(({ name }) => name);
  await sql(
    `insert into declaration (${names.join(', ')})
     select ${names.map((name) => `(r.one).${name}`).join(', ')} from (
       select jsonb_populate_record(d, jsonb_build_object('id', w.id, 'occurred_at', uuid_time(w.id),
         'submitted_at', d.submitted_at - make_interval(secs => w.at / 500), 'code', 'C' || w.at)) as one
       from declaration d, lateral (select at, (substr(d.id::text, 1, 24) || lpad(to_hex(at), 12, '0'))::uuid as id
         from generate_series(1, $2::int) as at) w where d.id = $1) r`,
    [id, count],
  );
}
