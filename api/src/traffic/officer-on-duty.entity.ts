import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';

@ObjectType({
  description: 'Who recorded at a checkpoint of late; at two checkpoints it is two of these.',
  simpleResolvers: true,
})
export class OfficerOnDuty {
  @Field(() => String, {
    nullable: true,
    description: 'The name the officer signs in with; null where the account stands outside your jurisdiction.',
  })
  username!: string | null;

  @Field(() => Checkpoint, { description: 'Where.' })
  checkpoint!: Checkpoint;

  @Field(() => DateTime, { description: 'When the last batch reached the server.' })
  lastRecordedAt!: Date;

  @Field(() => Int, { description: 'Passages recorded there by this officer in the last 12 hours.' })
  passages!: number;
}
