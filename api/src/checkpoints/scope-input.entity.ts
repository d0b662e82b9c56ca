import { Field, ID, InputType } from 'type-graphql';

@InputType({
  description: 'A part of your jurisdiction; neither field: all of it. What lies outside of it is left out.',
})
export class ScopeInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Official code, as of today: this unit, those below it and those they replaced. Or the id of a unit that is gone: what stands there since its days.',
  })
  unitCode?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only these checkpoints, at most 200.' })
  checkpointIds?: string[] | null;
}
