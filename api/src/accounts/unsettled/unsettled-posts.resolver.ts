import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { readPage, toConnection } from '../../platform/graphql/connection.ts';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { badInput, type Fault } from '../../platform/graphql/problems.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { awaitsDecision, proposalsFor } from '../../territory/succession.service.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { settlePosts, type Decided } from './settle-posts.ts';
import {
  PostDecisionInput,
  PostNotSettled,
  PostSettled,
  SettlePostResult,
  UnsettledPost,
  UnsettledPostConnection,
} from './unsettled-post.entity.ts';
import { countPostsAt, positionOf, postsAt, type PostRow } from './unsettled-posts.queries.ts';

const mostAtOnce = 100;

@Resolver()
export class UnsettledPostsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => UnsettledPostConnection, {
    description:
      'The checkpoints and accounts of your jurisdiction whose unit a reform split, or ended without saying what follows, with what is proposed for each. They keep what they had until settlePosts.',
  })
  async unsettledPosts(
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<InstanceType<typeof UnsettledPostConnection>> {
    const scope = permit(context, 'account.update');
    const page = readPage(first, after, { list: 'unsettledPosts', key: ['text', 'id'] });
    const today = vietnamDate(context.at);
    const units = this.#unsettled(today);
    const tx = await context.transaction();
    const rows = await postsAt(tx, scope, units, page);
    const posts = rows.map((row) => this.#show(row, today));
    return toConnection(page, posts, positionOf, () => countPostsAt(tx, scope, units));
  }

  @Mutation(() => [SettlePostResult], {
    description:
      'Decides where accounts and checkpoints of unsettledPosts stand from now on, 1 to 100, each by the rules of updateAccount and saveCheckpoint; sent again, what is settled is refused. One outcome each, in input order. Audited.',
  })
  async settlePosts(
    @Ctx() context: Context,
    @Arg('input', () => [PostDecisionInput], { description: 'The decisions.' }) input: PostDecisionInput[],
    @Arg('reason', () => String, { nullable: true, description: reasonText }) reason: string | null,
  ): Promise<Array<typeof SettlePostResult>> {
    permit(context, 'checkpoint.save');
    const scope = permit(context, 'account.update');
    if (input.length < 1 || input.length > mostAtOnce)
      throw badInput({ input: { vi: 'Mỗi lần từ 1 đến 100 quyết định.', en: 'Send 1 to 100 decisions at a time.' } });
    for (const { id } of input) checkIds({ 'input.id': id });
    const why = reason === null ? null : readReason(reason);
    const by = { viewer: signedIn(context), scope, territory: this.#parts.territory, at: context.at, reason: why };
    const decided = await settlePosts(await context.transaction(), by, this.#unsettled(vietnamDate(context.at)), input);
    return decided.map((one) => toResult(one, context.locale));
  }

  #unsettled(today: string): string[] {
    return [...this.#parts.territory.all].filter((unit) => awaitsDecision(unit, today)).map(({ id }) => id);
  }

  #show({ unit_id, ...row }: PostRow, today: string): UnsettledPost {
    const unit = this.#parts.territory.byId(unit_id);
    return Object.assign(new UnsettledPost(), { ...row, unit, proposed: proposalsFor(unit, today) });
  }
}

function toResult(decided: Decided, locale: Locale): PostSettled | PostNotSettled {
  if ('unit' in decided) return Object.assign(new PostSettled(), decided);
  return Object.assign(new PostNotSettled(), { id: decided.id, message: messageOf(decided.fault, locale) });
}

/** The fields' own words where there are any: they say what to do. */
function messageOf({ texts, extensions }: Fault, locale: Locale): string {
  const fields = Object.values((extensions['texts'] ?? {}) as Record<string, Record<Locale, string>>);
  return fields.map((field) => field[locale]).join(' ') || texts[locale];
}
