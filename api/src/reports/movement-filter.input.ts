import { Field, InputType } from 'type-graphql';
import { Channel } from '../declarations/shared/declaration-draft.ts';
import { Decision, Direction } from '../passages/passage.entity.ts';

@InputType({ description: 'Only some passages.' })
export class MovementFilter {
  @Field(() => Direction, { nullable: true, description: 'This way.' })
  direction?: Direction | null;

  @Field(() => Decision, { nullable: true, description: 'Decided so; VOID finds none.' })
  decision?: Decision | null;

  @Field(() => Channel, {
    nullable: true,
    description: 'Whose declaration came this way; not with ORIGIN, DESTINATION or PURPOSE.',
  })
  channel?: Channel | null;
}
