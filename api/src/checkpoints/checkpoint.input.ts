import { Field, Float, ID, InputType } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { CheckpointKind } from './checkpoint.entity.ts';

@InputType({ description: 'A checkpoint as it shall be: all of it, each time.' })
export class CheckpointInput {
  @Field(() => ID, { description: 'UUIDv7, made by the client. A known id changes that checkpoint.' })
  id!: string;

  @Field(() => String, { description: 'Its short code, unique in the province: 1 to 20 letters, digits, . _ / or -.' })
  code!: string;

  @Field(() => String, { description: 'Its name, at most 200 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'Official code, as of today, of the unit it lies in: a commune, district or province in your jurisdiction.',
  })
  unitCode!: string;

  @Field(() => CheckpointKind, { description: 'What passes there.' })
  kind!: CheckpointKind;

  @Field(() => Float, { nullable: true, description: 'Degrees north, -90 to 90; together with longitude.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, -180 to 180; together with latitude.' })
  longitude?: number | null;

  @Field(() => Boolean, {
    description:
      'False closes it now; one that is closed already stays as it closed. True opens it, or opens it again, until closesOn.',
  })
  active!: boolean;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'The last day it is open, today or later; with that day’s end in Viet Nam it closes by itself. Null: no end is set. Only with active.',
  })
  closesOn?: string | null;
}
