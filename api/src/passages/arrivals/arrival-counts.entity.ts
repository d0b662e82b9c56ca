import { Field, Int, ObjectType } from 'type-graphql';

const counted = 'null where there are more than 10,000';

@ObjectType({ description: 'How many each list of arrivals holds.', simpleResolvers: true })
export class ArrivalCounts {
  @Field(() => Int, { nullable: true, description: `Who is coming; ${counted}.` })
  coming!: number | null;

  @Field(() => Int, { nullable: true, description: `Who is inside; ${counted}.` })
  inside!: number | null;

  @Field(() => Int, { nullable: true, description: `Of those inside, who has not reported in; ${counted}.` })
  notReported!: number | null;

  @Field(() => Int, { nullable: true, description: `Of those inside, whose declared last day has passed; ${counted}.` })
  overstaying!: number | null;

  @Field(() => Int, { nullable: true, description: `Who came and has left; ${counted}.` })
  left!: number | null;
}
