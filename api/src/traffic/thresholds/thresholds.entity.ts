import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';

@ObjectType({
  description: 'From when on something at a checkpoint of a unit is an alert.',
  simpleResolvers: true,
})
export class TrafficThresholds {
  @Field(() => AdministrativeUnit, { description: 'For whose checkpoints they hold.' })
  unit!: AdministrativeUnit;

  @Field(() => AdministrativeUnit, {
    nullable: true,
    description:
      'Where they were set: the unit itself, or the nearest one above; null: nowhere, they are the usual ones.',
  })
  setFor!: AdministrativeUnit | null;

  @Field(() => Float, {
    description: 'SURGE: so many times what is usual there, of 15 minutes, over the last seven days at this time.',
  })
  surgeFactor!: number;

  @Field(() => Int, { description: 'SURGE: never below so many passages in 15 minutes.' })
  surgeAtLeast!: number;

  @Field(() => Int, { description: 'SILENCE: so many minutes without a passage, where one is usual in that time.' })
  silenceMinutes!: number;

  @Field(() => Int, { description: 'REFUSAL_RATE: so many of a hundred who passed in the last hour were refused.' })
  refusalPercent!: number;

  @Field(() => Int, { description: 'REFUSAL_RATE: never below so many passages in the last hour.' })
  refusalAtLeast!: number;

  @Field(() => Int, { description: 'WATCH_LIST: for so many minutes a hit stays an alert.' })
  watchListMinutes!: number;
}

@InputType({ description: 'All of it, also where only a part changes.' })
export class TrafficThresholdsInput {
  @Field(() => String, { description: 'Official code, as of today, of a unit in your jurisdiction.' })
  unitCode!: string;

  @Field(() => Float, { description: '1.5 to 20.' })
  surgeFactor!: number;

  @Field(() => Int, { description: '1 to 10,000.' })
  surgeAtLeast!: number;

  @Field(() => Int, { description: '10 to 720.' })
  silenceMinutes!: number;

  @Field(() => Int, { description: '1 to 100.' })
  refusalPercent!: number;

  @Field(() => Int, { description: '1 to 1,000.' })
  refusalAtLeast!: number;

  @Field(() => Int, { description: '5 to 1,440.' })
  watchListMinutes!: number;
}
