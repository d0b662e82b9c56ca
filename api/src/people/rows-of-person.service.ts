import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';

/**
 * The condition that rows of a table are a person's: theirs, and of whoever is merged with them in the row's own province. The ids
 * of all provinces are found first, so that an index serves; one that is merged there is another person's elsewhere.
 */
export function rowsOfPerson(table: string, provinces: readonly string[], id: string) {
  const [province, citizen] = [sql.ref(`${table}.province_code`), sql.ref(`${table}.citizen_id`)];
  return sql<SqlBool>`(${citizen} = any(array(
      select m.citizen_id from unnest(${[...provinces]}::text[]) as here (province)
      cross join lateral people_merged(array[here.province], array[${id}]::uuid[]) m))
    and ${citizen} in (select m.citizen_id from people_merged(array[${province}], array[${id}]::uuid[]) m))`;
}
