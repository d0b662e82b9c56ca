import { describeMatrix } from './three-ways.ts';

/** As if no policy had ever been written: the application's filter holds alone. */
describeMatrix('APPLICATION', async ({ sql }) => {
  const secured = await sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relrowsecurity`,
  );
  for (const { name } of secured) await sql(`alter table ${name} disable row level security`);
});
