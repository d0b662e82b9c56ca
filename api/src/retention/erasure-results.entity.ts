import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { Problem } from '../platform/graphql/field-problem.ts';

@ObjectType({
  description:
    'The person is erased: numbers, name, addresses and declarations are gone; passages count on, naming nobody.',
  simpleResolvers: true,
})
export class CitizenErased {
  @Field(() => ID, { description: 'The id that named the person. It names nobody any more.' })
  id!: string;

  @Field(() => DateTime, { description: 'When; of a second call, when it was the first time.' })
  erasedAt!: Date;

  @Field(() => Int, { description: 'How many declarations went.' })
  declarations!: number;
}

@ObjectType({
  implements: Problem,
  description: 'Not erased: an open case holds the person. Ask again when it is closed.',
  simpleResolvers: true,
})
export class CitizenHeld extends Problem {}

@ObjectType({
  implements: Problem,
  description: 'Nobody of this id is known in the own provinces.',
  simpleResolvers: true,
})
export class CitizenUnknown extends Problem {}

export const ErasureResult = createUnionType({
  name: 'ErasureResult',
  description: 'What became of an erasure.',
  types: () => [CitizenErased, CitizenHeld, CitizenUnknown] as const,
});
