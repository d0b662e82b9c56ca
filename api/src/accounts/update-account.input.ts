import { Field, ID, InputType, Int } from 'type-graphql';
import type { Role } from '../policy/viewer.ts';
import { RoleEnum } from './account.entity.ts';

@InputType({ description: 'What to change of an account; a field that is left out, or null, stays as it is.' })
export class UpdateAccountInput {
  @Field(() => String, { nullable: true, description: "The person's name, at most 120 characters." })
  fullName?: string | null;

  @Field(() => [RoleEnum], {
    nullable: true,
    description: 'All roles from now on, at least one. One that is taken ends the sessions.',
  })
  roles?: Role[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Official code, as of today, of the unit it stands at from now on. A move ends the sessions.',
  })
  unitCode?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All checkpoints from now on, within the unit. Who is no officer any more has none.',
  })
  checkpointIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'False suspends: sessions end at once, and none begins.' })
  active?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "The account's version that this change was made on: refused where it has another by now.",
  })
  version?: number | null;
}
