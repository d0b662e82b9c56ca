import { GraphQLJSONObject } from 'graphql-scalars';
import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../platform/graphql/context.ts';
import type { TrustList, TrustLists } from './trust-list.service.ts';

@Resolver()
export class TrustListResolver {
  readonly #lists: TrustLists;

  constructor(lists: TrustLists) {
    this.#lists = lists;
  }

  @Query(() => GraphQLJSONObject, {
    description:
      'What verifies passes offline: keys [{kid, key: 32 bytes base64url}] (Ed25519, several while they change), withdrawn (ids of declarations), and the rules by which a device judges: rulesVersion, everywhere (rules of the whole country), zones [{level, startsOn, endsOn, units (codes, as runs 16438-16516), entryRules, exitRules}]. Also GET /trust.json with an ETag.',
  })
  async trustList(@Ctx() { at }: RequestContext): Promise<TrustList> {
    return (await this.#lists.current(at)).list;
  }
}
