import { createUnionType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { FieldProblem, Problem } from '../platform/graphql/field-problem.ts';
import { Citizen } from '../people/citizen.entity.ts';

export const MismatchStatus = { MISMATCHED: 'MISMATCHED', NOT_FOUND: 'NOT_FOUND' } as const;
export type MismatchStatus = keyof typeof MismatchStatus;

registerEnumType(MismatchStatus, {
  name: 'MismatchStatus',
  description: 'The verdicts of the population database that wait for someone.',
  valuesConfig: {
    MISMATCHED: { description: 'It has the person, and some fields differ.' },
    NOT_FOUND: { description: 'It has nobody with this number, name and birth date together.' },
  },
});

export const MismatchState = { WAITING: 'WAITING', ANY: 'ANY' } as const;
export type MismatchState = keyof typeof MismatchState;

registerEnumType(MismatchState, {
  name: 'MismatchState',
  description: 'What became of a verdict.',
  valuesConfig: {
    WAITING: { description: 'Nobody settled it, whether somebody referred it or not.' },
    ANY: { description: 'Anything: also what was settled.' },
  },
});

@InputType({ description: 'Which verdicts; what is absent narrows nothing.' })
export class MismatchFilter {
  @Field(() => MismatchStatus, { nullable: true, description: 'Only these verdicts.' })
  status?: MismatchStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: those that somebody referred and nobody settled since, instead of those that nobody touched.',
  })
  referred?: boolean | null;

  @Field(() => MismatchState, { nullable: true, description: 'In place of `referred`: those in this state.' })
  state?: MismatchState | null;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'Only people who passed on this day at a checkpoint of `scope`, as reports count them: each once, whoever is merged as one, wherever in the province they passed last; an officer: at the own checkpoints. A verdict that waits outside your jurisdiction has no `checkpoint`, and is settled where it waits.',
  })
  passedOn?: string | null;
}

@ObjectType({
  description: 'The verdict is settled, by this request or by the same one before.',
  simpleResolvers: true,
})
export class MismatchResolved {
  @Field(() => Citizen, { description: 'The person as known from now on, with the verdict and how it was settled.' })
  citizen!: Citizen;
}

@ObjectType({
  implements: Problem,
  description:
    'Nothing was changed: somebody else was faster, or another answer came meanwhile. The person and the verdict as they stand.',
  simpleResolvers: true,
})
export class MismatchSettled extends Problem {
  @Field(() => Citizen, { description: 'The person as known now.' })
  citizen!: Citizen;
}

@ObjectType({
  implements: Problem,
  description: 'Nothing was changed: something of the corrected person is not right.',
  simpleResolvers: true,
})
export class InvalidCorrection extends Problem {
  @Field(() => [FieldProblem], { description: 'What, by paths inside `corrected`: dateOfBirth.' })
  fields!: FieldProblem[];
}

export const ResolveMismatchResult = createUnionType({
  name: 'ResolveMismatchResult',
  description: 'What became of a resolution.',
  types: () => [MismatchResolved, MismatchSettled, InvalidCorrection] as const,
});
