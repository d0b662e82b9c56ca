import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/dates.ts';

@ObjectType({ description: 'A sign-in that still stands.', simpleResolvers: true })
export class Session {
  @Field(() => ID, { description: 'Names it for endSession; it opens nothing.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it began.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last used, to the minute.' })
  lastSeenAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  current!: boolean;

  @Field(() => Boolean, {
    description: "Whether it is a wall screen's: it shows the flow alone, for 30 days at most.",
  })
  wall!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Family of browser and system: "Chrome, Android". Null: not known.',
  })
  device!: string | null;
}
