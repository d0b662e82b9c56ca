import { Field, Int, ObjectType } from 'type-graphql';
import { Advice } from '../territory/shared/movement-rules/advice.ts';

@ObjectType({ description: 'How often a rule was not met.', simpleResolvers: true })
export class RuleTrialReason {
  @Field(() => String, { description: "The rule, in the reader's language." })
  description!: string;

  @Field(() => Advice, { description: 'What it advises then.' })
  onFailure!: Advice;

  @Field(() => Int, { description: 'Declarations that do not meet it.' })
  count!: number;
}

@ObjectType({
  description: 'What a zone would have advised on real declarations of the last seven days. Counts only.',
  simpleResolvers: true,
})
export class RuleTrial {
  @Field(() => Int, { description: 'Declarations tried: those that go to or come from the zone, newest first.' })
  tried!: number;

  @Field(() => Boolean, {
    description: 'Whether these are all; else the newest 20,000, or as many as 4 seconds allow.',
  })
  complete!: boolean;

  @Field(() => Int, { description: 'Of these, admitted.' })
  admitted!: number;

  @Field(() => Int, { description: 'Of these, to be examined.' })
  examined!: number;

  @Field(() => Int, { description: 'Of these, refused.' })
  refused!: number;

  @Field(() => Int, { description: 'Of these, advised otherwise than by what is in force now.' })
  changed!: number;

  @Field(() => [String], { description: "The rules that were not met, in the reader's language, most often first." })
  reasons!: string[];

  @Field(() => [RuleTrialReason], { description: 'The same with how often.' })
  reasonCounts!: RuleTrialReason[];
}
