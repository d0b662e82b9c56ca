import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { scopeOf } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Actor } from '../accounts/actor.entity.ts';
import { actorLoader } from '../accounts/actor.service.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../checkpoints/checkpoints.service.ts';
import { Citizen, type CitizenView } from '../people/citizen.entity.ts';
import { MismatchResolution, RegistryVerification } from './verification.entity.ts';
import type { VerificationRow } from './verification.row.ts';
import { isWithin, verificationLoader } from './verifications.service.ts';

/** People know nothing of the population database: their reverse field lives here. */
@Resolver(() => Citizen)
export class CitizenVerificationFields {
  @FieldResolver(() => RegistryVerification, {
    description: 'What the national population database says of the person; PENDING for who is not signed in.',
  })
  async verification(@Root() citizen: CitizenView, @Ctx() context: Context): Promise<RegistryVerification> {
    const row = context.viewer ? await context.loaders.of(context, verificationLoader).load(citizen.key) : null;
    return new RegistryVerification(row);
  }
}

/** Who settled a verdict and why, and where the person was: for those who may settle it themselves. */
@Resolver(() => RegistryVerification)
export class VerificationFields {
  @FieldResolver(() => MismatchResolution, {
    nullable: true,
    description: 'How the verdict was settled; null while it is not, and for who may not settle it.',
  })
  resolution(@Root() { row }: RegistryVerification, @Ctx() context: Context): MismatchResolution | null {
    if (!row || !maySettle(context, row)) return null;
    const { resolution_kind: kind, resolution_reason: reason, resolved_at: at, resolved_by: accountId } = row;
    return kind && Object.assign(new MismatchResolution(), { kind, reason, at, accountId });
  }

  @FieldResolver(() => Checkpoint, {
    nullable: true,
    description: 'Where the person passed last, which is where a verdict waits; null for who may not settle it.',
  })
  async checkpoint(@Root() { row }: RegistryVerification, @Ctx() context: Context): Promise<Checkpoint | null> {
    if (!row || !maySettle(context, row)) return null;
    return context.loaders.of(context, checkpointLoader).load(row.checkpoint_id);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When they passed there.' })
  passedAt(@Root() { row }: RegistryVerification, @Ctx() context: Context): Date | null {
    return row && maySettle(context, row) ? row.passed_at : null;
  }
}

@Resolver(() => MismatchResolution)
export class MismatchResolutionFields {
  @FieldResolver(() => Actor, { description: 'Who.' })
  async by(@Root() { accountId }: MismatchResolution, @Ctx() context: Context): Promise<Actor> {
    return (await context.loaders.of(context, actorLoader).load(accountId)) as Actor;
  }
}

function maySettle({ viewer }: Context, row: VerificationRow): boolean {
  const scope = viewer && scopeOf(viewer, 'mismatch.resolve');
  return scope !== null && isWithin(scope, row);
}
