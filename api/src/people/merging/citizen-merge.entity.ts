import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/dates.ts';
import { Actor } from '../../accounts/actor.entity.ts';
import { Citizen } from '../citizen.entity.ts';

@ObjectType({
  description: 'Somebody who was found to be this person, and is merged into them until somebody un-merges it.',
  simpleResolvers: true,
})
export class CitizenMerge {
  @Field(() => Citizen, { description: 'Them, as they were known by themselves.' })
  citizen!: Citizen;

  @Field(() => ID, {
    description: 'Whom they were merged into: this person, or somebody who is merged into them.',
  })
  intoId!: string;

  @Field(() => DateTime, { description: 'When.' })
  mergedAt!: Date;

  @Field(() => Actor, { nullable: true, description: 'By whom, as far as a reader may know.' })
  mergedBy!: Actor | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}
