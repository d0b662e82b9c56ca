import { Field, ID, InputType, ObjectType, createUnionType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Problem } from '../../platform/graphql/field-problem.ts';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';

export const postKinds = { CHECKPOINT: 'CHECKPOINT', ACCOUNT: 'ACCOUNT' } as const;
export type PostKind = keyof typeof postKinds;
registerEnumType(postKinds, {
  name: 'PostKind',
  description: 'What stands at a unit.',
  valuesConfig: {
    CHECKPOINT: { description: 'A checkpoint.' },
    ACCOUNT: { description: 'An account.' },
  },
});

@ObjectType({
  description:
    'An account or checkpoint whose unit is gone without one unit in its whole place: it keeps what it had until somebody decides where it stands now.',
  simpleResolvers: true,
})
export class UnsettledPost {
  @Field(() => ID, { description: 'The id of the account or checkpoint.' })
  id!: string;

  @Field(() => postKinds, { description: 'Which of both.' })
  kind!: PostKind;

  @Field(() => String, { description: 'The user name, or the code of the checkpoint.' })
  code!: string;

  @Field(() => String, { description: 'The name of the person, or of the checkpoint.' })
  name!: string;

  @Field(() => AdministrativeUnit, { description: 'The unit of old.' })
  unit!: AdministrativeUnit;

  @Field(() => [AdministrativeUnit], {
    complexity: ({ childComplexity }) => 1 + 10 * childComplexity,
    description:
      'What took its place by the mapping; where nothing is known, what took the place of the unit above it. Another may be chosen.',
  })
  proposed!: AdministrativeUnit[];
}

export const UnsettledPostConnection = connectionOf('UnsettledPost', () => UnsettledPost);

@InputType({ description: 'Where an account or checkpoint stands from now on.' })
export class PostDecisionInput {
  @Field(() => ID, { description: 'The account or checkpoint.' })
  id!: string;

  @Field(() => String, { description: 'Official code, as of today, of a unit within your jurisdiction.' })
  unitCode!: string;
}

@ObjectType({
  description: 'It stands there now. The sessions of an account that moved have ended.',
  simpleResolvers: true,
})
export class PostSettled {
  @Field(() => ID, { description: 'The account or checkpoint.' })
  id!: string;

  @Field(() => AdministrativeUnit, { description: 'Where it stands now.' })
  unit!: AdministrativeUnit;
}

@ObjectType({ implements: Problem, description: 'It stands where it stood.', simpleResolvers: true })
export class PostNotSettled extends Problem {
  @Field(() => ID, { description: 'The account or checkpoint, as sent.' })
  id!: string;
}

export const SettlePostResult = createUnionType({
  name: 'SettlePostResult',
  description: 'What became of one decision.',
  types: () => [PostSettled, PostNotSettled] as const,
  resolveType: (value) => ('unit' in value ? 'PostSettled' : 'PostNotSettled'),
});
