import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import type { LoaderDefinition } from '../../platform/graphql/loaders.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { reachOf, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { actorLoader } from '../../accounts/actor.service.ts';
import { Citizen, CitizenView, type CitizenRow } from '../citizen.entity.ts';
import { citizensByIds } from '../citizens.queries.ts';
import { cacheKeyOf, type CitizenKey } from '../citizens.service.ts';
import { CitizenMerge } from './citizen-merge.entity.ts';
import { mergeCitizens, unmergeCitizen } from './merge-citizens.ts';
import { mergesAmong, type Merge } from './merges.queries.ts';

interface Parts {
  keys: Keys;
  territory: Territory;
}

type KnownMerge = Merge & { row: CitizenRow };

/** Of each person the merges into them, each with who was merged. */
const mergeLoader: LoaderDefinition<CitizenKey, KnownMerge[]> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const tx = await (context.transactions.open ?? context.transaction());
    const provinces = [...new Set(keys.map(({ province }) => province))];
    const merges = await mergesAmong(
      tx,
      provinces,
      keys.map(({ id }) => id),
    );
    const ids = merges.map(({ alias_id }) => alias_id);
    const rows = ids.length > 0 ? await citizensByIds(tx, provinces, ids) : [];
    return keys.map(({ province, id }) =>
      merges
        .filter((merge) => merge.province_code === province && merge.kept_id === id)
        .flatMap((merge) => {
          const row = rows.find((one) => one.id === merge.alias_id && one.province_code === province);
          return row ? [{ ...merge, row }] : [];
        }),
    );
  },
};

@Resolver(() => Citizen)
export class MergingResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Mutation(() => Citizen, {
    description:
      'Merges one person into another of the same province: passages and declarations stay as they were recorded and are read as of one person. For administrators of a province or the nation. BAD_USER_INPUT where they belong to two provinces, or the one is merged into somebody else. Sent again it changes nothing. Answers whom both stand as.',
  })
  async mergeCitizens(
    @Ctx() context: Context,
    @Arg('keep', () => ID, { description: 'Who stays.' }) keep: string,
    @Arg('merge', () => ID, { description: 'Who is found to be the same person.' }) merge: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Citizen> {
    checkIds({ keep, merge });
    return this.#show(context, await mergeCitizens(context, { keep, merge }, readReason(reason)));
  }

  @Mutation(() => Citizen, {
    description:
      'Ends a merge: the person, and whoever is merged into them, stand for themselves again, with all that was recorded as theirs, during the merge too. Both are remembered as not the same. Sent again it changes nothing.',
  })
  async unmergeCitizen(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Who was merged into somebody.' }) id: string,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Citizen> {
    checkIds({ id });
    return this.#show(context, await unmergeCitizen(context, id, readReason(reason)));
  }

  @FieldResolver(() => [CitizenMerge], {
    nullable: true,
    description: 'Who is merged into this person, oldest first; null for who may not search people.',
  })
  async mergedFrom(@Root() citizen: Citizen, @Ctx() context: Context): Promise<CitizenMerge[] | null> {
    if (!(citizen instanceof CitizenView) || !context.viewer || !reachOf(context.viewer, 'citizen.search')) return null;
    const merges = (await context.loaders.of(context, mergeLoader).load(citizen.key)) ?? [];
    return Promise.all(
      merges.map(async ({ row, citizen_id: intoId, merged_at: mergedAt, merged_by, reason }) => ({
        citizen: citizen.alike(row),
        intoId,
        mergedAt,
        mergedBy: await context.loaders.of(context, actorLoader).load(merged_by),
        reason,
      })),
    );
  }

  /** Whom somebody merges they see whole, which is a look. */
  #show(context: Context, row: CitizenRow): Citizen {
    context.trail.saw({
      action: 'citizen.read',
      role: signedIn(context).roles.join(),
      declarations: [],
      citizens: [{ id: row.id, provinceCode: row.province_code }],
    });
    return new CitizenView(row, { ...this.#parts, locale: context.locale }, true);
  }
}
