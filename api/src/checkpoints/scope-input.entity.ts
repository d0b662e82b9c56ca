import { Field, ID, InputType } from 'type-graphql';

@InputType({
  description: 'A part of your jurisdiction; neither field: all of it. What lies outside of it is left out.',
})
export class ScopeInput {
  @Field(() => String, { nullable: true, description: 'Official code, as of today: this unit and those below it.' })
  unitCode?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only these checkpoints, at most 200.' })
  checkpointIds?: string[] | null;
}
