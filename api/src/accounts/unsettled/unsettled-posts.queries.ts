import type { Transaction } from '../../platform/database/transaction.ts';
import type { Page } from '../../platform/graphql/connection.ts';
import type { Scope } from '../../policy/policy.ts';
import type { PostKind } from './unsettled-post.entity.ts';

export interface PostRow {
  kind: PostKind;
  id: string;
  code: string;
  name: string;
  unit_id: string;
}

// Checkpoints first: an officer's account moves to where its checkpoints are.
const posts = `select * from (
    select 'A' as rank, 'CHECKPOINT' as kind, c.id, c.code, c.name, c.unit_id from checkpoint c
    where c.province_code = any($1) and ($2::text[] is null or c.unit_id = any($2)) and c.unit_id = any($3)
    union all
    select 'B', 'ACCOUNT', a.id, a.username, a.full_name, a.unit_id from account a
    where a.province_code = any($1) and ($2::text[] is null or a.unit_id = any($2)) and a.unit_id = any($3)
  ) post`;
const page = {
  name: 'unsettled-posts',
  text: `${posts} where $4::text is null or (rank, id) > ($4, $5::uuid) order by rank, id limit $6`,
};
const total = { name: 'count-unsettled-posts', text: `select count(*)::int as count from (${posts}) found` };
const wanted = { name: 'unsettled-posts-by-ids', text: `${posts} where id = any($4)` };

/** What of a scope stands at these units, checkpoints before accounts. */
export function postsAt(tx: Transaction, scope: Scope, unitIds: string[], { first, after }: Page): Promise<PostRow[]> {
  const [rank = null, id = null] = after ?? [];
  return tx.rows<PostRow & Record<string, unknown>>(page, [
    scope.provinces,
    scope.unitIds,
    unitIds,
    rank,
    id,
    first + 1,
  ]);
}

export async function countPostsAt(tx: Transaction, scope: Scope, unitIds: string[]): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(total, [scope.provinces, scope.unitIds, unitIds]);
  return row?.count ?? 0;
}

export function postsByIds(tx: Transaction, scope: Scope, unitIds: string[], ids: string[]): Promise<PostRow[]> {
  return tx.rows<PostRow & Record<string, unknown>>(wanted, [scope.provinces, scope.unitIds, unitIds, ids]);
}

/** Where a row stands in the list. */
export const positionOf = ({ kind, id }: { kind: PostKind; id: string }) => [kind === 'CHECKPOINT' ? 'A' : 'B', id];
