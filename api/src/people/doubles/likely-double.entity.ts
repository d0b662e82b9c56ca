import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { DateTime } from '../../platform/graphql/dates.ts';
import { Citizen } from '../citizen.entity.ts';
import { DoubleEvidence } from './double-evidence.ts';

registerEnumType(DoubleEvidence, {
  name: 'DoubleEvidence',
  description: 'What speaks for two being one person.',
  valuesConfig: {
    CARD: { description: 'A card at a checkpoint named the numbers of both: it is one person.' },
    SAME_NAME: { description: 'The same name, but for diacritics.' },
    LIKE_NAME: { description: 'Almost the same name, or its words in another order.' },
    BIRTH_DATE: { description: 'Born on the same day.' },
    BIRTH_YEAR: { description: 'Born in the same year.' },
    PHONE: { description: 'The same phone number.' },
    LIKE_NUMBER: { description: 'ID numbers that differ by two neighbouring digits in each other’s place.' },
  },
});

@ObjectType({ description: 'Two people of a province who may be one.', simpleResolvers: true })
export class LikelyDouble {
  @Field(() => ID, { description: 'Of the pair; opaque.' })
  id!: string;

  @Field(() => Citizen, { description: 'The one.' })
  one!: Citizen;

  @Field(() => Citizen, { description: 'The other.' })
  other!: Citizen;

  @Field(() => Int, { description: 'How sure it is, 1 to 100; 100 where a card proved it.' })
  score!: number;

  @Field(() => [DoubleEvidence], { description: 'Why.' })
  evidence!: DoubleEvidence[];

  @Field(() => DateTime, { description: 'When it was found.' })
  foundAt!: Date;
}

export const LikelyDoubleConnection = connectionOf('LikelyDouble', () => LikelyDouble);
export type LikelyDoubleConnection = InstanceType<typeof LikelyDoubleConnection>;
