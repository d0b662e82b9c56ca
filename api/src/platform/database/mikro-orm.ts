// The one place that names the ORM's package, so that the ways it differs from release to release are met here.
export { LockMode, MikroORM, type EntityManager } from '@mikro-orm/postgresql';
export {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  sql,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
} from 'kysely';
