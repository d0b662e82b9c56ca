import { Field, InputType, Int } from 'type-graphql';
import { ExposureKind } from './contact-edge.entity.ts';

@InputType({ description: 'How far and by what contacts are followed.' })
export class TraceInput {
  @Field(() => Int, { nullable: true, defaultValue: 2, description: 'F1 is 1; 1 to 4.' })
  generations?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 15, description: 'Minutes apart at a checkpoint, 1 to 60.' })
  windowMinutes?: number | null;

  @Field(() => [ExposureKind], { nullable: true, description: 'Only by these; all when absent.' })
  kinds?: ExposureKind[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 2000,
    description: 'How many nodes to answer, nearest first; 1 to 10,000.',
  })
  maxNodes?: number | null;
}
