import { Field, ID, InputType } from 'type-graphql';
import type { Role } from '../policy/viewer.ts';
import { RoleEnum } from './account.entity.ts';

@InputType({ description: 'A new account.' })
export class CreateAccountInput {
  @Field(() => ID, { description: 'UUIDv7, made by the client: sent again, nothing is created twice.' })
  id!: string;

  @Field(() => String, {
    description: 'To sign in with: 3 to 40 of a-z, 0-9, . _ and -, the first a letter or digit; nobody else has it.',
  })
  username!: string;

  @Field(() => String, { description: "The person's name, at most 120 characters." })
  fullName!: string;

  @Field(() => [RoleEnum], { description: 'At least one. ADMIN is granted to units below the own one only.' })
  roles!: Role[];

  @Field(() => String, {
    description: 'Official code, as of today, of the unit it stands at: the own one or one below.',
  })
  unitCode!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Where an officer works: checkpoints within that unit, at most 50.',
  })
  checkpointIds?: string[] | null;
}
