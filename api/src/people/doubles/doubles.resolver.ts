import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import { readPage, toConnection } from '../../platform/graphql/connection.ts';
import { notFound } from '../../platform/graphql/problems.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { CitizenView, type CitizenRow } from '../citizen.entity.ts';
import { citizensByIds } from '../citizens.queries.ts';
import { enter, permitMerging } from '../merging/merge-citizens.ts';
import type { DoubleEvidence } from './double-evidence.ts';
import { countDoubles, dismissPair, listDoubles, type DoubleRow } from './doubles.queries.ts';
import { LikelyDouble, LikelyDoubleConnection } from './likely-double.entity.ts';

interface Parts {
  keys: Keys;
  territory: Territory;
}

interface Shown {
  row: DoubleRow;
  one: CitizenRow;
  other: CitizenRow;
}

/** The pairs of people who may be one, to be worked through: merged, or remembered as not the same. */
@Resolver()
export class DoublesResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => LikelyDoubleConnection, {
    description:
      'Pairs of people of your jurisdiction who may be one, the surest first, without those that were merged or dismissed. For administrators of a province or the nation. People are shown whole, and each look stands in the audit trail with its reason.',
  })
  async likelyDoubles(
    @Ctx() context: Context,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<LikelyDoubleConnection> {
    const provinces = permitMerging(context);
    const page = readPage(first, after, { list: 'likelyDoubles', key: ['text', 'id', 'id'] });
    const why = readReason(reason);
    const tx = await context.transaction();
    const pairs = await listDoubles(tx, provinces, page);
    const ids = pairs.flatMap(({ one_kept, other_kept }) => [one_kept, other_kept]);
    const places = [...new Set(pairs.map(({ province_code }) => province_code))];
    const people = new Map(
      (ids.length > 0 ? await citizensByIds(tx, places, ids) : []).map((row) => [
        `${row.province_code}/${row.id}`,
        row,
      ]),
    );
    const shown = pairs.flatMap((row): Shown[] => {
      const [one, other] = [row.one_kept, row.other_kept].map((id) => people.get(`${row.province_code}/${id}`));
      return one && other ? [{ row, one, other }] : [];
    });
    const keyOf = ({ row }: Shown) => [String(row.score), row.one_id, row.other_id];
    const { edges, ...rest } = toConnection(page, shown, keyOf, () => countDoubles(tx, provinces));
    this.#saw(
      context,
      edges.map(({ node }) => node),
      why,
    );
    return Object.assign(new LikelyDoubleConnection(), {
      ...rest,
      edges: edges.map(({ cursor, node }) => ({ cursor, node: this.#show(context, node) })),
    });
  }

  @Mutation(() => Boolean, {
    description:
      'Remembers that two people are not the same: they are not proposed again. For administrators of a province or the nation. True; sent again it changes nothing.',
  })
  async dismissDouble(
    @Ctx() context: Context,
    @Arg('one', () => ID, { description: 'The one.' }) one: string,
    @Arg('other', () => ID, { description: 'The other.' }) other: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<boolean> {
    const provinces = permitMerging(context);
    checkIds({ one, other });
    const why = readReason(reason);
    const tx = await context.transaction();
    const rows = await citizensByIds(tx, provinces, [one, other]);
    const province = rows.find(({ id }) => id === one)?.province_code;
    if (one === other || !province || !rows.some((row) => row.id === other && row.province_code === province))
      throw notFound();
    const by = signedIn(context).accountId;
    if (await dismissPair(tx, province, [one, other], { at: context.at, by, reason: why }))
      await enter(tx, context, { action: 'citizens.not-the-same', province, ids: [one, other], reason: why });
    return true;
  }

  #show(context: Context, { row, one, other }: Shown): LikelyDouble {
    const view = { ...this.#parts, locale: context.locale };
    return Object.assign(new LikelyDouble(), {
      id: `${row.one_id}.${row.other_id}`,
      one: new CitizenView(one, view, true),
      other: new CitizenView(other, view, true),
      score: row.score,
      evidence: row.evidence as DoubleEvidence[],
      foundAt: row.found_at,
    });
  }

  #saw(context: Context, pairs: readonly Shown[], reason: string): void {
    context.trail.saw({
      action: 'citizens.doubles',
      role: signedIn(context).roles.join(),
      declarations: [],
      citizens: pairs.flatMap(({ one, other }) =>
        [one, other].map(({ id, province_code: provinceCode }) => ({ id, provinceCode })),
      ),
      reason,
    });
  }
}
