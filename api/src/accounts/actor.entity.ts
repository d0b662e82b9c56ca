import { Field, ID, ObjectType } from 'type-graphql';

/** Its unit comes from territory's memory, by `unitId`. */
@ObjectType({ description: 'Who did it, as far as a reader may know.', simpleResolvers: true })
export class Actor {
  @Field(() => ID, { description: "The account's id." })
  id!: string;

  @Field(() => String, { description: "The person's name." })
  name!: string;

  unitId!: string;
}
