import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../checkpoints/checkpoints.service.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { assignmentLoader, enrolledLoader, lastSignInLoader } from './account-loaders.ts';
import { ViewerType } from './account-results.entity.ts';
import { Account } from './account.entity.ts';
import { Actor } from './actor.entity.ts';
import { recoveryCodesLeft } from './second-factor/recovery-codes.ts';

@Resolver(() => Account)
export class AccountFields {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @FieldResolver(() => AdministrativeUnit, {
    description:
      'Where it stands: it reaches this unit and those below. Where a reform put one unit in its whole place, that one; where it was split, the old one until somebody decides (`unsettledPosts`).',
  })
  unit(@Root() account: Account): AdministrativeUnit {
    return this.#parts.territory.today(account.unitId);
  }

  @FieldResolver(() => [Checkpoint], { description: 'Where an officer is assigned, by code; empty for other roles.' })
  async checkpoints(@Root() account: Account, @Ctx() context: Context): Promise<Checkpoint[]> {
    const ids = (await context.loaders.of(context, assignmentLoader).load(account.id)) ?? [];
    const found = await Promise.all(ids.map((id) => context.loaders.of(context, checkpointLoader).load(id)));
    return found.filter((checkpoint) => checkpoint !== null);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When somebody last signed in with it; null: never.' })
  lastSignedInAt(@Root() account: Account, @Ctx() context: Context): Promise<Date | null> {
    return context.loaders.of(context, lastSignInLoader).load(account.id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether signing in asks for a code besides the password.' })
  async mfaEnrolled(@Root() account: Account, @Ctx() context: Context): Promise<boolean> {
    return (await context.loaders.of(context, enrolledLoader).load(account.id)) ?? false;
  }
}

@Resolver(() => ViewerType)
export class ViewerFields {
  @FieldResolver(() => Int, { description: 'How many recovery codes are still unused; 0 without a second factor.' })
  async recoveryCodesLeft(@Root() { account }: ViewerType, @Ctx() context: Context): Promise<number> {
    return recoveryCodesLeft(await (context.transactions.open ?? context.transaction()), account.id);
  }
}

@Resolver(() => Actor)
export class ActorFields {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @FieldResolver(() => AdministrativeUnit, { description: 'Where the account stands.' })
  unit(@Root() actor: Actor): AdministrativeUnit {
    return this.#parts.territory.today(actor.unitId);
  }
}
